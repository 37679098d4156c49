//! Facilities, rooms and units.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    BookingRules, BookingWindow, ClosingRule, FeeOption, HoursRule, RefundRule, SlotRule, Slug,
    Stock, Tariff, is_false,
};
use crate::money::Yen;

/// A facility (施設): a site with an address, opening hours and closing-day rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// Its slug, unique in the town.
    pub id: Slug,
    /// The name (「精華西中学校」).
    pub name: String,
    /// The reading in katakana, for search.
    pub kana: String,
    /// The part of town people search by (「東地区」).
    pub area: String,
    /// The address.
    pub address: String,
    /// The telephone number of the desk that handles it.
    pub phone: String,
    /// One or two sentences for residents.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What to bring and to know on the day (「上履き」).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// The ordinance and pages the facts are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// True when some facts here have no source; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
    /// Opening hours, first match wins.
    pub hours: Vec<HoursRule>,
    /// Closing days.
    pub closing: ClosingRule,
    /// When booking opens and ends.
    pub window: BookingWindow,
    /// What a cancellation gives back.
    pub refund: RefundRule,
    /// Who may book and on which conditions.
    #[serde(default, skip_serializing_if = "BookingRules::is_silent")]
    pub booking: BookingRules,
    /// Where what it earns is booked; absent, 使用料 of the town (歳入の科目).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Revenue>,
    /// How long a hold (仮押さえ) lasts, minutes.
    pub hold_minutes: u16,
    /// The pieces of floor.
    #[serde(rename = "unit")]
    pub units: Vec<Unit>,
    /// Equipment that its rooms share.
    #[serde(default, rename = "stock", skip_serializing_if = "Vec::is_empty")]
    pub stocks: Vec<Stock>,
    /// What people book. Shared, because every page shows one.
    #[serde(rename = "room")]
    pub rooms: Vec<Arc<Room>>,
}

/// Where what a facility earns is booked (歳入の科目).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Revenue {
    /// The item of the budget as its accounting names it (「13-1-5 社会体育施設使用料」).
    pub subject: String,
    /// Whose the income is.
    #[serde(default)]
    pub owner: RevenueOwner,
}

/// Whose a facility's income is (収入の帰属).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RevenueOwner {
    /// The town's: 公金 (使用料).
    #[default]
    Town,
    /// The operator's (指定管理者の利用料金): no public money.
    Operator,
}

/// A unit (区画): the indivisible piece of floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its slug, unique in the town.
    pub id: Slug,
    /// The name (「体育館 北側」).
    pub name: String,
}

/// A room (室場): what people book, a set of units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Its slug, unique in the town.
    pub id: Slug,
    /// The name (「体育館（全面）」).
    pub name: String,
    /// What kind of place it is, for search (「体育館」「会議室」).
    pub kind: String,
    /// How many people fit.
    pub capacity: u32,
    /// The units it covers.
    pub units: BTreeSet<Slug>,
    /// How its time is cut.
    pub slots: SlotRule,
    /// What it may be used for.
    #[serde(rename = "purpose")]
    pub purposes: Vec<Purpose>,
    /// What all the yen figures of its options come to (設備の検算); nothing is checked when not
    /// written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_sum_yen: Option<Yen>,
    /// Things that can be booked with it (照明・冷暖房・備品).
    #[serde(default, rename = "option", skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FeeOption>,
    /// Dated prices, oldest first.
    #[serde(rename = "tariff")]
    pub tariffs: Vec<Tariff>,
}

/// A purpose of use (使用目的) that a room is lent for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its slug, unique in the room.
    pub id: Slug,
    /// What people pick (「バスケットボール」).
    pub name: String,
}

impl Facility {
    /// The slugs of its units.
    pub fn unit_ids(&self) -> impl Iterator<Item = &Slug> {
        self.units.iter().map(|unit| &unit.id)
    }

    /// The room with this slug.
    #[must_use]
    pub fn room(&self, id: &Slug) -> Option<&Arc<Room>> {
        self.rooms.iter().find(|room| room.id == *id)
    }
}

impl Room {
    /// True when both cover a common unit, so that they can never be used at the same time.
    #[must_use]
    pub fn conflicts_with(&self, other: &Self) -> bool {
        !self.units.is_disjoint(&other.units)
    }
}
