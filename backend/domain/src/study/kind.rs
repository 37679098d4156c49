//! Reservations that a proposal treats alike (予約の種類).

use std::cmp::Reverse;

use super::class::{Class, ReductionName};
use super::past_use::RoomName;
use super::tally::Permille;
use crate::civil::TimeOfDay;
use crate::money::{SignedYen, Yen};

/// What somebody books, as they would say it (予約の種類).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// Where.
    pub place: RoomName,
    /// From.
    pub start: TimeOfDay,
    /// Until.
    pub end: TimeOfDay,
    /// As whom.
    pub class: Class,
    /// With which reduction.
    pub reduction: ReductionName,
}

/// What becomes of a kind of reservation (種類ごとの増減): each of them cost and would cost the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindChange {
    /// What is booked.
    pub kind: Kind,
    /// How often it was.
    pub uses: u64,
    /// What one cost.
    pub before: Yen,
    /// What one would cost.
    pub after: Yen,
}

impl KindChange {
    /// How much more one costs; negative when it is less.
    #[must_use]
    pub fn difference(&self) -> SignedYen {
        SignedYen::new(self.after.as_i64() - self.before.as_i64())
    }

    /// The same as a share of what one cost; `None` where that was nothing.
    #[must_use]
    pub fn change(&self) -> Option<Permille> {
        Permille::between(self.before.get().into(), self.after.get().into())
    }

    /// The largest change for one reservation first, then what most people book.
    pub(super) fn rank(&self) -> impl Ord {
        let size = self.difference().get().unsigned_abs();
        (Reverse(size), Reverse(self.uses), &self.kind, self.before)
    }
}
