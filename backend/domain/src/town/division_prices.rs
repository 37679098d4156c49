//! Prices by division (区分ごとの料金), and what an ordinance says beside them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Rounding, Slug};
use crate::money::Yen;

/// Prices by division, explicitly; never a sum the ordinance does not state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DivisionPrices {
    /// Yen by division.
    pub yen: BTreeMap<Slug, Yen>,
    /// Several divisions in a row that have a price of their own (全日・昼間), whether below, equal to
    /// or above their sum.
    #[serde(default, rename = "run", skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<DivisionRun>,
    /// What several divisions in a row cost when no run lists them.
    #[serde(default, skip_serializing_if = "Consecutive::is_sum")]
    pub consecutive: Consecutive,
    /// What the time between two booked divisions costs (いわき市 備考2); nothing when not written
    /// (伊豆の国市: 連続する区分は間の時間も使える). A listed run has its gaps inside its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<HourlyCharge>,
    /// What time before the first or after the last division costs (延長・超過); without it the room
    /// is lent for whole divisions only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<HourlyCharge>,
}

/// Several divisions in a row with a price of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DivisionRun {
    /// What people read (「全日」).
    pub name: String,
    /// The divisions, in order.
    pub of: Vec<Slug>,
    /// Yen for all of them.
    pub yen: Yen,
}

/// What divisions in a row cost when no run lists them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Consecutive {
    /// The sum of the divisions.
    #[default]
    Sum,
    /// Nothing is said: such a booking is refused.
    Listed,
}

impl Consecutive {
    const fn is_sum(&self) -> bool {
        matches!(self, Self::Sum)
    }
}

/// A charge for each started hour beside the divisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HourlyCharge {
    /// How much an hour.
    pub per_hour: HourlyPrice,
    /// How the price of one hour is rounded, where it is a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// The article.
    pub article: String,
}

/// The price of one hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum HourlyPrice {
    /// So many yen.
    Yen(Yen),
    /// A share of a listed price (いわき市: 全日の100分の10).
    Share {
        /// Percent.
        percent: u32,
        /// The division or listed run it is a share of; what is booked, when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<Slug>,
    },
}

/// The price of an hour by the time of day (昼間・夜間): an hour belongs to the band it begins in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeBand {
    /// From.
    pub start: crate::civil::TimeOfDay,
    /// Until.
    pub end: crate::civil::TimeOfDay,
    /// Yen an hour.
    pub yen: Yen,
}
