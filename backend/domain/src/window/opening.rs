//! The day on which booking opens.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::Terms;
use crate::asker::Asker;
use crate::calendar::OpenDays;
use crate::civil;
use crate::town::{BookingWindow, DayOfYear, MonthEnd, MonthReading, Opening, UseBlock};

/// How far ahead [`last_open_day`] looks. No town opens more than two years ahead.
const HORIZON_DAYS: u64 = 750;

/// When booking opens for a day of use, UTC.
#[must_use]
pub fn opens_at(
    window: &BookingWindow,
    days: OpenDays<'_>,
    asker: &Asker<'_>,
    date: NaiveDate,
) -> DateTime<Utc> {
    of(&window.terms(asker), window, days, date)
}

/// The last day of use that is open at `now`, in Japan; `None` when none is. Later days open one
/// after the other or by the month, so every day up to this one has opened.
#[must_use]
pub fn last_open_day(
    window: &BookingWindow,
    days: OpenDays<'_>,
    asker: &Asker<'_>,
    now: DateTime<Utc>,
) -> Option<NaiveDate> {
    let today = civil::date_at(now);
    let terms = window.terms(asker);
    (0..HORIZON_DAYS)
        .map_while(|ahead| today.checked_add_days(Days::new(ahead)))
        .take_while(|date| of(&terms, window, days, *date) <= now)
        .last()
}

pub(super) fn of(
    terms: &Terms<'_>,
    window: &BookingWindow,
    days: OpenDays<'_>,
    date: NaiveDate,
) -> DateTime<Utc> {
    // A day that no block names opens with itself: `town::check` refuses such a file.
    let day = opening_day(terms.opening, date).unwrap_or(date);
    // A move past the day of use would open it after the fact.
    let moved = days.moved(day, window.on_closed_day).min(date.max(day));
    civil::instant(moved, terms.opens_at)
}

/// The day on which a day of use opens.
pub(crate) fn opening_day(opening: &Opening, date: NaiveDate) -> Option<NaiveDate> {
    match opening {
        Opening::MonthsAhead {
            months,
            reading,
            month_end,
        } => by_months(*reading, *months, month_end.unwrap_or_default(), date),
        Opening::DayOfMonth { months, day } => {
            let month = back(date, *months)?.with_day(1)?;
            let last = month.checked_add_months(Months::new(1))?.pred_opt()?;
            month.with_day(u32::from(*day)).or(Some(last))
        }
        Opening::DaysAhead { days } => date.checked_sub_days(Days::new(u64::from(*days))),
        Opening::Blocks(blocks) => blocks.iter().find_map(|block| block.opening_day(date)),
    }
}

/// The day `months` ahead of `date` by a town's reading of that.
fn by_months(
    reading: MonthReading,
    months: u32,
    month_end: MonthEnd,
    date: NaiveDate,
) -> Option<NaiveDate> {
    match reading {
        MonthReading::FirstOfMonthCountingUse => back(date, months.saturating_sub(1))?.with_day(1),
        MonthReading::FirstOfMonthBefore => back(date, months)?.with_day(1),
        MonthReading::SameDay => {
            // chrono gives the last day of a month that is too short: 5/31 − 3 months = 2/28.
            let day = back(date, months)?;
            match month_end {
                MonthEnd::NextFirst if day.day() < date.day() => day.succ_opt(),
                MonthEnd::NextFirst | MonthEnd::LastDay => Some(day),
            }
        }
    }
}

fn back(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    date.checked_sub_months(Months::new(months))
}

impl UseBlock {
    /// The day on which booking opens for a day of this block; `None` for other days.
    fn opening_day(&self, date: NaiveDate) -> Option<NaiveDate> {
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
        let opens_last_year = self.opens > self.from;
        let year = date.year() - i32::from(started_last_year) - i32::from(opens_last_year);
        self.opens.in_year(year)
    }
}
