//! The quote (料金内訳): lines and a total, frozen on the reservation.

use serde::{Deserialize, Serialize};

use crate::money::{SignedYen, Yen};

/// What a line of a quote is for (料金の種別). Surcharges, reductions and refunds name the components
/// they touch.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// The room itself (室場使用料). Quotes frozen before there were components are wholly of it.
    #[default]
    Room,
    /// Heating and cooling (冷暖房).
    Air,
    /// Lighting (照明).
    Light,
    /// Equipment, tickets and the rest (備品).
    Equipment,
    /// What rounding takes or adds (端数処理): of no component, never named in a town file.
    Rounding,
}

/// One line of a quote: what, by which article, how many, at how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// What is charged: 「体育館（全面） 18:00–20:00」.
    pub label: String,
    /// The article that says so: 「条例第8条第2項 別表1」.
    pub basis: String,
    /// What it is for.
    #[serde(default)]
    pub component: Component,
    /// How many units of `unit_yen`: hours, slots, pieces.
    pub quantity: u32,
    /// The price of one, yen, tax included; negative where the line takes away.
    pub unit_yen: SignedYen,
    /// What this line adds to the total, yen, tax included; negative where it takes away.
    pub amount_yen: SignedYen,
}

/// A quote (料金内訳): deterministic, and always the sum of its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// What is owed, yen, tax included.
    pub total_yen: Yen,
    /// The consumption tax inside the total, yen, rounded down once on the document.
    pub tax_included_yen: Yen,
    /// What would be owed without the reduction (減免前の額), yen, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreduced_yen: Option<Yen>,
    /// The tariff version that priced it, by its first day of force (`2025-07-01`).
    pub tariff_version: String,
    /// The lines, in the order they are read.
    pub lines: Vec<QuoteLine>,
}
