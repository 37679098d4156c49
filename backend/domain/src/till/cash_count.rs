//! Cash by the piece (金種別の枚数).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Denomination, TillRefusal};
use crate::money::Yen;

/// The most pieces of one kind a drawer can hold. More is a slip of the finger, and this many of
/// each still fit a [`Yen`].
pub const MOST_PIECES: u32 = 9_999;

/// How many of each note and coin (金種別の枚数). Kinds of which there are none are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<Denomination, i64>",
    into = "BTreeMap<Denomination, i64>"
)]
pub struct CashCount(BTreeMap<Denomination, u32>);

impl CashCount {
    /// A count as somebody typed it. A kind that is not named was not there.
    ///
    /// # Errors
    /// [`TillRefusal::BadCount`] for fewer than none, for more than [`MOST_PIECES`], and for a kind
    /// counted twice.
    pub fn new(pieces: impl IntoIterator<Item = (Denomination, i64)>) -> Result<Self, TillRefusal> {
        let mut counted = BTreeMap::new();
        for (kind, pieces) in pieces {
            let bad = TillRefusal::BadCount { kind };
            let pieces = u32::try_from(pieces)
                .ok()
                .filter(|pieces| *pieces <= MOST_PIECES)
                .ok_or(bad)?;
            if counted.insert(kind, pieces).is_some() {
                return Err(bad);
            }
        }
        counted.retain(|_, pieces| *pieces > 0);
        Ok(Self(counted))
    }

    /// The fewest pieces that make an amount, as people hand over change: without the rare 2,000 円
    /// note.
    #[must_use]
    pub(super) fn fewest(amount: Yen) -> Self {
        let mut left = amount.get();
        let mut pieces = BTreeMap::new();
        for kind in Denomination::ALL {
            if kind != Denomination::Yen2000 && left >= kind.yen() {
                pieces.insert(kind, left / kind.yen());
                left %= kind.yen();
            }
        }
        Self(pieces)
    }

    /// How many of one kind.
    #[must_use]
    pub fn pieces(&self, kind: Denomination) -> u32 {
        self.0.get(&kind).copied().unwrap_or(0)
    }

    /// What those of one kind are worth.
    #[must_use]
    pub fn worth(&self, kind: Denomination) -> Yen {
        Yen::new(self.pieces(kind).saturating_mul(kind.yen()))
    }

    /// Every kind that is there, the largest first, with how many.
    pub fn iter(&self) -> impl Iterator<Item = (Denomination, u32)> {
        self.0.iter().map(|(kind, pieces)| (*kind, *pieces))
    }

    /// What all of it is worth, yen.
    #[must_use]
    pub fn total(&self) -> Yen {
        let worth = self.iter().map(|(kind, _)| self.worth(kind).get());
        Yen::new(worth.fold(0, u32::saturating_add))
    }
}

impl TryFrom<BTreeMap<Denomination, i64>> for CashCount {
    type Error = TillRefusal;

    fn try_from(pieces: BTreeMap<Denomination, i64>) -> Result<Self, Self::Error> {
        Self::new(pieces)
    }
}

impl From<CashCount> for BTreeMap<Denomination, i64> {
    fn from(count: CashCount) -> Self {
        count
            .iter()
            .map(|(kind, pieces)| (kind, i64::from(pieces)))
            .collect()
    }
}
