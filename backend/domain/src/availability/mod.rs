//! Availability (空き状況): computed live from opening hours − closures − claims.

mod status;

pub use status::{ClosedReason, SlotStatus};
