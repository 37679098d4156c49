//! Availability (空き状況): computed live from opening hours − closures − claims.
//!
//! Nothing here knows who booked: a claim is floor that is taken, and that is all.

mod claimed;
mod look;
mod search;
mod status;

#[cfg(test)]
mod tests;

pub use claimed::Claimed;
pub use look::{Look, SlotOnDay, day_slots, slot_status};
pub use search::{FreeTime, Wanted, alternatives, next_free};
pub use status::{ClosedReason, SlotStatus};
