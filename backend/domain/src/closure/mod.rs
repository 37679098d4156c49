//! Closures (休館・公用): times that nobody can book, for works, public use, cleaning or a shelter.
//!
//! A closure is one reason, some floor and a schedule. The schedule is spread out into plain spans
//! once, when it is made; from then on the spans are what is closed, and a later change of the
//! opening hours leaves them alone. Each span is claimed like a booking, so a closure and a booking
//! can no more meet than two bookings.
//!
//! Whoever loses a booking by a closure gets everything back: the facility is the cause
//! ([`crate::refunds::refund_by_facility`]; domain.md A4, scenarios 33 and 47).

mod impact;
mod lift;
mod place;
mod reason;
mod refusal;
mod schedule;

#[cfg(test)]
mod tests;

pub use impact::{Booked, Impact, PeopleInside, impact};
pub use lift::{Lift, Lifted, lift};
pub use place::Place;
pub use reason::{ClosureKind, ClosureReason, LONGEST_NOTE};
pub use refusal::ClosureRefusal;
pub use schedule::{Hours, MOST_OCCURRENCES, Schedule};
