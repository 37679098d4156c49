//! The booking window (予約受付期間): from when until when a day can be booked online.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use crate::civil::{self, TimeOfDay};
use crate::reservation::Channel;
use crate::span::Span;
use crate::town::{BookingWindow, DayOfYear, MonthReading, Opening, UseBlock};

/// How far ahead [`last_open_day`] looks. No town opens more than two years ahead.
const HORIZON_DAYS: u64 = 750;

/// Whether somebody counts as living in the town (町内・町外).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residence {
    /// A resident (町内).
    InTown,
    /// From outside (町外).
    Outside,
}

/// Where a time stands in its booking window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowState {
    /// Booking has not opened (受付前).
    NotYet {
        /// When it opens, UTC.
        opens_at: DateTime<Utc>,
    },
    /// Online booking is open.
    Open {
        /// Until when, UTC; at that instant it has ended.
        until: DateTime<Utc>,
    },
    /// Online booking has ended, the desk may still help (電話・窓口).
    CounterOnly {
        /// The last day of online booking, in Japan.
        ended_on: NaiveDate,
    },
    /// The time of use has begun.
    Past,
}

/// Where `span` stands at `now` for somebody.
#[must_use]
pub fn window_state(
    window: &BookingWindow,
    residence: Residence,
    span: Span,
    now: DateTime<Utc>,
) -> WindowState {
    let start = span.start().instant();
    if now >= start {
        return WindowState::Past;
    }
    let opens_at = opens_at(window, residence, span.date());
    if now < opens_at {
        return WindowState::NotYet { opens_at };
    }
    let (until, ended_on) = match last_day(window, span.date()) {
        Some(day) => (civil::instant(day, end_of_day()), day),
        None => (start, span.date()),
    };
    if now < until {
        WindowState::Open { until }
    } else {
        WindowState::CounterOnly { ended_on }
    }
}

/// The same for whoever books through this channel (受付の窓口). The counter sells what the online
/// window has let go of, and what has begun but not ended: somebody comes at 9:10 for the morning.
/// What has not opened has not opened for the counter either.
#[must_use]
pub fn window_state_through(
    channel: Channel,
    window: &BookingWindow,
    residence: Residence,
    span: Span,
    now: DateTime<Utc>,
) -> WindowState {
    let end = span.end().instant();
    match (channel, window_state(window, residence, span, now)) {
        (Channel::Counter, WindowState::CounterOnly { .. } | WindowState::Open { .. }) => {
            WindowState::Open { until: end }
        }
        (Channel::Counter, WindowState::Past) if now < end => WindowState::Open { until: end },
        (Channel::Counter | Channel::Online, state) => state,
    }
}

/// When booking opens for a day of use, UTC.
#[must_use]
pub fn opens_at(window: &BookingWindow, residence: Residence, date: NaiveDate) -> DateTime<Utc> {
    let day = match &window.opening {
        Opening::MonthsAhead {
            months,
            reading,
            outsiders,
        } => {
            let months = match (residence, outsiders) {
                (Residence::Outside, Some(outsiders)) => *outsiders,
                (Residence::Outside | Residence::InTown, _) => *months,
            };
            opening_day(*reading, months, date)
        }
        // A day that no block names opens with itself: `town::check` refuses such a file.
        Opening::Blocks(blocks) => blocks
            .iter()
            .find_map(|block| block.opening_day(residence, date))
            .unwrap_or(date),
    };
    civil::instant(day, window.opens_at)
}

/// The last day of use that is open at `now`, in Japan; `None` when none is. Later days open one
/// after the other or by the month, so every day up to this one has opened.
#[must_use]
pub fn last_open_day(
    window: &BookingWindow,
    residence: Residence,
    now: DateTime<Utc>,
) -> Option<NaiveDate> {
    let today = civil::date_at(now);
    (0..HORIZON_DAYS)
        .map_while(|ahead| today.checked_add_days(Days::new(ahead)))
        .take_while(|date| opens_at(window, residence, *date) <= now)
        .last()
}

/// The day on which booking opens, `months` ahead of `date` by a town's reading of that.
fn opening_day(reading: MonthReading, months: u32, date: NaiveDate) -> NaiveDate {
    let back = |months| date.checked_sub_months(Months::new(months)).unwrap_or(date);
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    match reading {
        MonthReading::FirstOfMonthCountingUse => first(back(months.saturating_sub(1))),
        MonthReading::FirstOfMonthBefore => first(back(months)),
        // chrono gives the last day of a month that is too short: 5/31 − 3 months = 2/28.
        MonthReading::SameDay => back(months),
    }
}

/// The last day of online booking for a day of use; `None` when that is the start itself.
fn last_day(window: &BookingWindow, date: NaiveDate) -> Option<NaiveDate> {
    let by_days = (window.closes_days_before > 0)
        .then(|| date.checked_sub_days(Days::new(u64::from(window.closes_days_before))));
    let by_months = (window.closes_months_before > 0)
        .then(|| date.checked_sub_months(Months::new(window.closes_months_before)));
    by_days.into_iter().chain(by_months).flatten().min()
}

impl UseBlock {
    /// The day on which booking opens for a day of this block; `None` for other days.
    fn opening_day(&self, residence: Residence, date: NaiveDate) -> Option<NaiveDate> {
        let at = DayOfYear::of(date);
        let runs_over = self.from > self.to;
        let inside = if runs_over {
            at >= self.from || at <= self.to
        } else {
            self.from <= at && at <= self.to
        };
        if !inside {
            return None;
        }
        let started_last_year = runs_over && at <= self.to;
        let year = date.year() - i32::from(started_last_year);
        let opening = match residence {
            Residence::InTown => self.residents,
            Residence::Outside => self.outsiders,
        };
        let year = year - i32::from(opening > self.from);
        opening.in_year(year)
    }
}

fn end_of_day() -> TimeOfDay {
    TimeOfDay::MIDNIGHT
        .plus_minutes(24 * 60)
        .unwrap_or(TimeOfDay::MIDNIGHT)
}
