//! Who may book in a facility and on which conditions, as the ordinance words it.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::rules::is_zero;
use super::{ResidentRule, Slug};

/// The rules of booking in a facility (予約の決まり). All of them may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingRules {
    /// How many divisions can be booked at once (連続利用の上限).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_divisions: Option<Limit>,
    /// How many days in a row the same people can have a room (引き続き利用できる日数).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days_in_a_row: Option<Limit>,
    /// How old one must be on the day of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<AgeRule>,
    /// Which uses somebody looks at first.
    #[serde(default, rename = "review", skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<ReviewRule>,
    /// What a change of a booking means; absent, nothing can be changed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeRule>,
    /// Who counts as living in the town here, where it is not as in the rest of the town
    /// (瑞穂町: 競技場は在学も町内).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<ResidentRule>,
}

impl BookingRules {
    /// True when the town says nothing.
    pub(crate) fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

/// As much as there can be (上限).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many.
    pub most: u32,
    /// The article.
    pub article: String,
}

/// How old one must be (年齢の制限).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AgeRule {
    /// From when on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<AgeFrom>,
    /// Under this age a guardian has to agree (18歳未満は保護者の同意; 杉戸町).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_under: Option<u8>,
    /// The article.
    pub article: String,
}

/// From when on somebody is old enough (利用できる年齢).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgeFrom {
    /// From that birthday on (満○歳以上).
    Years(u8),
    /// From the first 1 April on or after that birthday: 15 leaves out who is still in 中学校
    /// (精華町), 12 who is in 小学校 (瑞穂町).
    AprilAfter(u8),
}

/// 「15歳以上の方」「15歳になって最初の4月1日からの方」
impl fmt::Display for AgeFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Years(years) => write!(f, "{years}歳以上の方"),
            Self::AprilAfter(years) => write!(f, "{years}歳になって最初の4月1日を迎えた方"),
        }
    }
}

/// A use that somebody looks at first (要審査): never refused by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewRule {
    /// The purposes that bring it; any of them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub purposes: BTreeSet<Slug>,
    /// The user attribute that brings it (営利 …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Slug>,
    /// What is looked at (「物品の販売を伴う利用」).
    pub label: String,
    /// The article.
    pub article: String,
}

/// What a change of a booking means (利用変更).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRule {
    /// The last day for changes is this many days before the day of use; 0 means until the start.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub until_days_before: u32,
    /// How often one booking can be changed; absent, as often as one likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_times: Option<u32>,
    /// What comes back when time is given up.
    pub shorter: Shorter,
    /// What another day, time or room is.
    pub other_time: OtherTime,
    /// The article.
    pub article: String,
}

/// What comes back when time is given up (時間の短縮).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shorter {
    /// Nothing (還付しない).
    NoRefund,
    /// As for a cancellation of that part (取消しと同じ).
    AsCancelled,
}

/// What another day, time or room is (別の日・時間・室場への変更).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OtherTime {
    /// A cancellation and a new booking (取消しと新規; 都城市).
    CancelAndRebook,
    /// A change like any other (振替).
    Move,
}
