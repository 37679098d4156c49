//! All own reservations: the next one first, past ones last.

use contract::{Action as Doing, Call, Outcome, ReservationSummary};

use super::facts::shown;
use crate::authority::signed_in;
use crate::desk::Desk;

/// More than anybody looks through; older ones are in the town's records.
const MOST: u32 = 200;

impl Desk {
    pub(crate) async fn own_reservations(&self, call: &Call) -> Outcome<Vec<ReservationSummary>> {
        let person = signed_in(call, Doing::SeeOwnReservations)?;
        let reading = self.store.read(call.municipality()).await?;
        let records = reading.reservations_of(person, MOST).await?;
        let summary = |record: crate::ports::store::ReservationRecord| ReservationSummary {
            id: record.id,
            number: record.number,
            facility_name: record.particulars.facility_name,
            room_name: record.particulars.room_name,
            span: record.span,
            total_yen: record.quote.total_yen,
            state: shown(&record.state, call.now()),
            past: record.span.end().instant() <= call.now(),
        };
        let (past, mut coming): (Vec<_>, Vec<_>) =
            records.into_iter().map(summary).partition(|one| one.past);
        coming.sort_by_key(|one| one.span.start());
        coming.extend(past);
        Ok(coming)
    }
}
