//! Registration of groups and penalties, as the ordinance words them.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::AgeRule;
use super::rules::is_zero;

/// Registered groups (団体登録).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupRule {
    /// How many members it takes (玉村町: 10人, 杉戸町: 2人).
    pub min_members: u32,
    /// How long a registration holds.
    pub validity: Validity,
    /// From how many months before its end it can be renewed (向日市: 3か月前); 0 means afterwards.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub renew_months_before: u32,
    /// How old whoever represents it must be on the day of registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<AgeRule>,
    /// The article.
    pub article: String,
}

/// How long a registration holds (有効期間).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Validity {
    /// So many years from the day of registration.
    Years(u8),
    /// Until the end of the fiscal year (3/31), that of registration being the first.
    FiscalYears(u8),
}

/// Points for not coming (無断不使用等の点数). Reaching the threshold proposes a suspension, which
/// somebody decides after hearing the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PenaltyRule {
    /// For not coming without a word (無断不使用).
    pub no_show: Points,
    /// For a late cancellation (直前の取消し).
    pub late_cancel: Points,
    /// A cancellation is late when fewer than this many days are left.
    pub late_cancel_days: u32,
    /// What brings no points when it rained on an outdoor ground and they said so in time.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rain_exempt: BTreeSet<IncidentKind>,
    /// At how many points a suspension is proposed.
    pub threshold: Points,
    /// Points count for this many months; absent, for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_months: Option<u32>,
    /// How long the suspension is.
    pub bar: Bar,
    /// True when the registration ends with it (登録取消; 金沢市).
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub deregister: bool,
    /// The article.
    pub article: String,
}

/// What may bring points (点数の対象).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// Nobody came, and nobody had said so (無断不使用).
    NoShow,
    /// A late cancellation (直前の取消し).
    LateCancel,
}

/// How long a suspension is (停止期間).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Bar {
    /// So many months.
    Months(u32),
    /// So many days.
    Days(u32),
}

/// Points (点数), in tenths: `"0.5"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Points(u32);

/// A text is not a number of points.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は点数ではありません。\"1\" か \"0.5\" のように書いてください")]
pub struct NotPoints(pub String);

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);

    /// So many tenths of a point.
    #[must_use]
    pub const fn tenths(tenths: u32) -> Self {
        Self(tenths)
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl TryFrom<String> for Points {
    type Error = NotPoints;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = |part: &str, most: usize| {
            let plain = !part.is_empty() && part.len() <= most;
            (plain && part.bytes().all(|it| it.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
        match (digits(whole, 3), digits(tenth, 1)) {
            (Some(whole), Some(tenth)) => Ok(Self(whole * 10 + tenth)),
            _ => Err(NotPoints(text)),
        }
    }
}

impl From<Points> for String {
    fn from(points: Points) -> Self {
        points.to_string()
    }
}

/// 「1」「0.5」
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}
