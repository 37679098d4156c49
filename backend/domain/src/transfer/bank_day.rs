//! The days on which banks work (銀行営業日): not on Saturdays, Sundays, national holidays and from
//! 31 December to 3 January (銀行法施行令第5条).

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar::Holidays;

/// True for a day on which banks work.
#[must_use]
pub fn is_bank_day(date: NaiveDate) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let turn_of_the_year = matches!((date.month(), date.day()), (12, 31) | (1, 1..=3));
    !weekend && !turn_of_the_year && Holidays::national().name(date).is_none()
}

/// The next day after `date` on which banks work.
#[must_use]
pub fn next_bank_day(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .skip(1)
        .find(|day| is_bank_day(*day))
        .unwrap_or(date)
}
