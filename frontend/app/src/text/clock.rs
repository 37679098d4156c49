//! Dates, times and lengths (日付と時刻).
//!
//! A date of this fiscal year goes without its year: within April to March every month is there
//! once. Any other date says its year.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::civil::{self, TimeOfDay};
use domain::ledger::fiscal_year;

/// 「11月28日（土）」, of another fiscal year than `today`'s 「2027年4月3日（土）」.
#[must_use]
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    if in_the_same_year(date, today) {
        civil::long_date(date)
    } else {
        civil::full_date(date)
    }
}

/// 「2026年11月28日（土）」
#[must_use]
pub fn full_day(date: NaiveDate) -> String {
    civil::full_date(date)
}

/// 「1956年4月3日」: nobody asks on which weekday somebody was born.
#[must_use]
pub fn birthday(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 「11月28日（土）18:00」 in Japan.
#[must_use]
pub fn at(instant: DateTime<Utc>, today: NaiveDate) -> String {
    format!(
        "{}{}",
        day(civil::date_at(instant), today),
        time_at(instant)
    )
}

/// 「2026年11月28日（土）18:00」 in Japan.
#[must_use]
pub fn full_at(instant: DateTime<Utc>) -> String {
    format!("{}{}", full_day(civil::date_at(instant)), time_at(instant))
}

/// 「12/1 9:00」 in Japan, for narrow cells.
#[must_use]
pub fn at_short(instant: DateTime<Utc>, today: NaiveDate) -> String {
    let date = civil::date_at(instant);
    let year = if in_the_same_year(date, today) {
        String::new()
    } else {
        format!("{}/", date.year())
    };
    let (month, day) = (date.month(), date.day());
    format!("{year}{month}/{day} {}", time_at(instant))
}

/// 「14:32」 in Japan.
#[must_use]
pub fn time_at(instant: DateTime<Utc>) -> String {
    use chrono::Timelike;
    let wall = civil::wall_clock_at(instant);
    format!("{}:{:02}", wall.hour(), wall.minute())
}

/// 「2時間」「1時間30分」「30分」
#[must_use]
pub fn length(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest}分"),
        (hours, 0) => format!("{hours}時間"),
        (hours, rest) => format!("{hours}時間{rest}分"),
    }
}

/// 「11月24日（火）から1週間」
#[must_use]
pub fn week_from(date: NaiveDate, today: NaiveDate) -> String {
    format!("{}から1週間", day(date, today))
}

fn in_the_same_year(date: NaiveDate, today: NaiveDate) -> bool {
    let year = |date| fiscal_year(civil::instant(date, TimeOfDay::MIDNIGHT));
    year(date) == year(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        for (minutes, text) in [
            (30, "30分"),
            (60, "1時間"),
            (90, "1時間30分"),
            (720, "12時間"),
        ] {
            assert_eq!(length(minutes), text);
        }
    }

    #[test]
    fn instants_are_told_in_japanese_time() {
        let nine = DateTime::parse_from_rfc3339("2026-12-01T00:00:00Z")
            .unwrap()
            .to_utc();
        let today = date(2026, 11, 21);
        assert_eq!(at(nine, today), "12月1日（火）9:00");
        assert_eq!(full_at(nine), "2026年12月1日（火）9:00");
        assert_eq!(at_short(nine, today), "12/1 9:00");
        assert_eq!(at_short(nine, date(2026, 3, 31)), "2026/12/1 9:00");
    }

    #[test]
    fn a_date_of_another_fiscal_year_says_its_year() {
        let today = date(2026, 11, 21);
        for (there, words) in [
            (date(2026, 4, 1), "4月1日（水）"),
            (date(2027, 3, 31), "3月31日（水）"),
            (date(2027, 4, 1), "2027年4月1日（木）"),
            (date(2026, 3, 31), "2026年3月31日（火）"),
        ] {
            assert_eq!(day(there, today), words);
        }
    }
}
