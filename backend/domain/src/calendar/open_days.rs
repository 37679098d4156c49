//! Which days a facility opens, and the next and the last before one on which it does not.

use chrono::NaiveDate;

use super::{DayPlan, Holidays, day_plan};
use crate::town::{ClosedDay, Facility};

/// How far an open day is looked for. No facility is closed for longer by its rules.
const FARTHEST_DAYS: usize = 400;

/// The open days of a facility (開館日).
#[derive(Clone, Copy, Debug)]
pub struct OpenDays<'a> {
    facility: &'a Facility,
    holidays: &'a Holidays,
}

impl<'a> OpenDays<'a> {
    /// The open days of a facility, by its hours and closing rules.
    #[must_use]
    pub const fn of(facility: &'a Facility, holidays: &'a Holidays) -> Self {
        Self { facility, holidays }
    }

    /// True when the facility opens on that day.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        matches!(
            day_plan(self.facility, self.holidays, date),
            DayPlan::Open(_)
        )
    }

    /// The day itself when it is open, or the one that the town's rule puts in its place. A day
    /// near which nothing opens stays as it is.
    #[must_use]
    pub fn moved(self, date: NaiveDate, rule: Option<ClosedDay>) -> NaiveDate {
        let open = |date: &NaiveDate| self.contains(*date);
        let found = match rule {
            None => return date,
            Some(ClosedDay::NextOpen) => date.iter_days().take(FARTHEST_DAYS).find(open),
            Some(ClosedDay::PreviousOpen) => date.iter_days().rev().take(FARTHEST_DAYS).find(open),
        };
        found.unwrap_or(date)
    }
}
