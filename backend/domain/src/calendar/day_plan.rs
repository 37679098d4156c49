//! Opening hours and closing days of a facility (開館時間・休館日).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Holidays;
use crate::availability::ClosedReason;
use crate::town::{
    ClosingRule, DayOfYear, Facility, HoursRule, NthWeekday, OneOff, TimeWindow, YearlyRange,
};

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
/// What is said of the day itself goes first, then year-end, then holidays, then weekdays. A closing
/// weekday that is a holiday moves to the next day that is neither a holiday nor closed anyway
/// (scenario 37); Saturdays and Sundays are such days unless the town says 平日 (串本町 domain.md B:
/// 「直後の休日でない日」). One that falls into the year-end range does not move: the facility rests on
/// it as it is.
#[must_use]
pub fn day_plan(facility: &Facility, holidays: &Holidays, date: NaiveDate) -> DayPlan {
    let rule = &facility.closing;
    if let Some(once) = rule.once.iter().find(|once| once.contains(date)) {
        return if once.open.is_empty() {
            DayPlan::Closed(ClosedReason::Closure)
        } else {
            DayPlan::Open(once.open.clone())
        };
    }
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
    if holiday.is_none() && rule.rests_for_a_holiday(holidays, date) {
        return DayPlan::Closed(ClosedReason::Shifted);
    }
    let mut hours = facility.hours.iter();
    match hours.find(|rule| rule.fits(date, holiday.is_some())) {
        Some(rule) if !rule.open.is_empty() => DayPlan::Open(rule.open.clone()),
        Some(_) | None => DayPlan::Closed(ClosedReason::NoHours),
    }
}

impl ClosingRule {
    fn is_weekly(&self, date: NaiveDate) -> bool {
        self.weekdays.contains(&date.weekday())
            || self.nth_weekdays.iter().any(|it| it.contains(date))
    }

    /// True when it is closed on `date`, no holiday itself, because of one before.
    fn rests_for_a_holiday(&self, holidays: &Holidays, date: NaiveDate) -> bool {
        let after = self.after_holidays
            && date
                .pred_opt()
                .is_some_and(|before| holidays.contains(before));
        after
            || (self.shift_on_holiday
                && !(self.shift_to_workday && is_weekend(date))
                && self.shifted_to(holidays, date))
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
                let weekend = self.shift_to_workday && is_weekend(day);
                (moves, yearly || weekly || holiday || weekend)
            })
            .take_while(|(_, passed_over)| *passed_over)
            .any(|(moves, _)| moves)
    }
}

impl HoursRule {
    fn fits(&self, date: NaiveDate, is_holiday: bool) -> bool {
        (self.weekdays.is_empty() || self.weekdays.contains(&date.weekday()))
            && (!self.holidays || is_holiday)
            && self.season.is_none_or(|season| season.contains(date))
    }
}

impl NthWeekday {
    fn contains(&self, date: NaiveDate) -> bool {
        let nth = date.day0() / 7 + 1;
        let in_a_week = date.checked_add_days(Days::new(7));
        let is_last = in_a_week.is_none_or(|next| next.month() != date.month());
        self.weekdays.contains(&date.weekday())
            && (self.nth.iter().any(|it| u32::from(*it) == nth) || (self.last && is_last))
    }
}

impl OneOff {
    fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
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
