//! What each slot of a room is for somebody who looks now.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Claimed, ClosedReason, SlotStatus};
use crate::asker::Asker;
use crate::calendar::{Holidays, OpenDays};
use crate::slots::{Slot, slots_on};
use crate::span::Span;
use crate::town::{Facility, Room};
use crate::window::{WindowState, window_state};

/// Who looks, when, and what is taken.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The town's holidays.
    pub holidays: &'a Holidays,
    /// The claims of the facility's units over the days that are looked at.
    pub claimed: &'a Claimed,
    /// Who looks, and through which channel they would book: the counter has times that are over
    /// online. Somebody who has not signed in sees what residents see; booking itself asks the card.
    pub asker: Asker<'a>,
    /// Now, UTC.
    pub now: DateTime<Utc>,
}

/// A slot and what it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotOnDay {
    /// The slot.
    pub slot: Slot,
    /// What it is.
    pub status: SlotStatus,
}

/// The slots of a room on a day, in order, each with its status.
///
/// # Errors
/// The reason when the facility is closed on that day.
pub fn day_slots(
    facility: &Facility,
    room: &Room,
    date: NaiveDate,
    look: Look<'_>,
) -> Result<Vec<SlotOnDay>, ClosedReason> {
    let slots = slots_on(facility, room, look.holidays, date)?;
    let with_status = |slot: Slot| SlotOnDay {
        status: slot_status(facility, room, slot.span, look),
        slot,
    };
    Ok(slots.into_iter().map(with_status).collect())
}

/// What a span of a room is now. The span is one that the room is lent for.
///
/// What nobody can change comes first: the past, then floor that is taken. Taken floor is `Taken`
/// even where booking has not opened or has ended online, because waiting or telephoning would not
/// help; what of it is closed says so. `Part` needs a room inside this one that could be booked instead at this moment.
#[must_use]
pub fn slot_status(facility: &Facility, room: &Room, span: Span, look: Look<'_>) -> SlotStatus {
    let days = OpenDays::of(facility, look.holidays);
    let window = window_state(&facility.window, days, &look.asker, span, look.now);
    let taken = look.claimed.blocks(room, span);
    match window {
        WindowState::Past => SlotStatus::Past,
        WindowState::Open { .. } if taken && has_free_part(facility, room, span, look) => {
            SlotStatus::Part
        }
        _ if taken && look.claimed.closes(room, span) => SlotStatus::Closed(ClosedReason::Closure),
        _ if taken => SlotStatus::Taken,
        WindowState::Open { .. } => SlotStatus::Free,
        WindowState::NotYet { opens_at } => SlotStatus::NotYet { opens_at },
        // Too late to apply: only the desk can tell whether it makes an exception.
        WindowState::CounterOnly { ended_on } | WindowState::Ended { ended_on } => {
            SlotStatus::CounterOnly { ended_on }
        }
    }
}

/// True when a room on a part of this one's floor is lent for that time and free. A room on the same
/// floor is as taken as this one.
fn has_free_part(facility: &Facility, room: &Room, span: Span, look: Look<'_>) -> bool {
    facility
        .rooms
        .iter()
        .filter(|part| part.units.is_subset(&room.units))
        .any(|part| {
            let (start, end) = span.times();
            let lent =
                crate::slots::check_span(facility, part, look.holidays, span.date(), start, end);
            lent.is_ok() && !look.claimed.blocks(part, span)
        })
}
