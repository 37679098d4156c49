//! The rules of lending out public facilities: time, calendar, slots, claims, fees, windows,
//! refunds, states and money.
//!
//! Every rule is a pure function with a table test taken from a real ordinance. Nothing here does
//! IO, waits, reads the clock or draws a random number: instants come in as arguments. Builds for
//! wasm32, because the booking form's live total runs the same rules.

pub mod accounts;
pub mod asker;
pub mod availability;
pub mod calendar;
pub mod civil;
pub mod closure;
pub mod eligibility;
pub mod fees;
pub mod figures;
pub mod group;
pub mod identity_document;
pub mod ids;
pub mod ledger;
pub mod money;
pub mod payment;
pub mod personal;
pub mod quote;
pub mod refunds;
pub mod reservation;
pub mod residency;
pub mod review;
pub mod revision;
#[cfg(test)]
mod samples;
pub mod search_key;
pub mod slots;
pub mod span;
pub mod study;
pub mod till;
pub mod town;
pub mod transfer;
pub mod window;
pub mod words;
