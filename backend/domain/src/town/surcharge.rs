//! Surcharges (加算・割増・割引): what is added for certain users or uses.

use serde::{Deserialize, Serialize};

use super::{Rounding, Slug, When};
use crate::money::Yen;
use crate::quote::Component;

/// A surcharge (加算).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Written")]
pub struct Surcharge {
    /// Its slug, unique in the tariff.
    pub id: Slug,
    /// When it is added.
    #[serde(skip_serializing_if = "When::is_always")]
    pub when: When,
    /// What the quote calls it (「町外利用 加算」).
    pub label: String,
    /// How much.
    pub add: Addition,
    /// What a share is taken of.
    #[serde(skip_serializing_if = "ShareOf::is_base")]
    pub of: ShareOf,
    /// The components it touches, each for itself; the room alone when not written.
    #[serde(skip_serializing_if = "is_room")]
    pub touches: Vec<Component>,
    /// How each amount that is added is rounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// Surcharges that this one replaces when it applies (三次市: 市外かつ営利は5倍).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instead_of: Vec<Slug>,
    /// The article.
    pub article: String,
}

/// How much a surcharge adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Addition {
    /// A share: 5割増 is 50, 3倍 is 200, 5割引 is -50.
    Percent(i32),
    /// So many yen, once, on the first component it touches.
    Yen(Yen),
    /// An amount the town asks for, so many times (岩国市: 入場料の最高額の50倍).
    AmountTimes {
        /// The attribute, an amount.
        attribute: Slug,
        /// How many times.
        times: u32,
    },
}

/// What a share is taken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShareOf {
    /// The table's amount: shares add up (ときがわ町).
    #[default]
    Base,
    /// What it has come to by the surcharges written above: they multiply (豊明市 3倍×2倍).
    Running,
    /// What is left after the reduction.
    Reduced,
}

impl ShareOf {
    const fn is_base(&self) -> bool {
        matches!(self, Self::Base)
    }
}

/// A surcharge as it stands in a file, or in a town document that was stored before there were
/// conditions: those have `attribute`, `percent` and `round_down_yen`, and go on meaning the same.
/// They are written back in the new words.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Written {
    #[cfg_attr(feature = "schema", schemars(required))]
    id: Option<Slug>,
    #[serde(default)]
    when: When,
    label: String,
    #[cfg_attr(feature = "schema", schemars(required))]
    add: Option<Addition>,
    #[serde(default)]
    of: ShareOf,
    #[serde(default = "room")]
    touches: Vec<Component>,
    round: Option<Rounding>,
    #[serde(default)]
    instead_of: Vec<Slug>,
    article: String,
    #[cfg_attr(feature = "schema", schemars(skip))]
    attribute: Option<Slug>,
    #[cfg_attr(feature = "schema", schemars(skip))]
    percent: Option<u32>,
    #[cfg_attr(feature = "schema", schemars(skip))]
    round_down_yen: Option<u32>,
}

fn room() -> Vec<Component> {
    vec![Component::Room]
}

fn is_room(touches: &[Component]) -> bool {
    touches == room()
}

impl TryFrom<Written> for Surcharge {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let missing = |key: &str| format!("項目「{key}」がありません。書き足してください");
        let mut when = written.when;
        when.is.extend(written.attribute.clone());
        let share = || i32::try_from(written.percent?).ok().map(Addition::Percent);
        Ok(Self {
            id: written.id.or(written.attribute).ok_or(missing("id"))?,
            when,
            label: written.label,
            add: written.add.or_else(share).ok_or(missing("add"))?,
            of: written.of,
            touches: written.touches,
            round: written.round.or(written.round_down_yen.map(Rounding::Down)),
            instead_of: written.instead_of,
            article: written.article,
        })
    }
}
