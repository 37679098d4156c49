//! What a cancellation gives back, as the ordinance words it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ClosedDay, Slug, is_false};

/// What a cancellation gives back (還付).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundRule {
    /// Tiers for one's own convenience (自己都合), longest notice first; later than the last tier
    /// nothing comes back.
    #[serde(default, rename = "tier", skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<RefundTier>,
    /// Amounts given back are rounded down to this many yen.
    pub round_down_yen: u32,
    /// Where several slots are given up: rounded each, or once in all.
    #[serde(default, skip_serializing_if = "is_each_slot")]
    pub rounded: RefundRounding,
    /// Where a last day on which the facility is closed moves to (休館日に当たるときは翌開館日まで;
    /// 高山市); absent, it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_closed_day: Option<ClosedDay>,
    /// Rooms with tiers of their own (ホールは6か月前まで …), read from the top.
    #[serde(default, rename = "for", skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RefundFor>,
    /// What comes back for other reasons than one's own convenience (災害・雨天・やむを得ない理由).
    /// When the facility is the cause, everything does, whatever stands here.
    #[serde(default, rename = "reason", skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<RefundReason>,
    /// The only reasons for which an amount out of the rule can be given back.
    #[serde(default, rename = "override", skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<RefundOverride>,
    /// The article.
    pub article: String,
    /// True when no source gives the rule; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// When fractions are rounded (端数処理).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefundRounding {
    /// Slot by slot (枠ごと).
    #[default]
    EachSlot,
    /// Once on the sum (合計で一度).
    Total,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if wants a reference"
)]
fn is_each_slot(rounding: &RefundRounding) -> bool {
    *rounding == RefundRounding::EachSlot
}

/// Tiers of some rooms (室場別の還付).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundFor {
    /// Kinds of rooms (「ホール」).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kinds: BTreeSet<String>,
    /// Single rooms.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rooms: BTreeSet<Slug>,
    /// Their tiers.
    #[serde(rename = "tier")]
    pub tiers: Vec<RefundTier>,
    /// The article; absent, the rule's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// What comes back for a reason (理由別の還付).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundReason {
    /// Its code, kept with the refund.
    pub id: Slug,
    /// What people read (「雨天のため屋外を利用できない」).
    pub label: String,
    /// The rooms it is for; absent, all (屋外のグラウンドだけ …).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rooms: BTreeSet<Slug>,
    /// Its tiers.
    #[serde(rename = "tier")]
    pub tiers: Vec<RefundTier>,
    /// The article.
    pub article: String,
}

/// A reason for an amount out of the rule (規則によらない還付の理由).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundOverride {
    /// Its code, kept with the refund.
    pub id: Slug,
    /// What it is (「町長が特に必要と認める」).
    pub label: String,
    /// The article that allows it.
    pub article: String,
}

/// 「使用日の7日前まで 50%」
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "RawTier", into = "RawTier")]
pub struct RefundTier {
    /// Until when.
    pub until: Until,
    /// How much comes back, percent of what was paid.
    pub percent: u32,
}

/// Until when a tier holds (期限).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// At the latest so many days before the day of use.
    DaysBefore(u32),
    /// At the latest so many months before the day of use, a shorter month's last day.
    MonthsBefore(u32),
    /// Before the use begins (開始前).
    Start,
    /// At the latest so many days after the day of use (災害: 1週間以内の届出).
    DaysAfter(u32),
}

/// A tier is not written the way it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "還付の期限は days_before・months_before・before_start = true・days_after のどれか一つを書いてください"
)]
pub struct NotATier;

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawTier {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_before: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    months_before: Option<u32>,
    #[serde(default, skip_serializing_if = "is_false")]
    before_start: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_after: Option<u32>,
    percent: u32,
}

impl TryFrom<RawTier> for RefundTier {
    type Error = NotATier;

    fn try_from(raw: RawTier) -> Result<Self, Self::Error> {
        let until = match (
            raw.days_before,
            raw.months_before,
            raw.before_start,
            raw.days_after,
        ) {
            (Some(days), None, false, None) => Until::DaysBefore(days),
            (None, Some(months), false, None) => Until::MonthsBefore(months),
            (None, None, true, None) => Until::Start,
            (None, None, false, Some(days)) => Until::DaysAfter(days),
            _ => return Err(NotATier),
        };
        Ok(Self {
            until,
            percent: raw.percent,
        })
    }
}

impl From<RefundTier> for RawTier {
    fn from(tier: RefundTier) -> Self {
        let mut raw = Self {
            days_before: None,
            months_before: None,
            before_start: false,
            days_after: None,
            percent: tier.percent,
        };
        match tier.until {
            Until::DaysBefore(days) => raw.days_before = Some(days),
            Until::MonthsBefore(months) => raw.months_before = Some(months),
            Until::Start => raw.before_start = true,
            Until::DaysAfter(days) => raw.days_after = Some(days),
        }
        raw
    }
}
