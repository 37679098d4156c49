//! What tests stand on: both databases, a clock that stands still, chance that repeats, and a
//! small town.
//!
//! Only ever a dev-dependency, and the demo's sample month ([`sample`]). Knows the store and starts real databases: nothing here pretends to
//! be one. A missing PostgreSQL is a failure that says how to get it, never a test that is skipped.
//!
//! A test is written once and runs on both databases:
//!
//! ```ignore
//! testkit::on_both! {
//!     async fn a_free_hall_is_booked(db: TestStore) {
//!         let world = TestWorld::new(&db).await.unwrap();
//!         …
//!     }
//! }
//! ```
//!
//! makes the tests `a_free_hall_is_booked::sqlite` and `a_free_hall_is_booked::postgres`.
#![expect(
    clippy::disallowed_methods,
    reason = "where the test run stands is in its environment"
)]

mod chance;
mod clock;
mod database;
mod measure;
pub mod sample;
mod town;
mod world;

pub use chance::TestChance;
pub use clock::TestClock;
pub use database::{Durability, Engine, TestStore, postgres_program, run};
pub use measure::{Spread, Stopwatch};
pub use town::{TOWN_FILE, courts, town};
pub use world::TestWorld;
