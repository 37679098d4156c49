//! The poller (巡回): asks about everything that may still move, because in rare cases no event is
//! ever sent (payments.md §3).

use chrono::Duration;
use contract::{Call, Failure, Outcome};

use crate::desk::Desk;

/// Younger attempts and refunds are still in somebody's hands, minutes.
const GRACE_MINUTES: i64 = 2;

/// How many of each are asked about in one round.
const MOST: u32 = 100;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolledPayments {
    /// How many checkouts were asked about.
    pub payments: u32,
    /// How many refunds were asked about.
    pub refunds: u32,
}

impl Desk {
    pub(crate) async fn poll(&self, call: &Call) -> Outcome<PolledPayments> {
        if self.gateways.of(call.municipality()).is_none() {
            return Ok(PolledPayments::default());
        }
        let before = call.now() - Duration::minutes(GRACE_MINUTES);
        let reading = self.store.read(call.municipality()).await?;
        let payments = reading.live_payments(before, MOST).await?;
        let refunds = reading.live_refunds(before, MOST).await?;
        drop(reading);
        let mut polled = PolledPayments::default();
        for payment in payments {
            polled.payments += 1;
            unless_fault(self.ask_again(call, payment).await)?;
        }
        for refund in refunds {
            polled.refunds += 1;
            unless_fault(self.follow_refund(call, refund).await)?;
        }
        Ok(polled)
    }
}

/// A refusal is the state of the world, and the next round looks again.
fn unless_fault<T>(outcome: Outcome<T>) -> Outcome<()> {
    match outcome {
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(Failure::Fault(fault)) => Err(fault.into()),
    }
}
