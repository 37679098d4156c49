//! The settable clock: real time plus an offset, or a fixed instant.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// What time it is at the pretend Stripe. Unix seconds, UTC.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Clock {
    offset_seconds: i64,
    fixed: Option<i64>,
}

impl Clock {
    /// Now, in Unix seconds.
    #[must_use]
    pub fn now(self) -> i64 {
        self.fixed.unwrap_or_else(real_now) + self.offset_seconds
    }

    /// Sets the distance from real (or fixed) time.
    pub fn set_offset(&mut self, seconds: i64) {
        self.offset_seconds = seconds;
    }

    /// Moves on from where the clock stands.
    pub fn advance(&mut self, seconds: i64) {
        self.offset_seconds = self.offset_seconds.saturating_add(seconds);
    }

    /// Stops the clock at an instant; `None` lets it run with real time again.
    pub fn fix(&mut self, unix: Option<i64>) {
        self.fixed = unix;
        self.offset_seconds = 0;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the stand-in is a world of its own, with its clock"
)]
fn real_now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since_epoch
        .ok()
        .and_then(|passed| i64::try_from(passed.as_secs()).ok())
        .unwrap_or_default()
}
