//! Opening hours and closing days of a facility (開館時間・休館日).

use chrono::{Datelike, NaiveDate};

use super::Holidays;
use crate::availability::ClosedReason;
use crate::town::{ClosingRule, DayOfYear, Facility, TimeWindow, YearlyRange};

/// How far back a shifted closing day is looked for. The longest run of holidays ever was ten days
/// (2019); a year-end range may follow.
const LONGEST_CHAIN_DAYS: usize = 60;

/// What a facility does on a day (その日の開館).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayPlan {
    /// Open for these hours, in order.
    Open(Vec<TimeWindow>),
    /// Closed (休館).
    Closed(ClosedReason),
}

/// What `facility` does on `date`.
///
/// Year-end goes before holidays, holidays before weekdays. A closing weekday that is a holiday
/// moves to the next day that is neither a holiday nor closed anyway (scenario 37), Saturdays and
/// Sundays included (串本町 domain.md B: 「直後の休日でない日」). One that falls into the year-end
/// range does not move: the facility rests on it as it is.
#[must_use]
pub fn day_plan(facility: &Facility, holidays: &Holidays, date: NaiveDate) -> DayPlan {
    let rule = &facility.closing;
    if rule.is_yearly(date) {
        return DayPlan::Closed(ClosedReason::Yearly);
    }
    let holiday = holidays.name(date);
    if let Some(name) = holiday.filter(|_| rule.holidays) {
        return DayPlan::Closed(ClosedReason::Holiday(name.to_owned()));
    }
    if rule.is_weekly(date) && !(rule.shift_on_holiday && holiday.is_some()) {
        return DayPlan::Closed(ClosedReason::Weekly);
    }
    if rule.shift_on_holiday && holiday.is_none() && rule.shifted_to(holidays, date) {
        return DayPlan::Closed(ClosedReason::Shifted);
    }
    let hours = facility.hours.iter().find(|rule| {
        (rule.weekdays.is_empty() || rule.weekdays.contains(&date.weekday()))
            && (!rule.holidays || holiday.is_some())
    });
    match hours {
        Some(rule) if !rule.open.is_empty() => DayPlan::Open(rule.open.clone()),
        Some(_) | None => DayPlan::Closed(ClosedReason::NoHours),
    }
}

impl ClosingRule {
    fn is_weekly(&self, date: NaiveDate) -> bool {
        self.weekdays.contains(&date.weekday())
    }

    fn is_yearly(&self, date: NaiveDate) -> bool {
        self.yearly.iter().any(|range| range.contains(date))
    }

    /// True when a closing weekday before `date` was a holiday, and every day between was a
    /// holiday or closed anyway. `date` itself is known to be neither.
    fn shifted_to(&self, holidays: &Holidays, date: NaiveDate) -> bool {
        date.iter_days()
            .rev()
            .skip(1)
            .take(LONGEST_CHAIN_DAYS)
            .map(|day| {
                let yearly = self.is_yearly(day);
                let weekly = self.is_weekly(day);
                let holiday = holidays.contains(day);
                let moves = weekly && holiday && !yearly;
                (moves, yearly || weekly || holiday)
            })
            .take_while(|(_, passed_over)| *passed_over)
            .any(|(moves, _)| moves)
    }
}

impl YearlyRange {
    /// True on its days, both ends included; a range may run over New Year (12/29–1/3).
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        let day = DayOfYear::of(date);
        if self.from <= self.to {
            self.from <= day && day <= self.to
        } else {
            self.from <= day || day <= self.to
        }
    }
}
