//! Hours, closing days, slots, booking windows and refunds, as the ordinance words them.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::{Slug, is_false};
use crate::civil::TimeOfDay;

/// A stretch of a day (時間帯), `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeWindow {
    /// From.
    pub start: TimeOfDay,
    /// Until.
    pub end: TimeOfDay,
}

/// Opening hours (開館時間). Of a facility's list the first rule that fits a day wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursRule {
    /// Weekdays it is for; empty means every day.
    #[serde(
        default,
        with = "super::rules::weekdays",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub weekdays: Vec<Weekday>,
    /// True when it is for national and town holidays only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub holidays: bool,
    /// The hours; empty means closed.
    pub open: Vec<TimeWindow>,
}

/// Closing days (休館日).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingRule {
    /// Weekdays on which it is closed (毎週月曜日).
    #[serde(
        default,
        with = "super::rules::weekdays",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub weekdays: Vec<Weekday>,
    /// When the closing weekday is a holiday: open, and closed on the next day that is neither a
    /// holiday nor itself closed (その日が祝日のときは直後の平日).
    #[serde(default, skip_serializing_if = "is_false")]
    pub shift_on_holiday: bool,
    /// Closed on national holidays (祝日).
    #[serde(default, skip_serializing_if = "is_false")]
    pub holidays: bool,
    /// Year-end and the like, both ends included, may run over New Year (12/29–1/3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub yearly: Vec<YearlyRange>,
}

/// A yearly stretch of days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// When booking opens and ends (予約受付期間).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookingWindow {
    /// The day on which booking opens.
    pub opening: Opening,
    /// The hour at which booking opens on that day.
    pub opens_at: TimeOfDay,
    /// The last day of online booking is this many days before the day of use; 0 means until the
    /// start.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub closes_days_before: u32,
    /// The last day of online booking is this many months before the day of use (精華町
    /// むくのきセンター: 1か月を切ると窓口のみ). With both rules the earlier day counts.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub closes_months_before: u32,
    /// The article.
    pub article: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if wants &u32"
)]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The day on which booking opens (受付開始日).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Opening {
    /// A number of months ahead (3か月前から).
    MonthsAhead {
        /// How many months.
        months: u32,
        /// How those months are counted.
        reading: MonthReading,
        /// How many months ahead people from outside the town may book, if later than residents.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outsiders: Option<u32>,
    },
    /// One opening day for a whole stretch of the year (精華町: 4–9月分は2月1日から).
    Blocks(Vec<UseBlock>),
}

/// A stretch of days of use that opens on one day; both ends included, may run over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseBlock {
    /// The first day of use.
    pub from: DayOfYear,
    /// The last day of use.
    pub to: DayOfYear,
    /// The last such day on or before `from` opens booking for residents.
    pub residents: DayOfYear,
    /// The same for people from outside the town.
    pub outsiders: DayOfYear,
}

/// The readings of 「3か月前から」 (domain.md B). Towns differ, so it is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthReading {
    /// The first of the month, counting the month of use as one: April opens on 1 February
    /// (使用月を含む; 池田町).
    FirstOfMonthCountingUse,
    /// The first of the month `n` months before: April opens on 1 January (美里町).
    FirstOfMonthBefore,
    /// The same day of the month `n` months before (応答日; 宮代町); where that month is shorter,
    /// its last day.
    SameDay,
}

/// What a cancellation gives back (還付).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundRule {
    /// Tiers, longest notice first; later than the last tier nothing comes back.
    #[serde(default, rename = "tier", skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<RefundTier>,
    /// Amounts given back are rounded down to this many yen.
    pub round_down_yen: u32,
    /// The article.
    pub article: String,
    /// True when no source gives the rule; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// 「使用日の7日前まで 50%」
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundTier {
    /// Cancelled at the latest this many days before the day of use.
    pub days_before: u32,
    /// How much comes back, percent of what was paid.
    pub percent: u32,
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
