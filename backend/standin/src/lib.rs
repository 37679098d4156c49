//! Pretend IdP, Stripe and mailbox: real HTTP servers for the demo and the tests.
//!
//! Knows how the outside behaves, faults included. Never linked into `yoriai`; nothing here may be
//! imported outside tests, `cargo demo` and `cargo verify`.

// Stripe's objects are long, and `json!` recurses once per field.
#![recursion_limit = "256"]

pub mod idp;
pub mod mailbox;
pub mod stripe;
