//! Who counts as living in the town, as the ordinance words it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Who counts as living in the town (町内の範囲).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResidentRule {
    /// What ties somebody to the town; any of them is enough.
    pub ties: BTreeSet<TownTie>,
    /// For how many months evidence is good; absent, until it is found otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_months: Option<u32>,
    /// A group counts as the town's when at least this percentage of its members do (恵庭市: 半数).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_percent: Option<u8>,
    /// What becomes of a booking when its person moves away before the day.
    #[serde(default, skip_serializing_if = "is_keep_fee")]
    pub on_moving_away: OnMovingAway,
    /// The article.
    pub article: String,
}

fn is_keep_fee(rule: &OnMovingAway) -> bool {
    *rule == OnMovingAway::KeepFee
}

/// What ties somebody to the town (在住・在勤・在学).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TownTie {
    /// Lives there, by the register of residents (在住).
    Lives,
    /// Works there (在勤).
    Works,
    /// Goes to school there (在学).
    Studies,
}

/// What becomes of a booking when its person moves away (予約後の転出).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnMovingAway {
    /// It stays as it was permitted (許可時の料金のまま).
    #[default]
    KeepFee,
    /// The difference to what people from outside pay is charged (差額を徴収).
    ChargeDifference,
}
