//! Prices as the ordinance's tables give them (料金表).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Slug, is_false};
use crate::money::Yen;

/// A tariff (料金表): one dated version of a room's prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// The first day of force.
    pub from: NaiveDate,
    /// Which date decides whether this version applies.
    pub effective: EffectiveBasis,
    /// The article (「条例第8条 別表第1」).
    pub article: String,
    /// The price of the room.
    pub price: RoomPrice,
    /// What is added for certain users or uses, each a share of the room's price.
    #[serde(default, rename = "surcharge", skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<Surcharge>,
    /// True when no source gives the prices; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// Which date decides the tariff version (適用基準).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectiveBasis {
    /// The day of application (申請日).
    Applied,
    /// The day of approval (許可日).
    Approved,
    /// The day of payment (領収日).
    Received,
    /// The day of use (使用日).
    Used,
}

/// The price of a room, yen, tax included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RoomPrice {
    /// Free of charge (無料).
    Free {},
    /// Per hour; a started hour counts as one (1時間につき).
    PerHour {
        /// Yen an hour.
        yen: Yen,
    },
    /// Per division, explicitly; never a sum the ordinance does not state.
    PerDivision {
        /// Yen by division.
        yen: BTreeMap<Slug, Yen>,
    },
}

/// What the town asks about the user or the use (利用者区分).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserAttribute {
    /// Its slug (`outsider`, `commercial`).
    pub id: Slug,
    /// What the form asks (「営利目的で使う」).
    pub label: String,
    /// True when the card's address answers it (町外): never asked, never believed from a form.
    #[serde(default, skip_serializing_if = "is_false")]
    pub from_residence: bool,
}

/// A surcharge (加算): a share of the room's price when an attribute holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surcharge {
    /// The attribute that brings it.
    pub attribute: Slug,
    /// What the quote calls it (「町外利用 加算」).
    pub label: String,
    /// Percent of the room's price that is added.
    pub percent: u32,
    /// The amount is rounded down to this many yen.
    pub round_down_yen: u32,
    /// The article.
    pub article: String,
}

/// Something booked with the room (照明・冷暖房・備品).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeOption {
    /// Its slug, unique in the room.
    pub id: Slug,
    /// The name (「照明」).
    pub name: String,
    /// How it is priced.
    pub price: OptionPrice,
    /// How many can be had at most; 1 for a switch.
    pub max_quantity: u32,
    /// The article.
    pub article: String,
    /// True when no source gives the price; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// The price of an option, yen, tax included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OptionPrice {
    /// Per hour; a started hour counts as one.
    PerHour(Yen),
    /// Per started 30 minutes.
    PerHalfHour(Yen),
    /// Per division or booking.
    PerUse(Yen),
}
