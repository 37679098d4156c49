//! Prices as the ordinance's tables give them (料金表).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::when::Price;
use super::{
    Addition, DivisionPrices, FeeOption, Room, RoundingRule, Row, Slug, Surcharge, TimeBand,
    is_false,
};
use crate::money::Yen;

/// A tariff (料金表): one dated version of a room's prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// The first day of force.
    pub from: NaiveDate,
    /// The last day of force; until the next version when not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Which date decides whether this version applies.
    pub effective: EffectiveBasis,
    /// The article (「条例第8条 別表第1」).
    pub article: String,
    /// Whether the table's prices have the tax inside.
    #[serde(default, skip_serializing_if = "Tax::is_included")]
    pub tax: Tax,
    /// The price of the room.
    pub price: RoomPrice,
    /// The least the room costs, with its surcharges, yen (最低使用料).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_yen: Option<Yen>,
    /// The most the room costs, with its surcharges, yen (上限).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_yen: Option<Yen>,
    /// What all its yen figures come to (検算), as a sum stands under the ordinance's column. What is
    /// added up is in [`Tariff::control_total`]; nothing is checked when not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum_yen: Option<Yen>,
    /// What is added for certain users or uses, in the order of the ordinance.
    #[serde(default, rename = "surcharge", skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<Surcharge>,
    /// Where fractions are rounded. Whatever is written, less than a yen is cut off at the end
    /// (国等の債権債務等の金額の端数計算に関する法律第2条).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounding: Vec<RoundingRule>,
    /// True when no source gives the prices; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

/// Which date decides the tariff version (適用基準).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// Whether prices have the consumption tax inside (内税・外税).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tax {
    /// 税込み.
    #[default]
    Included,
    /// 税抜き: every price of the room and its options × 110/100 (大川市文化センター).
    Excluded,
}

impl Tax {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde's skip_serializing_if wants a reference"
    )]
    const fn is_included(&self) -> bool {
        matches!(self, Self::Included)
    }
}

/// The price of a room, yen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RoomPrice {
    /// Free of charge (無料).
    Free {},
    /// Per hour; a started hour counts as one (1時間につき).
    PerHour {
        /// Yen an hour.
        yen: Yen,
        /// Hours beyond these cost nothing more (1日最大).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_hours: Option<u32>,
    },
    /// Per started 30 minutes (30分につき).
    PerHalfHour {
        /// Yen for 30 minutes.
        yen: Yen,
    },
    /// Per started hour, by the time of day (幌延町: 昼間・夜間).
    PerHourByTime(Vec<TimeBand>),
    /// Per use (1回につき).
    PerUse {
        /// Yen for a use.
        yen: Yen,
        /// How long one use is at most, minutes: a longer one counts as several (長門市: 4時間以内).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    /// Per person (1人1回につき).
    PerPerson {
        /// Yen for a person.
        yen: Yen,
        /// How long one use is at most, minutes: a longer one counts as several (大川市: 2時間につき).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u32>,
    },
    /// Per division.
    PerDivision(DivisionPrices),
    /// A share of an amount the town asks for (立山町: 入場料総額の5%).
    ShareOfAmount {
        /// The attribute, an amount.
        attribute: Slug,
        /// Percent.
        percent: u32,
    },
    /// The first row that fits: classes, weekdays, seasons, entry-fee tiers.
    Table(Vec<Row<RoomPrice>>),
}

impl Tariff {
    /// The questions whose answers can change the fee.
    fn asked(&self) -> impl Iterator<Item = &Slug> {
        let by_surcharge = self.surcharges.iter().flat_map(|surcharge| {
            let times = match &surcharge.add {
                Addition::AmountTimes { attribute, .. } => Some(attribute),
                Addition::Percent(_) | Addition::Yen(_) => None,
            };
            surcharge.when.attributes().chain(times)
        });
        by_surcharge.chain(self.price.asked())
    }
}

impl Price for RoomPrice {
    fn table(&self) -> Option<&[Row<Self>]> {
        match self {
            Self::Table(rows) => Some(rows),
            _ => None,
        }
    }
}

impl RoomPrice {
    /// True when nothing is ever charged.
    #[must_use]
    pub fn is_free(&self) -> bool {
        match self {
            Self::Free {} => true,
            Self::Table(rows) => rows.iter().all(|row| row.price.is_free()),
            _ => false,
        }
    }

    fn asked(&self) -> Vec<&Slug> {
        match self {
            Self::ShareOfAmount { attribute, .. } => vec![attribute],
            Self::Table(rows) => rows
                .iter()
                .flat_map(|row| row.when.attributes().chain(row.price.asked()))
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl Room {
    /// The town's questions whose answers can change what this room or its options cost.
    pub(super) fn asked_attributes(&self) -> BTreeSet<&Slug> {
        let tariffs = self.tariffs.iter().flat_map(Tariff::asked);
        let options = self.options.iter().flat_map(FeeOption::asked);
        tariffs.chain(options).collect()
    }
}
