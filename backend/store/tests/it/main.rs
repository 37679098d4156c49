//! What the use cases may rely on, on SQLite and on PostgreSQL: every port, what the schema
//! refuses, and races over real connections.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod booking;
mod races;
