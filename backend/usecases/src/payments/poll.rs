//! The poller (巡回): asks about everything that may still move, because in rare cases no event is
//! ever sent (payments.md §3).

use chrono::Duration;
use contract::{Call, Outcome};

use crate::desk::Desk;
use crate::round::Round;

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
        let mut round = Round::default();
        for payment in payments {
            polled.payments += 1;
            round.note(self.ask_again(call, payment).await);
        }
        for refund in refunds {
            polled.refunds += 1;
            round.note(self.follow_refund(call, refund).await);
        }
        round.end(polled)
    }
}
