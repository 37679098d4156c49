//! Giving a hold more time (延長する).

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome};
use domain::ids::ReservationId;

use super::{own, refused};
use crate::authority::signed_in;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(crate) async fn extend(&self, call: &Call, id: ReservationId) -> Outcome<()> {
        signed_in(call, Doing::ChangeOwnReservation)?;
        let action = Extend {
            desk: self,
            call,
            id,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Extend<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
}

#[async_trait]
impl Action for Extend<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let record = own(tx.lock_reservation(self.id).await?, self.call)?;
        let now = self.call.now();
        let state = record.state.extend(now).map_err(refused)?;
        tx.set_state(self.id, record.revision, &state, now).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "reservation.extended")
            .about("reservation", self.id.0);
        Ok(tx.record(&entry).await?)
    }
}
