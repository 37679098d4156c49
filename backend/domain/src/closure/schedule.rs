//! When a place is closed: one day, some days, or the same weekdays over a while.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::ClosureRefusal;
use crate::calendar::{DayPlan, Holidays, day_plan};
use crate::civil::TimeOfDay;
use crate::slots::SlotRefusal;
use crate::span::{Cell, Span};
use crate::town::Facility;

/// The most days one closure can have: a year of them.
pub const MOST_OCCURRENCES: usize = 366;

/// When a place is closed (休館する日時): both days included, one day when they are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// The weekdays it is for (毎週); empty means every day.
    #[serde(default, with = "crate::town::weekdays")]
    pub weekdays: Vec<Weekday>,
    /// The time of day.
    pub hours: Hours,
}

/// Which part of the day (休館する時間).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// From opening to closing (終日).
    OpeningDay,
    /// From one time to another, within the opening hours or not.
    Between {
        /// From.
        start: TimeOfDay,
        /// Until.
        end: TimeOfDay,
    },
}

impl Schedule {
    /// One day.
    #[must_use]
    pub const fn once(date: NaiveDate, hours: Hours) -> Self {
        Self {
            from: date,
            until: date,
            weekdays: Vec::new(),
            hours,
        }
    }

    /// Every span it closes, in order. Days on which the facility is closed anyway have no opening
    /// day to close. What has passed is left out; of a span that runs, the cell that runs is still
    /// closed, so that a storm at 14:10 closes from 14:00.
    ///
    /// # Errors
    /// [`ClosureRefusal::Backwards`], [`ClosureRefusal::Empty`], [`ClosureRefusal::OffGrid`],
    /// [`ClosureRefusal::TooMany`] past [`MOST_OCCURRENCES`] days,
    /// [`ClosureRefusal::NothingToClose`], and [`ClosureRefusal::Past`] when nothing is left.
    pub fn spans(
        &self,
        facility: &Facility,
        holidays: &Holidays,
        now: DateTime<Utc>,
    ) -> Result<Vec<Span>, ClosureRefusal> {
        if self.until < self.from {
            return Err(ClosureRefusal::Backwards);
        }
        let days: Vec<NaiveDate> = self
            .from
            .iter_days()
            .take_while(|day| *day <= self.until)
            .filter(|day| self.weekdays.is_empty() || self.weekdays.contains(&day.weekday()))
            .take(MOST_OCCURRENCES + 1)
            .collect();
        if days.len() > MOST_OCCURRENCES {
            return Err(ClosureRefusal::TooMany {
                most: MOST_OCCURRENCES,
            });
        }
        let mut all = Vec::new();
        for day in days {
            all.extend(self.hours.on(facility, holidays, day)?);
        }
        if all.is_empty() {
            return Err(ClosureRefusal::NothingToClose);
        }
        let now = Cell::containing(now);
        let left: Vec<Span> = all
            .into_iter()
            .filter_map(|span| Span::new(span.start().max(now), span.end()).ok())
            .collect();
        if left.is_empty() {
            return Err(ClosureRefusal::Past);
        }
        Ok(left)
    }
}

impl Hours {
    fn on(
        self,
        facility: &Facility,
        holidays: &Holidays,
        date: NaiveDate,
    ) -> Result<Vec<Span>, ClosureRefusal> {
        let span = |start, end| {
            Span::on(date, start, end).map_err(|refusal| match refusal {
                SlotRefusal::OffGrid => ClosureRefusal::OffGrid,
                _ => ClosureRefusal::Empty,
            })
        };
        match self {
            Self::Between { start, end } => Ok(vec![span(start, end)?]),
            Self::OpeningDay => match day_plan(facility, holidays, date) {
                DayPlan::Closed(_) => Ok(Vec::new()),
                DayPlan::Open(windows) => windows
                    .iter()
                    .map(|window| span(window.start, window.end))
                    .collect(),
            },
        }
    }
}
