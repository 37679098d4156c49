//! Quotas, as the ordinance words them.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Opening, Slug, Who};

/// How much one may have (利用回数の上限). It may reach over several facilities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuotaRule {
    /// What people read (「体育施設 月4コマまで」).
    pub label: String,
    /// The facilities it counts; with no room either, all of the town's.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub facilities: BTreeSet<Slug>,
    /// Single rooms it counts besides.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rooms: BTreeSet<Slug>,
    /// For whom it is.
    #[serde(default, skip_serializing_if = "Who::is_everybody")]
    pub who: Who,
    /// Whose bookings count together.
    pub per: QuotaHolder,
    /// Which days of use count together.
    pub within: QuotaPeriod,
    /// How much there can be.
    pub most: QuotaAmount,
    /// Which bookings count.
    #[serde(default, skip_serializing_if = "is_all")]
    pub counts: QuotaCounts,
    /// From that day on it does not hold for a day of use (先行予約期間だけの上限; 合志市: 前月10日から
    /// 制限なし).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted_from: Option<Opening>,
    /// The article.
    pub article: String,
}

fn is_all(counts: &QuotaCounts) -> bool {
    *counts == QuotaCounts::All
}

/// Whose bookings count together (数える単位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuotaHolder {
    /// What a person books for themselves (個人).
    Person,
    /// What is booked for a group (団体).
    Group,
    /// What the people of one household book for themselves (世帯).
    Household,
}

/// Which days of use count together (数える期間).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuotaPeriod {
    /// One day.
    UseDay,
    /// A week, Monday to Sunday.
    UseWeek,
    /// A calendar month.
    UseMonth,
    /// April to March.
    UseFiscalYear,
    /// All there are at one time (同時に持てる数).
    Always,
}

/// How much there can be (上限).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum QuotaAmount {
    /// So many bookings (件・回).
    Bookings(u32),
    /// So many slots (コマ): divisions, or steps of the grid.
    Slots(u32),
    /// So many minutes.
    Minutes(u32),
}

impl QuotaAmount {
    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        match self {
            Self::Bookings(most) | Self::Slots(most) | Self::Minutes(most) => most,
        }
    }
}

/// 「4件」「4コマ」「120分」
impl fmt::Display for QuotaAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bookings(most) => write!(f, "{most}件"),
            Self::Slots(most) => write!(f, "{most}コマ"),
            Self::Minutes(most) => write!(f, "{most}分"),
        }
    }
}

/// Which bookings count (数える予約).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuotaCounts {
    /// Every one that has its floor: held, under review, unpaid, confirmed and used.
    #[default]
    All,
    /// Those that are held, under review or not paid (未払いの数; domain.md B [S47]).
    Unpaid,
}
