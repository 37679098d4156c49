//! Whether the people came (入館・無断不使用), noted by a clerk in one press.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::{Action as Doing, Attendance, Call, Outcome, Refusal};
use domain::ids::ReservationId;
use domain::reservation::{EARLY_CHECK_IN_MINUTES, ReservationRefusal, ReservationState};

use crate::authority::{Place, staff};
use crate::booking::refused;
use crate::desk::Desk;
use crate::ports::store::{ReservationRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn note_who_came(
        &self,
        call: &Call,
        id: ReservationId,
        what: Attendance,
    ) -> Outcome<()> {
        let note = Note {
            desk: self,
            call,
            id,
            what,
        };
        transact(self.store.as_ref(), call.municipality(), &note).await
    }
}

/// The state after that, if it can be noted now.
fn next_state(
    record: &ReservationRecord,
    what: Attendance,
    now: DateTime<Utc>,
) -> Result<ReservationState, ReservationRefusal> {
    let (state, span) = (record.state.clone(), record.span);
    match what {
        Attendance::CheckIn => state.check_in(now, span, EARLY_CHECK_IN_MINUTES),
        Attendance::UndoCheckIn => state.undo_check_in(),
        Attendance::NoShow => state.no_show(now, span),
        Attendance::UndoNoShow => state.undo_no_show(),
    }
}

/// What can be noted now, the usual first.
pub(crate) fn possible(record: &ReservationRecord, now: DateTime<Utc>) -> Vec<Attendance> {
    Attendance::ALL
        .into_iter()
        .filter(|what| next_state(record, *what, now).is_ok())
        .collect()
}

/// Two clerks who press the same button do it once: the second finds it done.
const fn stands_already(state: &ReservationState, what: Attendance) -> bool {
    matches!(
        (what, state),
        (Attendance::CheckIn, ReservationState::CheckedIn { .. })
            | (Attendance::NoShow, ReservationState::NoShow { .. })
            | (
                Attendance::UndoCheckIn | Attendance::UndoNoShow,
                ReservationState::Confirmed { .. }
            )
    )
}

const fn in_the_trail(what: Attendance) -> &'static str {
    match what {
        Attendance::CheckIn => "reservation.checked_in",
        Attendance::UndoCheckIn => "reservation.check_in_undone",
        Attendance::NoShow => "reservation.no_show",
        Attendance::UndoNoShow => "reservation.no_show_undone",
    }
}

struct Note<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: ReservationId,
    what: Attendance,
}

#[async_trait]
impl Action for Note<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, what) = (self.call, self.what);
        // Who has no such role at all learns nothing of what there is.
        staff(tx, call, Doing::NoteAttendance, Place::Anywhere).await?;
        let record = tx.lock_reservation(self.id).await?;
        let record = record.ok_or(Refusal::NotFound)?;
        let place = Place::At(record.facility);
        staff(tx, call, Doing::NoteAttendance, place).await?;
        if stands_already(&record.state, what) {
            return Ok(());
        }
        let next = next_state(&record, what, call.now()).map_err(refused)?;
        tx.set_state(record.id, record.revision, &next, call.now())
            .await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, in_the_trail(what))
            .about("reservation", record.id.0)
            .with(serde_json::json!({
                "before": record.state.name().as_str(),
                "after": next.name().as_str(),
            }));
        Ok(tx.record(&entry).await?)
    }
}
