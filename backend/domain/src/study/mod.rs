//! The fee revision study (使用料の見直し): what real past uses would have cost under another town
//! file.
//!
//! Definitions (測り方).
//!
//! - **Before** is the frozen quote of each use: what it really cost, reductions taken off.
//! - **After** is the quote of the same request by the proposed town, as if each room's newest tariff
//!   had always been in force: a study asks what the new prices do, not when they begin.
//! - What the proposal has no price for is in neither sum. It is counted beside them, with what it
//!   cost and with the reason, because a fee that cannot be reckoned is no saving.
//! - Every use is in exactly one row of each grouping, so that the rows of each add up to the total.
//! - Amounts are whole yen, changes are exact; a percentage is made where it is read.

mod class;
mod kind;
mod past_use;
mod proposal;
mod reckon;
mod tally;

#[cfg(test)]
mod tests;

pub use class::{Class, ReductionName};
pub use kind::{Kind, KindChange};
pub use past_use::{PastUse, RoomName};
pub use reckon::{MOST_CHANGES, Reckoning, Row, Study, Unpriced};
pub use tally::{Permille, Tally};
