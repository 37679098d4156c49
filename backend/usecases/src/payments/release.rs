//! Letting go of holds that lapsed and fees that were not paid (row 9): the checkout is known to be
//! dead before the floor is given away.

use async_trait::async_trait;
use contract::{Call, Outcome, Refusal};
use domain::ids::ReservationId;
use domain::ledger;
use domain::reservation::{ReservationState, StateName};

use super::entries::{book, is_charged};
use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How many are let go in one round, the oldest first. Those that must stay, because nobody knows
/// about their money, are the oldest for ever: so many that they never fill a round.
const MOST: u32 = 10_000;

/// What lapses (失効するもの).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lapsing {
    /// A hold. It never had a checkout, so nobody has to be asked.
    Hold,
    /// A reservation whose fee was not paid in time. Its checkout is closed first.
    Unpaid,
}

impl Desk {
    /// What has lapsed in the call's municipality.
    pub(crate) async fn lapsed(
        &self,
        call: &Call,
        lapsing: Lapsing,
    ) -> Outcome<Vec<ReservationId>> {
        the_house(call)?;
        let state = match lapsing {
            Lapsing::Hold => StateName::Held,
            Lapsing::Unpaid => StateName::AwaitingPayment,
        };
        let reading = self.store.read(call.municipality()).await?;
        Ok(reading.lapsed(state, call.now(), MOST).await?)
    }

    /// Lets one go; `false` when it stays: it was paid in the last moment, or nobody knows yet. We
    /// look again.
    pub(crate) async fn release(
        &self,
        call: &Call,
        lapsing: Lapsing,
        id: ReservationId,
    ) -> Outcome<bool> {
        the_house(call)?;
        if lapsing == Lapsing::Unpaid {
            self.put_all_away(call, id).await?;
        }
        let release = Release {
            desk: self,
            call,
            id,
        };
        transact(self.store.as_ref(), call.municipality(), &release).await
    }
}

struct Release<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
}

#[async_trait]
impl Action for Release<'_> {
    type Output = bool;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<bool, Abort> {
        let record = tx
            .lock_reservation(self.id)
            .await?
            .ok_or(Refusal::NotFound)?;
        let payments = tx.payments(self.id).await?;
        if payments
            .iter()
            .any(|payment| payment.state.may_still_bring_money())
        {
            return Ok(false);
        }
        let (now, chance) = (self.call.now(), self.desk.chance.as_ref());
        let was_charged = matches!(record.state, ReservationState::AwaitingPayment { .. })
            && is_charged(&*tx, self.id).await?;
        let Ok(state) = record.state.release(now) else {
            // Extended, paid or cancelled since we looked.
            return Ok(false);
        };
        tx.unclaim(self.id).await?;
        tx.set_state(self.id, record.revision, &state, now).await?;
        if was_charged {
            let taken_back = ledger::uncharge(self.id, record.quote.total_yen);
            book(tx, chance, self.id, taken_back, now).await?;
        }
        let entry =
            trail::entry(chance, self.call, "reservation.released").about("reservation", self.id.0);
        tx.record(&entry).await?;
        Ok(true)
    }
}
