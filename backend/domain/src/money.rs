//! Whole yen (円), tax included unless a name says otherwise. Never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money (金額): whole yen, never negative.
///
/// Fits a signed 64-bit database column and Stripe's zero-decimal JPY amounts as it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Yen(u32);

/// Arithmetic on money left the range of [`Yen`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("amount of money out of range")]
pub struct YenOutOfRange;

impl Yen {
    /// Nothing to pay (無料).
    pub const ZERO: Self = Self(0);

    /// An amount of `yen` 円.
    #[must_use]
    pub const fn new(yen: u32) -> Self {
        Self(yen)
    }

    /// The amount as a plain number of yen.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The amount as databases and payment services store it.
    #[must_use]
    pub fn as_i64(self) -> i64 {
        i64::from(self.0)
    }

    /// True for 0 円.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`YenOutOfRange`] past 4,294,967,295 円.
    pub fn plus(self, other: Self) -> Result<Self, YenOutOfRange> {
        self.0.checked_add(other.0).map(Self).ok_or(YenOutOfRange)
    }

    /// What is left after taking `other` away.
    ///
    /// # Errors
    /// [`YenOutOfRange`] if `other` is more than there is.
    pub fn minus(self, other: Self) -> Result<Self, YenOutOfRange> {
        self.0.checked_sub(other.0).map(Self).ok_or(YenOutOfRange)
    }

    /// `count` times the amount.
    ///
    /// # Errors
    /// [`YenOutOfRange`] on overflow.
    pub fn times(self, count: u32) -> Result<Self, YenOutOfRange> {
        self.0.checked_mul(count).map(Self).ok_or(YenOutOfRange)
    }

    /// The sum of many amounts.
    ///
    /// # Errors
    /// [`YenOutOfRange`] on overflow.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, YenOutOfRange> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// `percent` of the amount, rounded down to `unit` 円 (端数切捨て).
    ///
    /// # Errors
    /// [`YenOutOfRange`] on overflow or a zero unit.
    pub fn percent_floor(self, percent: u32, unit: u32) -> Result<Self, YenOutOfRange> {
        let exact = u64::from(self.0) * u64::from(percent) / 100;
        let unit = u64::from(unit);
        let floored = exact.checked_div(unit).ok_or(YenOutOfRange)? * unit;
        u32::try_from(floored)
            .map(Self)
            .map_err(|_overflow| YenOutOfRange)
    }
}

impl TryFrom<i64> for Yen {
    type Error = YenOutOfRange;

    fn try_from(yen: i64) -> Result<Self, Self::Error> {
        u32::try_from(yen)
            .map(Self)
            .map_err(|_overflow| YenOutOfRange)
    }
}

/// As people read it: `1,200円`.
impl fmt::Display for Yen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(u64::from(self.0), f)
    }
}

fn grouped(yen: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = yen.to_string();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            f.write_str(",")?;
        }
        write!(f, "{digit}")?;
    }
    f.write_str("円")
}

/// An amount that may take away (増減額): whole yen, negative where a line of a quote lowers the total.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SignedYen(i64);

impl SignedYen {
    /// An amount of `yen` 円, negative when it takes away.
    #[must_use]
    pub const fn new(yen: i64) -> Self {
        Self(yen)
    }

    /// The amount as a plain number of yen.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// `count` times the amount.
    ///
    /// # Errors
    /// [`YenOutOfRange`] on overflow.
    pub fn times(self, count: u32) -> Result<Self, YenOutOfRange> {
        let product = self.0.checked_mul(i64::from(count));
        product.map(Self).ok_or(YenOutOfRange)
    }

    /// The sum of many amounts, which is owed and so never below zero.
    ///
    /// # Errors
    /// [`YenOutOfRange`] on overflow, or when more is taken away than there is.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Yen, YenOutOfRange> {
        let sum = amounts
            .into_iter()
            .try_fold(0_i64, |sum, amount| sum.checked_add(amount.0))
            .ok_or(YenOutOfRange)?;
        Yen::try_from(sum)
    }
}

impl From<Yen> for SignedYen {
    fn from(yen: Yen) -> Self {
        Self(i64::from(yen.0))
    }
}

/// As people read it: `1,200円`, `−300円`.
impl fmt::Display for SignedYen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("−")?;
        }
        grouped(self.0.unsigned_abs(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_thousands_separators() {
        for (yen, text) in [
            (0, "0円"),
            (999, "999円"),
            (1_200, "1,200円"),
            (1_234_567, "1,234,567円"),
        ] {
            assert_eq!(Yen::new(yen).to_string(), text);
        }
    }

    #[test]
    fn a_percentage_is_rounded_down_to_the_towns_unit() {
        // 香美町: 冷暖房 30% of 450 円, 10円未満切捨て.
        assert_eq!(Yen::new(450).percent_floor(30, 10), Ok(Yen::new(130)));
        assert_eq!(Yen::new(u32::MAX).percent_floor(200, 1), Err(YenOutOfRange));
        assert_eq!(Yen::new(450).percent_floor(30, 0), Err(YenOutOfRange));
    }

    #[test]
    fn money_never_goes_below_zero() {
        assert_eq!(Yen::new(100).minus(Yen::new(101)), Err(YenOutOfRange));
    }

    #[test]
    fn what_takes_away_is_written_with_a_minus_and_the_sum_is_never_below_zero() {
        assert_eq!(SignedYen::new(-1_950).to_string(), "−1,950円");
        let amounts = |all: &[i64]| SignedYen::sum(all.iter().copied().map(SignedYen::new));
        assert_eq!(amounts(&[3_900, -1_950]), Ok(Yen::new(1_950)));
        assert_eq!(amounts(&[100, -101]), Err(YenOutOfRange));
    }
}
