//! The poller (巡回): asks about everything that may still move, because in rare cases no event is
//! ever sent (payments.md §3).

use chrono::Duration;
use contract::{Call, Outcome};
use domain::ids::{PaymentId, RefundId};

use crate::authority::the_house;
use crate::desk::Desk;

/// Younger attempts and refunds are still in somebody's hands, minutes.
const GRACE_MINUTES: i64 = 2;

/// How many of each are asked about in one round, the oldest first.
const MOST: u32 = 1_000;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolledPayments {
    /// How many checkouts were asked about.
    pub payments: u32,
    /// How many refunds were asked about.
    pub refunds: u32,
}

/// Something that may still move.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moving {
    /// A checkout.
    Payment(PaymentId),
    /// A refund.
    Refund(RefundId),
}

impl Desk {
    /// What may still move in the call's municipality; nothing where no money is taken online.
    pub(crate) async fn moving(&self, call: &Call) -> Outcome<Vec<Moving>> {
        the_house(call)?;
        if self.gateways.of(call.municipality()).is_none() {
            return Ok(Vec::new());
        }
        let before = call.now() - Duration::minutes(GRACE_MINUTES);
        let reading = self.store.read(call.municipality()).await?;
        let payments = reading.live_payments(before, MOST).await?;
        let refunds = reading.live_refunds(before, MOST).await?;
        let payments = payments.into_iter().map(Moving::Payment);
        Ok(payments
            .chain(refunds.into_iter().map(Moving::Refund))
            .collect())
    }

    /// Asks how it stands now, and settles.
    pub(crate) async fn ask_about(&self, call: &Call, moving: Moving) -> Outcome<()> {
        the_house(call)?;
        match moving {
            Moving::Payment(payment) => self.ask_again(call, payment).await.map(drop),
            Moving::Refund(refund) => self.follow_refund(call, refund).await.map(drop),
        }
    }
}
