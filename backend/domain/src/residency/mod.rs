//! Residency (町内・町外): who counts as living in the town, by what evidence and until when.

mod address;
mod evidence;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use address::lives_in;
pub use evidence::{
    Evidence, Finding, Members, MovedAway, Source, after_moving_away, group_residence, residence,
    rule_for,
};

/// Whether somebody counts as living in the town (町内・町外).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Residence {
    /// A resident (町内).
    InTown,
    /// From outside (町外).
    Outside,
}
