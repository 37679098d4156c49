//! Slots (区分・コマ): how a room's day is cut, and which spans can be booked.

mod check;
mod claims;
mod count;
mod offered;
mod pieces;

#[cfg(test)]
mod tests;

pub use check::{SlotRefusal, check_span, division_run};
pub use claims::claims;
pub use count::slots_in;
pub use offered::{Slot, slots_on, spans_on};
pub use pieces::slots_of;
