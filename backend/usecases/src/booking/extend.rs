//! Giving a hold more time (延長する).

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, permission};
use domain::ids::ReservationId;

use super::{refused, rightful};
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(crate) async fn extend(&self, call: &Call, id: ReservationId, doing: Doing) -> Outcome<()> {
        permission(call.actor(), doing).check()?;
        let action = Extend {
            desk: self,
            call,
            id,
            doing,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Extend<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
    /// Whose wish it is: the owner's or the counter's.
    doing: Doing,
}

#[async_trait]
impl Action for Extend<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let record = tx.lock_reservation(self.id).await?;
        let record = rightful(tx, record, self.call, self.doing).await?;
        let now = self.call.now();
        let state = record.state.extend(now).map_err(refused)?;
        tx.set_state(self.id, record.revision, &state, now).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "reservation.extended")
            .about("reservation", self.id.0);
        Ok(tx.record(&entry).await?)
    }
}
