//! Equipment that there is only so much of (備品の在庫).

use serde::{Deserialize, Serialize};

use super::Slug;

/// Pieces that the rooms of a facility share (備品): two bookings never get the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// Its slug, unique in the facility.
    pub id: Slug,
    /// The name (「プロジェクター」).
    pub name: String,
    /// How many there are.
    pub count: u32,
}
