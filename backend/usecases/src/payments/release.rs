//! Letting go of holds that lapsed and fees that were not paid (row 9): the checkout is known to be
//! dead before the floor is given away.

use async_trait::async_trait;
use contract::{Call, Outcome, Refusal};
use domain::ids::ReservationId;
use domain::ledger;
use domain::reservation::ReservationState;

use super::entries::book;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::round::Round;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How many are let go in one round.
const MOST: u32 = 100;

impl Desk {
    /// Releases what lapsed in the call's municipality; how many were.
    pub(crate) async fn release_lapsed(&self, call: &Call) -> Outcome<u32> {
        let reading = self.store.read(call.municipality()).await?;
        let lapsed = reading.lapsed(call.now(), MOST).await?;
        drop(reading);
        let (mut released, mut round) = (0, Round::default());
        for id in lapsed {
            // Not released: paid in the last moment, or nobody knows yet. The floor stays, we look
            // again.
            if round.note(self.release(call, id).await) == Some(true) {
                released += 1;
            }
        }
        round.end(released)
    }

    async fn release(&self, call: &Call, id: ReservationId) -> Outcome<bool> {
        self.put_all_away(call, id).await?;
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
        let was_charged = matches!(record.state, ReservationState::AwaitingPayment { .. });
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
