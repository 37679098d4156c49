//! Groups (団体): people who book in a name of their own, registered for a while (団体登録).
//!
//! Applied for → `Registered` | `Refused`; `Ended`. A renewal (更新) is a fact of a registration that
//! holds: until somebody decides, and after a refusal, it holds as long as it did. Of the members
//! only how many there are is kept: the clerk looks at the roster and counts.

mod document;
mod refusal;
mod register;
mod search;
mod state;
#[cfg(test)]
mod tests;

pub use document::{DocumentSeen, GroupDocument};
pub use refusal::GroupRefusal;
pub use register::{Readiness, readiness, readiness_at_the_counter};
pub use search::{searched, searched_for};
pub use state::{GroupState, GroupStateName, LONGEST_REASON, Renewal};
