//! One own reservation.

use contract::{Call, Outcome, ReservationView};
use domain::ids::ReservationId;

use super::Facts;
use crate::desk::Desk;

impl Desk {
    pub(crate) async fn own_reservation(
        &self,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<ReservationView> {
        Facts::load(self, call, id).await?.view(self, call)
    }
}
