//! The whole application as it answers: the real router on both databases, with the stand-ins for
//! the card service and Stripe.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod api;
mod app;
mod bad_input;
mod cli;
mod counter;
mod fees;
mod headers;
mod health;
mod logs;
mod manage;
mod openapi;
mod reports;
mod routes;
mod sale;
mod sign_in;
mod staff;
mod study;
mod walk_in;
mod walls;
mod worker;
