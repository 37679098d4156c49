//! The slots a room offers on a day.

use chrono::NaiveDate;

use crate::availability::ClosedReason;
use crate::calendar::{DayPlan, Holidays, day_plan};
use crate::civil::TimeOfDay;
use crate::span::{Cell, Span};
use crate::town::{Division, Facility, Room, SlotRule, TimeWindow};

/// One bookable time of a room (区分・コマ).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The time.
    pub span: Span,
    /// The division's name (「午前」), if the room has named ones.
    pub division: Option<String>,
}

/// The slots of a room on a day, in order: its divisions within the opening hours, or every start
/// on its grid from which the shortest booking fits. Empty when no division lies within the hours.
///
/// # Errors
/// The reason when the facility is closed.
pub fn slots_on(
    facility: &Facility,
    room: &Room,
    holidays: &Holidays,
    date: NaiveDate,
) -> Result<Vec<Slot>, ClosedReason> {
    let windows = open_hours(facility, holidays, date)?;
    Ok(match &room.slots {
        SlotRule::Divisions(divisions) => offered(divisions, &windows)
            .filter_map(|division| {
                Some(Slot {
                    span: span(date, division.start, division.end)?,
                    division: Some(division.name.clone()),
                })
            })
            .collect(),
        SlotRule::Grid {
            step_minutes,
            min_minutes,
            ..
        } => windows
            .iter()
            .flat_map(|window| starts(*window, *step_minutes, *min_minutes))
            .filter_map(|start| {
                let end = start.plus_minutes(whole_steps(*min_minutes, *step_minutes))?;
                Some(Slot {
                    span: span(date, start, end)?,
                    division: None,
                })
            })
            .collect(),
    })
}

/// Every span of a room on a day that is about `minutes` long, in order: the shortest run of
/// consecutive divisions that lasts at least as long, or that length on the grid, kept within what
/// the room is lent for. For finding other times and other rooms.
#[must_use]
pub fn spans_on(
    facility: &Facility,
    room: &Room,
    holidays: &Holidays,
    date: NaiveDate,
    minutes: u16,
) -> Vec<Span> {
    let Ok(windows) = open_hours(facility, holidays, date) else {
        return Vec::new();
    };
    match &room.slots {
        SlotRule::Divisions(divisions) => {
            let offered: Vec<&Division> = offered(divisions, &windows).collect();
            let run = |from: usize| {
                let first = offered.get(from)?;
                let enough = |last: &&&Division| {
                    last.end.minutes().saturating_sub(first.start.minutes()) >= minutes
                };
                let last = offered.iter().skip(from).find(enough)?;
                span(date, first.start, last.end)
            };
            (0..offered.len()).filter_map(run).collect()
        }
        SlotRule::Grid {
            step_minutes,
            min_minutes,
            max_minutes,
        } => {
            let shortest = whole_steps(*min_minutes, *step_minutes);
            let length = whole_steps(
                minutes.clamp(shortest, (*max_minutes).max(shortest)),
                *step_minutes,
            );
            windows
                .iter()
                .flat_map(|window| starts(*window, *step_minutes, length))
                .filter_map(|start| span(date, start, start.plus_minutes(length)?))
                .collect()
        }
    }
}

pub(super) fn open_hours(
    facility: &Facility,
    holidays: &Holidays,
    date: NaiveDate,
) -> Result<Vec<TimeWindow>, ClosedReason> {
    match day_plan(facility, holidays, date) {
        DayPlan::Open(windows) => Ok(windows),
        DayPlan::Closed(reason) => Err(reason),
    }
}

/// The divisions that lie wholly within the day's hours.
pub(super) fn offered<'a>(
    divisions: &'a [Division],
    windows: &[TimeWindow],
) -> impl Iterator<Item = &'a Division> {
    divisions.iter().filter(move |division| {
        windows
            .iter()
            .any(|window| window.start <= division.start && division.end <= window.end)
    })
}

/// The starts on a grid that begins when the window opens, from which `minutes` fit.
fn starts(window: TimeWindow, step: u16, minutes: u16) -> impl Iterator<Item = TimeOfDay> {
    // A step of 0 would never end; `town::check` refuses it, a row from elsewhere must not hang.
    let step = step.max(1);
    std::iter::successors(Some(window.start), move |start| start.plus_minutes(step)).take_while(
        move |start| {
            start
                .plus_minutes(whole_steps(minutes, step))
                .is_some_and(|end| end <= window.end)
        },
    )
}

/// `minutes`, or the next multiple of the step.
fn whole_steps(minutes: u16, step: u16) -> u16 {
    minutes
        .max(1)
        .div_ceil(step.max(1))
        .saturating_mul(step.max(1))
}

pub(super) fn span(date: NaiveDate, start: TimeOfDay, end: TimeOfDay) -> Option<Span> {
    Span::new(Cell::at(date, start).ok()?, Cell::at(date, end).ok()?).ok()
}
