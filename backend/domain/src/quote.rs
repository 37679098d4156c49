//! The quote (料金内訳): lines and a total, frozen on the reservation.

use serde::{Deserialize, Serialize};

use crate::money::Yen;

/// One line of a quote: what, by which article, how many, at how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// What is charged: 「体育館（全面） 18:00–20:00」.
    pub label: String,
    /// The article that says so: 「条例第8条第2項 別表1」.
    pub basis: String,
    /// How many units of `unit_yen`: hours, slots, pieces.
    pub quantity: u32,
    /// The price of one, yen, tax included.
    pub unit_yen: Yen,
    /// What this line adds to the total, yen, tax included.
    pub amount_yen: Yen,
}

/// A quote (料金内訳): deterministic, and always the sum of its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// What is owed, yen, tax included.
    pub total_yen: Yen,
    /// The consumption tax inside the total, yen, rounded down once on the document.
    pub tax_included_yen: Yen,
    /// The tariff version that priced it, by its first day of force (`2025-07-01`).
    pub tariff_version: String,
    /// The lines, in the order they are read.
    pub lines: Vec<QuoteLine>,
}
