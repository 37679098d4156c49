//! A second calendar, written from the law and from the ordinance's wording alone and walking
//! forward day by day, must agree with the first over ten years.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::*;
use crate::samples;
use crate::town::{ClosingRule, NthWeekday, YearlyRange};

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn monday(year: i32, month: u32, nth: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth).unwrap()
}

/// 国立天文台's formula in whole hundred-thousandths of a day, valid 1980–2099.
fn equinox(year: i32, month: u32, base: i32) -> NaiveDate {
    let since = year - 1980;
    let day = (base * 100 + 24_219 * since + since * 4 / 10) / 100_000 - since / 4;
    date(year, month, u32::try_from(day).unwrap())
}

/// 国民の祝日に関する法律 as it stands since 2020, with the exceptions of 2020 and 2021.
fn law(year: i32) -> BTreeSet<NaiveDate> {
    let mut days: BTreeSet<NaiveDate> = [
        date(year, 1, 1),
        monday(year, 1, 2),
        date(year, 2, 11),
        date(year, 2, 23),
        equinox(year, 3, 20_843),
        date(year, 4, 29),
        date(year, 5, 3),
        date(year, 5, 4),
        date(year, 5, 5),
        monday(year, 9, 3),
        equinox(year, 9, 23_248),
        date(year, 11, 3),
        date(year, 11, 23),
    ]
    .into();
    days.extend(match year {
        2020 => [date(2020, 7, 23), date(2020, 7, 24), date(2020, 8, 10)],
        2021 => [date(2021, 7, 22), date(2021, 7, 23), date(2021, 8, 8)],
        _ => [monday(year, 7, 3), date(year, 8, 11), monday(year, 10, 2)],
    });
    let named = days.clone();
    for day in &named {
        // 3条2項: when it falls on a Sunday, the nearest day after it that is no holiday.
        if day.weekday() == Weekday::Sun {
            let next = day.iter_days().find(|next| !named.contains(next)).unwrap();
            days.insert(next);
        }
        // 3条3項: a day between two holidays.
        let between = *day + Days::new(1);
        if !named.contains(&between) && named.contains(&(between + Days::new(1))) {
            days.insert(between);
        }
    }
    days
}

/// Which days are closed, walking forward: every closing weekday is handled on its day.
fn walk(rule: &ClosingRule, first: NaiveDate, last: NaiveDate) -> BTreeMap<NaiveDate, bool> {
    let holidays: BTreeSet<NaiveDate> = (first.year()..=last.year()).flat_map(law).collect();
    let yearly = |day: NaiveDate| {
        rule.yearly.iter().any(|range| {
            let (from, to) = (range.from.parts(), range.to.parts());
            let at = (day.month(), day.day());
            if from <= to {
                from <= at && at <= to
            } else {
                at >= from || at <= to
            }
        })
    };
    let nth = |day: NaiveDate| {
        rule.nth_weekdays.iter().any(|it| {
            let of_month = |weekday, n| {
                NaiveDate::from_weekday_of_month_opt(day.year(), day.month(), weekday, n)
            };
            it.weekdays.iter().any(|weekday| {
                let last = (1..=5).filter_map(|n| of_month(*weekday, n)).max();
                it.nth.iter().any(|n| of_month(*weekday, *n) == Some(day))
                    || (it.last && last == Some(day))
            })
        })
    };
    let weekend =
        |day: NaiveDate| rule.shift_to_workday && day.weekday().num_days_from_monday() >= 5;
    let days = || first.iter_days().take_while(|day| *day <= last);
    let mut closed: BTreeSet<NaiveDate> = days()
        .filter(|day| {
            let weekly = rule.weekdays.contains(&day.weekday()) || nth(*day);
            let moved = rule.shift_on_holiday && holidays.contains(day);
            yearly(*day) || (weekly && !moved) || (rule.holidays && holidays.contains(day))
        })
        .collect();
    let own = closed.clone();
    for day in days() {
        let weekly = rule.weekdays.contains(&day.weekday()) || nth(day);
        if rule.shift_on_holiday && weekly && holidays.contains(&day) && !yearly(day) {
            let mut next = day + Days::new(1);
            while own.contains(&next)
                || holidays.contains(&next)
                || rule.weekdays.contains(&next.weekday())
                || nth(next)
                || weekend(next)
            {
                next = next + Days::new(1);
            }
            closed.insert(next);
        }
    }
    days().map(|day| (day, closed.contains(&day))).collect()
}

#[test]
fn ten_years_of_closing_days_agree_with_the_reference() {
    let year_end = |from: &str, to: &str| YearlyRange {
        from: from.to_owned().try_into().unwrap(),
        to: to.to_owned().try_into().unwrap(),
    };
    let first_and_last = NthWeekday {
        weekdays: vec![Weekday::Mon, Weekday::Sat],
        nth: vec![1, 3],
        last: true,
    };
    let mut rules = Vec::new();
    for weekdays in [
        vec![],
        vec![Weekday::Mon],
        vec![Weekday::Mon, Weekday::Tue],
        vec![Weekday::Wed],
        vec![Weekday::Fri, Weekday::Sun],
    ] {
        for shift_on_holiday in [false, true] {
            for holidays in [false, true] {
                for yearly in [
                    vec![],
                    vec![year_end("12-29", "01-03")],
                    vec![year_end("12-27", "01-05"), year_end("08-13", "08-16")],
                ] {
                    for (shift_to_workday, nth_weekdays) in [
                        (false, vec![]),
                        (true, vec![]),
                        (true, vec![first_and_last.clone()]),
                    ] {
                        rules.push(ClosingRule {
                            weekdays: weekdays.clone(),
                            nth_weekdays,
                            shift_on_holiday,
                            shift_to_workday,
                            holidays,
                            yearly: yearly.clone(),
                            ..ClosingRule::default()
                        });
                    }
                }
            }
        }
    }
    let national = Holidays::national();
    let mut facility = samples::gym();
    for rule in rules {
        facility.closing = rule.clone();
        // A chain may begin before the first day that is compared.
        let walked = walk(&rule, date(2019, 12, 1), date(2030, 12, 31));
        for (day, closed) in walked.range(date(2020, 1, 1)..) {
            let plan = day_plan(&facility, &national, *day);
            assert_eq!(
                matches!(plan, DayPlan::Closed(_)),
                *closed,
                "{day} {rule:?}"
            );
        }
    }
}
