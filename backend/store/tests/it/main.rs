//! What the use cases may rely on, on SQLite and on PostgreSQL: every port, what the schema
//! refuses, and races over real connections.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod behind;
mod booking;
mod cancellations;
mod cash;
mod changes;
mod claims;
mod closures;
mod constraints;
mod contention;
mod counter_rules;
mod day;
mod evidence;
mod filed_people;
mod groups;
mod identities;
mod jobs;
mod money;
mod payments;
mod people;
mod races;
mod reservations;
mod schema;
mod staff;
mod stock;
mod tills;
mod tls;
mod towns;
mod trail;
mod unreadable;
mod upgrade;
mod uses;
