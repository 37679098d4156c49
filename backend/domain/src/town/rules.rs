//! Hours, closing days and slots, as the ordinance words them.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::{Slug, is_false};
use crate::civil::TimeOfDay;

/// A stretch of a day (時間帯), `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeWindow {
    /// From.
    pub start: TimeOfDay,
    /// Until.
    pub end: TimeOfDay,
}

/// Opening hours (開館時間). Of a facility's list the first rule that fits a day wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HoursRule {
    /// Weekdays it is for; empty means every day.
    #[serde(
        default,
        with = "super::rules::weekdays",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::schema::WeekdayName>"))]
    pub weekdays: Vec<Weekday>,
    /// True when it is for national and town holidays only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub holidays: bool,
    /// The season it is for, both days included (夏期 4/1–9/30); absent, the whole year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<YearlyRange>,
    /// The hours; empty means closed.
    pub open: Vec<TimeWindow>,
}

/// Closing days (休館日).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClosingRule {
    /// Weekdays on which it is closed (毎週月曜日).
    #[serde(
        default,
        with = "super::rules::weekdays",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::schema::WeekdayName>"))]
    pub weekdays: Vec<Weekday>,
    /// Some weekdays of a month (第1・第3月曜日).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nth_weekdays: Vec<NthWeekday>,
    /// When the closing weekday is a holiday: open, and closed on the next day that is neither a
    /// holiday nor itself closed (その日が祝日のときは直後の休日でない日; 串本町).
    #[serde(default, skip_serializing_if = "is_false")]
    pub shift_on_holiday: bool,
    /// That next day is no Saturday or Sunday either (直後の平日; 川越町).
    #[serde(default, skip_serializing_if = "is_false")]
    pub shift_to_workday: bool,
    /// Closed on national holidays (祝日).
    #[serde(default, skip_serializing_if = "is_false")]
    pub holidays: bool,
    /// Closed on the day after a holiday, unless that is a holiday itself (祝日の翌日).
    #[serde(default, skip_serializing_if = "is_false")]
    pub after_holidays: bool,
    /// Year-end and the like, both ends included, may run over New Year (12/29–1/3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub yearly: Vec<YearlyRange>,
    /// Days that are different once, whatever the rest says (臨時開館・臨時休館).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub once: Vec<OneOff>,
}

/// Some weekdays of a month (第○・第○曜日).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NthWeekday {
    /// The weekdays.
    #[serde(with = "super::rules::weekdays")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::schema::WeekdayName>"))]
    pub weekdays: Vec<Weekday>,
    /// Which ones of the month, 1–5.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nth: Vec<u8>,
    /// True when the last one of the month is (最終月曜日).
    #[serde(default, skip_serializing_if = "is_false")]
    pub last: bool,
}

/// Days that are different once (臨時開館・臨時休館), both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OneOff {
    /// The first day.
    pub from: chrono::NaiveDate,
    /// The last day.
    pub to: chrono::NaiveDate,
    /// The hours; empty means closed.
    pub open: Vec<TimeWindow>,
    /// Why, for the people who keep the file (「町民体育祭」).
    pub note: String,
}

/// A yearly stretch of days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearlyRange {
    /// The first day.
    pub from: DayOfYear,
    /// The last day.
    pub to: DayOfYear,
}

/// A month and day (`12-29`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

/// A text is not a month and day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は月日ではありません（例 12-29）")]
pub struct NotADayOfYear(pub String);

impl DayOfYear {
    /// The month and day of a date.
    #[must_use]
    pub fn of(date: chrono::NaiveDate) -> Self {
        Self {
            month: chrono::Datelike::month(&date),
            day: chrono::Datelike::day(&date),
        }
    }

    /// The day in a year; 2/29 is 2/28 where there is none.
    #[must_use]
    pub fn in_year(self, year: i32) -> Option<chrono::NaiveDate> {
        chrono::NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| chrono::NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }

    /// Month (1–12) and day (1–31).
    #[must_use]
    pub const fn parts(self) -> (u32, u32) {
        (self.month, self.day)
    }
}

impl TryFrom<String> for DayOfYear {
    type Error = NotADayOfYear;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // 2000 is a leap year, so 02-29 is fine.
        chrono::NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d")
            .map(|date| Self {
                month: chrono::Datelike::month(&date),
                day: chrono::Datelike::day(&date),
            })
            .map_err(|_not_a_date| NotADayOfYear(text))
    }
}

impl From<DayOfYear> for String {
    fn from(day: DayOfYear) -> Self {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// How a room's time is cut (利用区分).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SlotRule {
    /// Named divisions of the day (午前・午後・夜間); one or several consecutive ones are booked.
    Divisions(Vec<Division>),
    /// Steps on a grid within the opening hours.
    Grid {
        /// The step, minutes, a multiple of 30.
        step_minutes: u16,
        /// The shortest booking, minutes.
        min_minutes: u16,
        /// The longest booking, minutes.
        max_minutes: u16,
    },
}

/// A named division (区分・コマ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Division {
    /// Its slug, unique in the room.
    pub id: Slug,
    /// The name (「午前」).
    pub name: String,
    /// From.
    pub start: TimeOfDay,
    /// Until.
    pub end: TimeOfDay,
}

/// Where a day that counts for people moves to when the facility is closed on it (休館日に当たるとき).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClosedDay {
    /// The next open day (翌開館日; 高山市).
    NextOpen,
    /// The last open day before it (直前の開館日; 日の出町).
    PreviousOpen,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if wants &u32"
)]
pub(super) const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Weekdays as `["mon", "tue"]`.
pub(crate) mod weekdays {
    use chrono::Weekday;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(days: &[Weekday], serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<String> = days
            .iter()
            .map(|day| day.to_string().to_lowercase())
            .collect();
        names.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Weekday>, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .into_iter()
            .map(|name| {
                name.parse().map_err(|_unknown| {
                    D::Error::custom(format!("「{name}」は曜日ではありません（例 \"mon\"）"))
                })
            })
            .collect()
    }
}
