//! Whether a time somebody asks for can be booked at all, whoever has it.

use chrono::NaiveDate;

use super::offered::{offered, open_hours};
use crate::availability::ClosedReason;
use crate::calendar::Holidays;
use crate::civil::TimeOfDay;
use crate::span::{Cell, Span};
use crate::town::{Division, Facility, Room, SlotRule};

/// Why a time is not one that the room is lent for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    /// Not on the half hour, or not on the room's steps.
    #[error("予約できる時刻の区切りではありません")]
    OffGrid,
    /// The end is not after the start.
    #[error("終わりの時刻は始まりの時刻より後にしてください")]
    Empty,
    /// Outside opening hours.
    #[error("開館時間の外です")]
    OutsideHours,
    /// Closed on that day.
    #[error("その日は休館日です")]
    Closed {
        /// The day.
        date: NaiveDate,
        /// Why.
        reason: ClosedReason,
    },
    /// The room is lent in named divisions, and this is not one or several in a row.
    #[error("この室場は決まった区分でご利用いただきます")]
    NotADivision,
    /// Shorter than the room is lent.
    #[error("{min_minutes}分以上でご予約ください")]
    TooShort {
        /// The shortest booking, minutes.
        min_minutes: u16,
    },
    /// Longer than the room is lent.
    #[error("{max_minutes}分以内でご予約ください")]
    TooLong {
        /// The longest booking, minutes.
        max_minutes: u16,
    },
}

impl SlotRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OffGrid => "slot.off_grid",
            Self::Empty => "slot.empty",
            Self::OutsideHours => "slot.outside_hours",
            Self::Closed { .. } => "slot.closed",
            Self::NotADivision => "slot.not_a_division",
            Self::TooShort { .. } => "slot.too_short",
            Self::TooLong { .. } => "slot.too_long",
        }
    }
}

/// The span from `start` to `end` of a room on a day, if the room is lent for it then.
///
/// Consecutive divisions may be booked together; the gap between them belongs to whoever has both
/// (伊豆の国市 [S1]). Says nothing about claims or about when booking opens.
///
/// # Errors
/// [`SlotRefusal`].
pub fn check_span(
    facility: &Facility,
    room: &Room,
    holidays: &Holidays,
    date: NaiveDate,
    start: TimeOfDay,
    end: TimeOfDay,
) -> Result<Span, SlotRefusal> {
    let length = end.minutes().saturating_sub(start.minutes());
    if length == 0 {
        return Err(SlotRefusal::Empty);
    }
    let cell = |time| Cell::at(date, time).map_err(|_off_grid| SlotRefusal::OffGrid);
    let (first, last) = (cell(start)?, cell(end)?);
    let windows = open_hours(facility, holidays, date)
        .map_err(|reason| SlotRefusal::Closed { date, reason })?;
    match &room.slots {
        SlotRule::Divisions(divisions) => {
            let run = division_run(divisions, start, end).ok_or(SlotRefusal::NotADivision)?;
            if offered(run, &windows).count() < run.len() {
                return Err(SlotRefusal::OutsideHours);
            }
        }
        SlotRule::Grid {
            step_minutes,
            min_minutes,
            max_minutes,
        } => {
            let window = windows
                .iter()
                .find(|window| window.start <= start && end <= window.end)
                .ok_or(SlotRefusal::OutsideHours)?;
            let from_opening = start.minutes().saturating_sub(window.start.minutes());
            let on_grid = |minutes: u16| minutes.is_multiple_of((*step_minutes).max(1));
            if !on_grid(from_opening) || !on_grid(length) {
                return Err(SlotRefusal::OffGrid);
            }
            if length < *min_minutes {
                return Err(SlotRefusal::TooShort {
                    min_minutes: *min_minutes,
                });
            }
            if length > *max_minutes {
                return Err(SlotRefusal::TooLong {
                    max_minutes: *max_minutes,
                });
            }
        }
    }
    Span::new(first, last).map_err(|_empty| SlotRefusal::Empty)
}

/// The consecutive divisions that make up a time exactly, from the start of the first to the end of
/// the last; `None` when there are none.
#[must_use]
pub fn division_run(
    divisions: &[Division],
    start: TimeOfDay,
    end: TimeOfDay,
) -> Option<&[Division]> {
    let first = divisions
        .iter()
        .position(|division| division.start == start)?;
    let last = divisions.iter().position(|division| division.end == end)?;
    divisions.get(first..=last).filter(|run| !run.is_empty())
}
