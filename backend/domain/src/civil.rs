//! Civil time in Japan (日本時間): fixed +09:00, no summer time since 1951.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

const JST_SECONDS_EAST: i32 = 9 * 3600;
const MINUTES_A_DAY: u16 = 24 * 60;

/// The offset of Asia/Tokyo.
#[must_use]
pub fn jst() -> FixedOffset {
    // East of UTC by nine hours is within chrono's range; UTC itself can never be reached.
    FixedOffset::east_opt(JST_SECONDS_EAST).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// The calendar date in Japan at an instant.
#[must_use]
pub fn date_at(instant: DateTime<Utc>) -> NaiveDate {
    wall_clock_at(instant).date()
}

/// The wall clock in Japan at an instant; at the very end of the calendar, where it would strike
/// past it, the last there is.
#[must_use]
pub fn wall_clock_at(instant: DateTime<Utc>) -> NaiveDateTime {
    instant
        .naive_utc()
        .checked_add_offset(jst())
        .unwrap_or(NaiveDateTime::MAX)
}

/// The instant of a date and time of day in Japan. Dates at the very ends of the calendar, a
/// quarter of a million years away, give the nearest instant there is.
#[must_use]
pub fn instant(date: NaiveDate, time: TimeOfDay) -> DateTime<Utc> {
    let from_utc_midnight = i64::from(time.minutes()) * 60 - i64::from(JST_SECONDS_EAST);
    date.and_time(NaiveTime::MIN)
        .and_utc()
        .checked_add_signed(chrono::Duration::seconds(from_utc_midnight))
        .unwrap_or(if date.year() < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
}

/// A time of day (時刻) in minutes since midnight, 00:00–24:00.
///
/// 24:00 exists because opening hours may end there; it is the next day's 00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// A text is not a time of day `HH:MM` from 00:00 to 24:00.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は時刻ではありません（例 09:00）")]
pub struct NotATime(pub String);

impl TimeOfDay {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);

    /// From minutes since midnight; `None` past 24:00.
    #[must_use]
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes <= MINUTES_A_DAY {
            Some(Self(minutes))
        } else {
            None
        }
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// 「9:00」, as people write it. `Display` is the form of files and addresses, `09:00`.
    #[must_use]
    pub fn clock(self) -> String {
        format!("{}:{:02}", self.0 / 60, self.0 % 60)
    }

    /// Later by `minutes`; `None` past 24:00.
    #[must_use]
    pub fn plus_minutes(self, minutes: u16) -> Option<Self> {
        self.0.checked_add(minutes).and_then(Self::from_minutes)
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl std::str::FromStr for TimeOfDay {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotATime(text.to_owned());
        let (hours, minutes) = text.split_once(':').ok_or_else(refuse)?;
        let digits = |part: &str, max_len: usize| {
            let plain = !part.is_empty() && part.len() <= max_len;
            (plain && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let hours = digits(hours, 2).ok_or_else(refuse)?;
        let minutes = digits(minutes, 2).filter(|m| *m < 60 && text.ends_with(&format!("{m:02}")));
        let minutes = minutes.ok_or_else(refuse)?;
        Self::from_minutes(hours * 60 + minutes).ok_or_else(refuse)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotATime;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

/// 「11月28日（土）」
#[must_use]
pub fn long_date(date: NaiveDate) -> String {
    format!(
        "{}月{}日（{}）",
        date.month(),
        date.day(),
        weekday_kanji(date.weekday())
    )
}

/// 「2026年11月28日（土）」
#[must_use]
pub fn full_date(date: NaiveDate) -> String {
    format!("{}年{}", date.year(), long_date(date))
}

/// 月火水木金土日
#[must_use]
pub const fn weekday_kanji(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "月",
        Weekday::Tue => "火",
        Weekday::Wed => "水",
        Weekday::Thu => "木",
        Weekday::Fri => "金",
        Weekday::Sat => "土",
        Weekday::Sun => "日",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_evening_in_japan_is_still_the_same_day_though_utc_says_otherwise() {
        let date = NaiveDate::from_ymd_opt(2027, 3, 31).unwrap();
        let at = instant(date, "23:30".parse().unwrap());
        assert_eq!(at.to_rfc3339(), "2027-03-31T14:30:00+00:00");
        assert_eq!(date_at(at), date);
        assert_eq!(
            date_at(instant(date, "24:00".parse().unwrap())),
            date.succ_opt().unwrap()
        );
    }

    #[test]
    fn people_read_the_hour_without_a_zero_and_files_with_one() {
        let nine: TimeOfDay = "9:00".parse().unwrap();
        assert_eq!(nine.clock(), "9:00");
        assert_eq!(nine.to_string(), "09:00");
    }

    #[test]
    fn a_time_of_day_is_two_numbers_and_nothing_else() {
        for good in ["00:00", "09:00", "9:00", "24:00", "23:59"] {
            assert!(good.parse::<TimeOfDay>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "9",
            "24:01",
            "12:60",
            "-1:00",
            "09:0",
            "9:00:00",
            "０９:00",
            "+9:00",
        ] {
            assert!(bad.parse::<TimeOfDay>().is_err(), "{bad}");
        }
    }
}
