//! Dates, times and lengths (日付と時刻).

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use domain::civil;

/// 「11月28日（土）」
#[must_use]
pub fn day(date: NaiveDate) -> String {
    civil::long_date(date)
}

/// 「2026年11月28日（土）」
#[must_use]
pub fn full_day(date: NaiveDate) -> String {
    civil::full_date(date)
}

/// 「11月28日（土）18:00」 in Japan.
#[must_use]
pub fn at(instant: DateTime<Utc>) -> String {
    let wall = civil::wall_clock_at(instant);
    format!(
        "{}{}:{:02}",
        civil::long_date(wall.date()),
        wall.hour(),
        wall.minute()
    )
}

/// 「12/1 9:00」 in Japan, for narrow cells.
#[must_use]
pub fn at_short(instant: DateTime<Utc>) -> String {
    let wall = civil::wall_clock_at(instant);
    format!(
        "{}/{} {}:{:02}",
        wall.month(),
        wall.day(),
        wall.hour(),
        wall.minute()
    )
}

/// 「14:32」 in Japan.
#[must_use]
pub fn time_at(instant: DateTime<Utc>) -> String {
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
pub fn week_from(date: NaiveDate) -> String {
    format!("{}から1週間", civil::long_date(date))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(at(nine), "12月1日（火）9:00");
        assert_eq!(at_short(nine), "12/1 9:00");
    }
}
