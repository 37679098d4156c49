//! Conditions (適用条件): when a row of a table, a surcharge or a reduction counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Slug, YearlyRange};

/// What must hold of a use (適用条件). Everything that is written must hold; what is not written does
/// not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Flags that must be answered yes (`["outsider"]`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<Slug>,
    /// Flags that must be answered no.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<Slug>,
    /// Choices, and the answers that fit (`{ user = ["student", "child"] }`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choice: BTreeMap<Slug, Vec<Slug>>,
    /// Amounts and how large they are (`{ entry_fee_yen = { at_least = 1000 } }`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub amount: BTreeMap<Slug, Range>,
    /// Days of use; one of them must fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayKind>,
    /// Stretches of the year (冷房期・暖房期); the day of use lies in one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<YearlyRange>,
    /// Divisions; every one that is booked is among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub divisions: Vec<Slug>,
    /// Purposes of use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Slug>,
    /// How many people come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Range>,
    /// How long the use is, minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Range>,
}

/// A range of whole numbers, both ends included; an end that is not written is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// 以上.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// 以下; 「2,000円未満」 is 1999.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
}

/// A kind of day (曜日等).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Mondays, holiday or not.
    Mon,
    /// Tuesdays, holiday or not.
    Tue,
    /// Wednesdays, holiday or not.
    Wed,
    /// Thursdays, holiday or not.
    Thu,
    /// Fridays, holiday or not.
    Fri,
    /// Saturdays, holiday or not.
    Sat,
    /// Sundays, holiday or not.
    Sun,
    /// Monday to Friday that is no holiday (平日).
    Weekday,
    /// National and town holidays (休日).
    Holiday,
}

/// One row of a table: the first whose condition fits gives the price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(rename = "RowOf{P}"))]
pub struct Row<P> {
    /// When it fits; always, when nothing is written.
    #[serde(default, skip_serializing_if = "When::is_always")]
    pub when: When,
    /// The price.
    pub price: P,
}

/// A price that can be a table of rows (料金の表): a room's or an option's.
pub(super) trait Price: Sized {
    /// Its rows, where it is a table.
    fn table(&self) -> Option<&[Row<Self>]>;
}

impl When {
    /// True when it asks nothing.
    #[must_use]
    pub fn is_always(&self) -> bool {
        *self == Self::default()
    }

    /// The attributes it asks about.
    pub fn attributes(&self) -> impl Iterator<Item = &Slug> {
        let flags = self.is.iter().chain(&self.not);
        flags.chain(self.choice.keys()).chain(self.amount.keys())
    }
}

impl Range {
    /// True when the number lies in it.
    #[must_use]
    pub fn contains(&self, number: u64) -> bool {
        self.at_least.is_none_or(|least| least <= number)
            && self.at_most.is_none_or(|most| number <= most)
    }
}
