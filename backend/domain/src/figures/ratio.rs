//! Shares, kept as numerator and denominator.

use std::fmt;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// A share (割合): so many of so many. Adding two adds both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ratio {
    /// So many (分子).
    pub part: u64,
    /// Of so many (分母).
    pub whole: u64,
}

impl Ratio {
    /// `part` of `whole`.
    #[must_use]
    pub const fn new(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }

    /// The share in thousandths, a half rounded up; `None` of nothing, which is no share and not 0.
    /// For bars and for `Display`.
    #[must_use]
    pub fn permille(self) -> Option<u32> {
        let whole = u128::from(self.whole);
        let doubled = (u128::from(self.part) * 2_000 + whole).checked_div(whole * 2)?;
        Some(u32::try_from(doubled).unwrap_or(u32::MAX))
    }

    /// The share in percent with one decimal and no sign, `42.3`, for tables; `None` of nothing.
    #[must_use]
    pub fn percent(self) -> Option<String> {
        let permille = self.permille()?;
        Some(format!("{}.{}", permille / 10, permille % 10))
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

/// As people read it: 「42.3%」, 「—」 of nothing.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.percent() {
            Some(percent) => write!(f, "{percent}%"),
            None => f.write_str("—"),
        }
    }
}
