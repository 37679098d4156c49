//! The use cases on real databases: every test on SQLite and on PostgreSQL, with the real Stripe
//! adapter against the pretend Stripe and real SMTP to the pretend mail server.
//!
//! Time moves only by the bench's clock; nothing here sleeps or tries again.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod bench;
mod booking;
mod browsing;
mod cards;
mod counter;
mod crash;
mod lives;
mod manage;
mod papers;
mod payments;
mod privacy;
mod races;
mod reports;
mod retention;
mod reviews;
mod revision;
mod sample;
mod scenarios;
mod sessions;
mod staff;
mod step_up;
mod study;
mod tenancy;
mod till;
mod till_books;
mod transfers;
mod walk_in;
