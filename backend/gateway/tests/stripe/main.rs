//! Our side of Stripe against the stand-in, over real connections. Numbers are those of
//! payments.md §6.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene has failed"
)]

mod checkout;
mod events;
mod faults;
mod refunds;
mod town;
mod webhook;
