//! Chance and ids (乱数), injected so that tests can repeat a run.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where unpredictable bits and the time come from.
pub trait Chance: Send + Sync {
    /// 256 unpredictable bits, for secrets.
    fn secret(&self) -> [u8; 32];

    /// A UUIDv7 made of `now` and chance, for ids.
    fn id(&self, now: DateTime<Utc>) -> Uuid;

    /// A number in `0..bound`, every one as likely; 0 when `bound` is 0.
    fn below(&self, bound: u32) -> u32;
}

/// The clock (時計). Instants are UTC, truncated to microseconds: PostgreSQL keeps no more.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}
