//! The JSON of `yoriai fee quote` (DESIGN.md §8). The answer is a [`crate::quote::Quote`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::civil::TimeOfDay;
use crate::town::Slug;

/// What is to be priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    /// The room's slug.
    pub room: Slug,
    /// The day of use, in Japan.
    pub date: NaiveDate,
    /// From.
    pub start: TimeOfDay,
    /// Until; 24:00 is allowed.
    pub end: TimeOfDay,
    /// How many people.
    pub people: u32,
    /// What for: the slug of one of the room's purposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Slug>,
    /// What is booked with the room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionRequest>,
    /// The town's own questions (`outsider`, `commercial`, `entry_fee_yen`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, AttributeValue>,
    /// The reduction (減免) asked for, by its slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<String>,
    /// The percent that was decided, where the ordinance only says how much at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction_percent: Option<u32>,
    /// The dates that decide the tariff version.
    #[serde(default)]
    pub basis_dates: BasisDates,
}

/// Something booked with the room (照明・備品).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionRequest {
    /// The option's slug.
    pub id: String,
    /// How many.
    #[serde(default = "one")]
    pub quantity: u32,
    /// For how long, minutes; the whole time when absent. Means nothing for what is priced per use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

const fn one() -> u32 {
    1
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum AttributeValue {
    /// Yes or no.
    Flag(bool),
    /// An amount (入場料), yen.
    Amount(u64),
    /// A class (利用者区分), its slug.
    Choice(String),
}

/// The dates that decide the tariff version (適用基準日), in Japan. A missing one is taken to be the
/// latest known step before it: nobody knows the day of payment when a fee is first quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BasisDates {
    /// The day of application (申請日).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<NaiveDate>,
    /// The day of approval (許可日).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<NaiveDate>,
    /// The day of payment (領収日).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<NaiveDate>,
}

impl BasisDates {
    /// Everything happens on one day: an online booking that is paid at once.
    #[must_use]
    pub const fn all_on(date: NaiveDate) -> Self {
        Self {
            applied: Some(date),
            approved: Some(date),
            received: Some(date),
        }
    }
}
