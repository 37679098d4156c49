use chrono::{Datelike, NaiveDate, Weekday};

use super::*;
use crate::availability::ClosedReason;
use crate::samples;
use crate::town::{ClosingRule, HolidayChange, HoursRule, NthWeekday, OneOff, YearlyRange};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 内閣府「国民の祝日について」.
const OFFICIAL: [(i32, &str); 6] = [
    (
        2020,
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
    ),
    (
        2021,
        "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
    ),
    (
        2024,
        "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 \
         11/3 11/4 11/23",
    ),
    (
        2025,
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 \
         11/24",
    ),
    (
        2026,
        "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    ),
    (
        2027,
        "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
    ),
];

#[test]
fn national_holidays_are_the_cabinet_offices() {
    let holidays = Holidays::national();
    for (year, list) in OFFICIAL {
        let found: Vec<String> = NaiveDate::from_ymd_opt(year, 1, 1)
            .unwrap()
            .iter_days()
            .take_while(|date| date.year() == year)
            .filter(|date| holidays.contains(*date))
            .map(|date| format!("{}/{}", date.month(), date.day()))
            .collect();
        assert_eq!(found.join(" "), list, "{year}");
    }
}

#[test]
fn holidays_have_the_names_people_know() {
    let holidays = Holidays::national();
    for (date, name) in [
        ("2026-05-06", "振替休日"),
        ("2026-09-22", "国民の休日"),
        ("2027-01-11", "成人の日"),
        ("2021-08-08", "山の日"),
    ] {
        assert_eq!(holidays.name(day(date)), Some(name), "{date}");
    }
}

#[test]
fn years_beyond_the_law_have_no_holidays_and_break_nothing() {
    let holidays = Holidays::national();
    for date in [
        NaiveDate::MIN,
        NaiveDate::MAX,
        day("1900-01-01"),
        day("2100-01-01"),
    ] {
        assert_eq!(holidays.name(date), None);
    }
}

#[test]
fn a_town_adds_and_takes_away_holidays() {
    let mut town = samples::town();
    let change = |date, name: &str, off| HolidayChange {
        date: day(date),
        name: name.into(),
        off,
    };
    town.holidays = vec![
        change("2026-11-14", "県民の日", false),
        change("2026-11-23", "勤労感謝の日", true),
    ];
    let holidays = Holidays::of(&town);
    assert_eq!(holidays.name(day("2026-11-14")), Some("県民の日"));
    assert_eq!(holidays.name(day("2026-11-23")), None);
    assert_eq!(holidays.name(day("2026-11-03")), Some("文化の日"));
}

fn closed_on(rule: &ClosingRule, date: &str) -> Option<ClosedReason> {
    let mut facility = samples::gym();
    facility.closing = rule.clone();
    match day_plan(&facility, &Holidays::national(), day(date)) {
        DayPlan::Open(_) => None,
        DayPlan::Closed(reason) => Some(reason),
    }
}

#[test]
fn kawagoe_closes_on_the_next_weekday_when_monday_is_a_holiday() {
    // 川越町 [S53]: 毎週月曜日（祝日の場合は翌平日）, 12/29–1/3.
    let rule = samples::closing_on_mondays();
    use ClosedReason::{Shifted, Weekly, Yearly};
    for (date, expected) in [
        ("2026-11-16", Some(Weekly)),
        ("2026-11-17", None),
        ("2026-11-23", None), // Monday, 勤労感謝の日
        ("2026-11-24", Some(Shifted)),
        ("2026-12-28", Some(Weekly)),
        ("2026-12-29", Some(Yearly)),
        ("2027-01-03", Some(Yearly)),
        ("2027-01-04", Some(Weekly)),
        // Scenario 37: Monday 9/21 and Tuesday 9/22 and Wednesday 9/23 are holidays.
        ("2026-09-21", None),
        ("2026-09-22", None),
        ("2026-09-23", None),
        ("2026-09-24", Some(Shifted)),
        ("2026-09-25", None),
        // New Year's Day 2024 was a Monday inside the year-end range: nothing moves.
        ("2024-01-04", None),
    ] {
        assert_eq!(closed_on(&rule, date), expected, "{date}");
    }
}

#[test]
fn a_shifted_day_passes_over_days_that_are_closed_anyway() {
    let rule = ClosingRule {
        weekdays: vec![Weekday::Mon, Weekday::Tue],
        ..samples::closing_on_mondays()
    };
    assert_eq!(closed_on(&rule, "2026-11-24"), Some(ClosedReason::Weekly));
    assert_eq!(closed_on(&rule, "2026-11-25"), Some(ClosedReason::Shifted));
}

#[test]
fn a_hall_closed_on_holidays_rests_on_the_day_after_a_holiday_monday_too() {
    let rule = ClosingRule {
        holidays: true,
        ..samples::closing_on_mondays()
    };
    let name = "勤労感謝の日".to_owned();
    assert_eq!(
        closed_on(&rule, "2026-11-23"),
        Some(ClosedReason::Holiday(name))
    );
    assert_eq!(closed_on(&rule, "2026-11-24"), Some(ClosedReason::Shifted));
}

#[test]
fn the_first_hours_that_fit_win_and_empty_hours_mean_closed() {
    let window = |start: &str, end: &str| {
        vec![crate::town::TimeWindow {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        }]
    };
    let rule = |weekdays, holidays, open| HoursRule {
        weekdays,
        holidays,
        season: None,
        open,
    };
    let mut facility = samples::gym();
    facility.hours = vec![
        rule(vec![], true, window("09:00", "17:00")),
        rule(vec![Weekday::Sun], false, vec![]),
        rule(vec![], false, window("09:00", "21:00")),
    ];
    let plan = |date| day_plan(&facility, &Holidays::national(), day(date));
    assert_eq!(plan("2026-11-03"), DayPlan::Open(window("09:00", "17:00")));
    assert_eq!(plan("2026-11-08"), DayPlan::Closed(ClosedReason::NoHours));
    assert_eq!(plan("2026-11-10"), DayPlan::Open(window("09:00", "21:00")));
}

#[test]
fn a_ground_opens_longer_in_summer() {
    // Season × weekday, first match wins.
    let window = |start: &str, end: &str| {
        vec![crate::town::TimeWindow {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        }]
    };
    let season = |from: &str, to: &str| YearlyRange {
        from: from.to_owned().try_into().unwrap(),
        to: to.to_owned().try_into().unwrap(),
    };
    let rule = |weekdays, season, open| HoursRule {
        weekdays,
        holidays: false,
        season,
        open,
    };
    // 埼玉県障害者交流センター グラウンド (https://plaza.npotoybox.jp/facility/floor/sports-ground):
    // 10–2月 9–17 (土日祝 8–17), 3・4・9月 9–18, 5–8月 9–19.
    let weekend = vec![Weekday::Sat, Weekday::Sun];
    let mut facility = samples::gym();
    facility.closing = ClosingRule::default();
    facility.hours = vec![
        rule(
            weekend,
            Some(season("10-01", "02-28")),
            window("08:00", "17:00"),
        ),
        rule(
            vec![],
            Some(season("10-01", "02-28")),
            window("09:00", "17:00"),
        ),
        rule(
            vec![],
            Some(season("05-01", "08-31")),
            window("09:00", "19:00"),
        ),
        rule(vec![], None, window("09:00", "18:00")),
    ];
    let plan = |date| day_plan(&facility, &Holidays::national(), day(date));
    for (date, start, end) in [
        ("2026-11-28", "08:00", "17:00"),
        ("2026-11-27", "09:00", "17:00"),
        ("2027-01-15", "09:00", "17:00"),
        ("2027-08-31", "09:00", "19:00"),
        ("2027-09-01", "09:00", "18:00"),
    ] {
        assert_eq!(plan(date), DayPlan::Open(window(start, end)), "{date}");
    }
}

#[test]
fn daito_rests_on_the_first_and_third_monday() {
    // 大東市立総合文化センター条例第5条: 第1・第3月曜日（祝日の場合は翌日）, 12/29–1/3.
    let rule = ClosingRule {
        nth_weekdays: vec![NthWeekday {
            weekdays: vec![Weekday::Mon],
            nth: vec![1, 3],
            last: false,
        }],
        shift_on_holiday: true,
        ..ClosingRule::default()
    };
    use ClosedReason::{Shifted, Weekly};
    for (date, expected) in [
        ("2026-11-02", Some(Weekly)),
        ("2026-11-09", None),
        ("2026-11-16", Some(Weekly)),
        ("2026-11-30", None), // the fifth
        ("2026-07-20", None), // third Monday, 海の日
        ("2026-07-21", Some(Shifted)),
    ] {
        assert_eq!(closed_on(&rule, date), expected, "{date}");
    }
    let last = ClosingRule {
        nth_weekdays: vec![NthWeekday {
            weekdays: vec![Weekday::Mon],
            nth: vec![],
            last: true,
        }],
        ..ClosingRule::default()
    };
    for (date, expected) in [
        ("2026-11-30", Some(Weekly)),
        ("2026-11-23", None),
        ("2026-02-23", Some(Weekly)),
    ] {
        assert_eq!(closed_on(&last, date), expected, "{date}");
    }
}

#[test]
fn a_closing_day_moves_to_a_workday_where_the_town_says_so() {
    let fridays = |shift_to_workday| ClosingRule {
        weekdays: vec![Weekday::Fri],
        shift_on_holiday: true,
        shift_to_workday,
        ..ClosingRule::default()
    };
    use ClosedReason::Shifted;
    // 2026-03-20, 春分の日, is a Friday.
    for (to_workday, date, expected) in [
        (false, "2026-03-20", None),
        (false, "2026-03-21", Some(Shifted)), // a Saturday
        (true, "2026-03-21", None),
        (true, "2026-03-22", None),
        (true, "2026-03-23", Some(Shifted)), // Monday
        (true, "2026-03-24", None),
    ] {
        assert_eq!(closed_on(&fridays(to_workday), date), expected, "{date}");
    }
}

#[test]
fn some_halls_rest_on_the_day_after_a_holiday() {
    let rule = ClosingRule {
        after_holidays: true,
        ..ClosingRule::default()
    };
    use ClosedReason::Shifted;
    for (date, expected) in [
        ("2026-11-03", None),
        ("2026-11-04", Some(Shifted)),
        ("2026-09-22", None), // between two holidays, one itself
        ("2026-09-24", Some(Shifted)),
    ] {
        assert_eq!(closed_on(&rule, date), expected, "{date}");
    }
}

#[test]
fn what_is_said_of_a_day_itself_goes_before_every_rule() {
    let window = crate::town::TimeWindow {
        start: "09:00".parse().unwrap(),
        end: "12:00".parse().unwrap(),
    };
    let once = |from, to, open| OneOff {
        from: day(from),
        to: day(to),
        open,
        note: "町民体育祭".into(),
    };
    let mut facility = samples::hall();
    facility.closing.once = vec![
        once("2026-11-16", "2026-11-16", vec![window]), // a Monday
        once("2026-11-24", "2026-11-24", vec![window]), // where 11/23 would move to
        once("2026-11-18", "2026-11-20", vec![]),
    ];
    let plan = |date| day_plan(&facility, &Holidays::national(), day(date));
    assert_eq!(plan("2026-11-16"), DayPlan::Open(vec![window]));
    assert_eq!(plan("2026-11-24"), DayPlan::Open(vec![window]));
    for date in ["2026-11-18", "2026-11-20"] {
        assert_eq!(plan(date), DayPlan::Closed(ClosedReason::Closure), "{date}");
    }
    assert!(matches!(plan("2026-11-17"), DayPlan::Open(_)));
}
