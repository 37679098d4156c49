//! Reductions (減免): who pays less, by how much, and who decides.

use serde::{Deserialize, Serialize};

use super::{Facility, Room, Rounding, Slug, When};
use crate::money::Yen;
use crate::quote::Component;

/// A reduction (減免): a lower fee granted for a stated reason by a named authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// Its slug, unique in the town.
    pub id: Slug,
    /// What people read (「市の後援する行事」).
    pub name: String,
    /// How much.
    pub rate: ReductionRate,
    /// The components it lowers (八百津町: 冷暖房・備品は上位の区分だけ).
    pub touches: Vec<Component>,
    /// What excludes it (長門市: 入場料を徴収するとき).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Exclusion>,
    /// What the amounts of its exclusions come to (検算); nothing is checked when not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum_yen: Option<Yen>,
    /// The facilities it is for; all of the town when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<Slug>,
    /// Rooms it is not for (八百津町: 大ホール).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_rooms: Vec<Slug>,
    /// How what is left of the fee is rounded; as the tariff says, when not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// What is to be shown (「障害者手帳」).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Who decides (「教育長」).
    pub decided_by: String,
    /// The article.
    pub article: String,
}

impl Reduction {
    /// True where the ordinance does not close it to the room from the start.
    #[must_use]
    pub fn may_touch(&self, facility: &Facility, room: &Room) -> bool {
        let here = self.facilities.is_empty() || self.facilities.contains(&facility.id);
        here && !self.not_rooms.contains(&room.id)
    }
}

/// How much a reduction takes away, percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReductionRate {
    /// So much.
    Percent(u32),
    /// So much at most (「○%以内」): whoever decides says how much; until then the most is reckoned.
    UpTo(u32),
}

impl ReductionRate {
    /// The most it takes away, percent.
    #[must_use]
    pub const fn most(self) -> u32 {
        match self {
            Self::Percent(percent) | Self::UpTo(percent) => percent,
        }
    }
}

/// What excludes a reduction, and how people are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// The condition.
    pub when: When,
    /// The reason in plain words (「入場料を徴収する利用は減免の対象になりません」).
    pub why: String,
}
