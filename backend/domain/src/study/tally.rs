//! Before and after, added up.

use std::fmt;
use std::ops::AddAssign;

use crate::money::{SignedYen, Yen};

/// What a proposal does to some uses (見直しの一行); amounts in yen, tax included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Uses that both could price (件数).
    pub uses: u64,
    /// What they cost (見直し前).
    pub before_yen: u64,
    /// What they would cost (見直し後).
    pub after_yen: u64,
    /// Of these, how many would cost more (値上がり).
    pub raised: u64,
    /// Of these, how many would cost less (値下がり).
    pub lowered: u64,
    /// Uses that the proposal has no price for (計算できない件数), in none of the above.
    pub unpriced: u64,
    /// What those cost.
    pub unpriced_yen: u64,
}

/// A change in thousandths of what was (増減率), a half rounded away from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permille(pub i64);

impl Tally {
    pub(super) fn priced(before: Yen, after: Yen) -> Self {
        Self {
            uses: 1,
            before_yen: u64::from(before.get()),
            after_yen: u64::from(after.get()),
            raised: u64::from(after > before),
            lowered: u64::from(after < before),
            ..Self::default()
        }
    }

    pub(super) fn unpriced(before: Yen) -> Self {
        Self {
            unpriced: 1,
            unpriced_yen: u64::from(before.get()),
            ..Self::default()
        }
    }

    /// How much more comes in (増減額); negative when it is less.
    #[must_use]
    pub fn difference(&self) -> SignedYen {
        SignedYen::new(signed(self.after_yen) - signed(self.before_yen))
    }

    /// The same as a share of what came in; `None` where that was nothing.
    #[must_use]
    pub fn change(&self) -> Option<Permille> {
        Permille::between(self.before_yen, self.after_yen)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.uses += other.uses;
        self.before_yen += other.before_yen;
        self.after_yen += other.after_yen;
        self.raised += other.raised;
        self.lowered += other.lowered;
        self.unpriced += other.unpriced;
        self.unpriced_yen += other.unpriced_yen;
    }
}

impl Permille {
    /// From `before` to `after`; `None` from nothing, which is no share.
    #[must_use]
    pub fn between(before: u64, after: u64) -> Option<Self> {
        let (before, after) = (i128::from(before), i128::from(after));
        let doubled = (after - before) * 2_000;
        let half = if doubled < 0 { -before } else { before };
        let permille = (doubled + half).checked_div(before * 2)?;
        Some(Self(i64::try_from(permille).unwrap_or(i64::MAX)))
    }
}

/// As people read it, with its sign: 「+12.5%」, 「−3.0%」, 「0.0%」.
impl fmt::Display for Permille {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            ..0 => "−",
            0 => "",
            1.. => "+",
        };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}%", size / 10, size % 10)
    }
}

fn signed(yen: u64) -> i64 {
    i64::try_from(yen).unwrap_or(i64::MAX)
}
