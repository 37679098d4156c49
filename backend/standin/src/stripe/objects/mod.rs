//! What the pretend Stripe stores, and how each object is spelt in API 2026-09-30.endive.
//!
//! Field lists follow the published types of the official Node SDK (`stripe@23.0.1`) for the same
//! version; `e2e/stripe-sdk` holds them against those types and async-stripe's strict decoder
//! reads each of them in `tests/stripe`.

pub mod charge;
pub mod event;
pub mod intent;
pub mod method;
pub mod refund;
pub mod session;
pub mod transaction;

use serde_json::Value;

/// Something that can be listed and found by its id.
pub trait Stored {
    /// The first words of `No such …: 'id'`.
    const KIND: &'static str;
    /// The address that lists them.
    const URL: &'static str;
    /// Its identifier.
    fn id(&self) -> &str;
    /// When it was made, Unix seconds.
    fn created(&self) -> i64;
    /// As the API answers it, before expansion.
    fn to_json(&self) -> Value;
}
