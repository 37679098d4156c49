//! The hold (仮押さえ) and how far it stretches.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::ReservationRefusal;

/// How often a hold can be extended.
///
/// WCAG 2.2.1 lets a time limit stand when it can be extended at least ten times by a simple
/// action; so ten, and short steps bound the whole (an hour with a ten-minute hold) for the people
/// who wait for the floor.
pub const EXTENSION_LIMIT: u8 = 10;

/// How much one extension adds, minutes.
pub const EXTENSION_MINUTES: u16 = 5;

/// A hold (仮押さえ): floor kept for somebody who is still filling in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Held {
    until: DateTime<Utc>,
    extensions: u8,
}

impl Held {
    /// A hold of `minutes` from `now`.
    #[must_use]
    pub fn start(now: DateTime<Utc>, minutes: u16) -> Self {
        Self {
            until: now + Duration::minutes(i64::from(minutes)),
            extensions: 0,
        }
    }

    /// A hold as the database kept it.
    #[must_use]
    pub const fn stored(until: DateTime<Utc>, extensions: u8) -> Self {
        Self { until, extensions }
    }

    /// When it lapses. At that instant it has lapsed.
    #[must_use]
    pub const fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// How often it has been extended.
    #[must_use]
    pub const fn extensions(&self) -> u8 {
        self.extensions
    }

    /// How often it can still be extended.
    #[must_use]
    pub const fn extensions_left(&self) -> u8 {
        EXTENSION_LIMIT.saturating_sub(self.extensions)
    }

    /// True from [`Self::until`] on.
    #[must_use]
    pub fn has_lapsed(&self, now: DateTime<Utc>) -> bool {
        now >= self.until
    }

    /// Longer by [`EXTENSION_MINUTES`] (延長).
    ///
    /// # Errors
    /// [`ReservationRefusal::HoldLapsed`] when it is too late, and
    /// [`ReservationRefusal::ExtensionLimit`] after [`EXTENSION_LIMIT`] extensions.
    pub fn extend(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        if self.has_lapsed(now) {
            return Err(ReservationRefusal::HoldLapsed { until: self.until });
        }
        if self.extensions_left() == 0 {
            return Err(ReservationRefusal::ExtensionLimit { until: self.until });
        }
        Ok(Self {
            until: self.until + Duration::minutes(i64::from(EXTENSION_MINUTES)),
            extensions: self.extensions + 1,
        })
    }
}
