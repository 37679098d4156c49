//! When booking opens and ends, as the ordinance words it.

use serde::{Deserialize, Serialize};

use super::rules::{DayOfYear, is_zero};
use super::{ClosedDay, Slug, Who};
use crate::civil::TimeOfDay;

/// When booking opens and ends (予約受付期間).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingWindow {
    /// The day on which booking opens.
    pub opening: Opening,
    /// The hour at which booking opens on that day.
    pub opens_at: TimeOfDay,
    /// Where an opening day on which the facility is closed moves to (初営業日から; 南風原町);
    /// absent, it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_closed_day: Option<ClosedDay>,
    /// The last day of online booking is this many days before the day of use; 0 means until the
    /// start.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub closes_days_before: u32,
    /// The last day of online booking is this many months before the day of use (精華町
    /// むくのきセンター: 1か月を切ると窓口のみ). With both rules the earlier day counts.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub closes_months_before: u32,
    /// Nobody can book later than this many days before the day of use, at the counter neither
    /// (7日前までに申請; 和気町公民館使用条例施行規則第2条); 0 means until the end.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lead_days: u32,
    /// The article.
    pub article: String,
    /// What is different for some people or channels, read from the top: the first that fits wins
    /// (町外の方は…, 窓口は9時・オンラインは11時).
    #[serde(default, rename = "for", skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<WindowFor>,
}

/// What is different for some people (利用者別の受付期間). What is absent is as for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WindowFor {
    /// For whom.
    pub who: Who,
    /// The day on which booking opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The hour at which booking opens on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<TimeOfDay>,
    /// Nobody of them can book later than this many days before the day of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_days: Option<u32>,
    /// The article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// The day on which booking opens (受付開始日).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Opening {
    /// A number of months ahead (3か月前から).
    MonthsAhead {
        /// How many months.
        months: u32,
        /// How those months are counted.
        reading: MonthReading,
        /// What a day is that its month does not have; for `same_day` alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        month_end: Option<MonthEnd>,
    },
    /// A day of the month `months` before the month of use (2か月前の5日から; 向日市).
    DayOfMonth {
        /// How many months.
        months: u32,
        /// The day, 1–31; the last day of a month that is shorter.
        day: u8,
    },
    /// A number of days ahead (14日前から; みどり市).
    DaysAhead {
        /// How many days.
        days: u32,
    },
    /// One opening day for a whole stretch of the year (精華町: 4–9月分は2月1日から).
    Blocks(Vec<UseBlock>),
}

/// A stretch of days of use that opens on one day; both ends included, may run over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UseBlock {
    /// The first day of use.
    pub from: DayOfYear,
    /// The last day of use.
    pub to: DayOfYear,
    /// The last such day on or before `from` opens booking.
    pub opens: DayOfYear,
}

/// The readings of 「3か月前から」 (domain.md B). Towns differ, so it is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MonthReading {
    /// The first of the month, counting the month of use as one: April opens on 1 February
    /// (使用月を含む; 池田町).
    FirstOfMonthCountingUse,
    /// The first of the month `n` months before: April opens on 1 January (美里町).
    FirstOfMonthBefore,
    /// The same day of the month `n` months before (応答日; 宮代町).
    SameDay,
}

/// What a day is that its month does not have (月末の扱い): 5/31 less three months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MonthEnd {
    /// The last day of that month, 2/28 (民法143条2項ただし書の数え方).
    #[default]
    LastDay,
    /// The first of the next month, 3/1.
    NextFirst,
}

impl BookingWindow {
    /// The attributes that its exceptions name.
    pub fn classes(&self) -> impl Iterator<Item = (usize, &Slug)> {
        let exceptions = self.exceptions.iter().enumerate();
        exceptions.filter_map(|(n, it)| Some((n, it.who.class.as_ref()?)))
    }
}
