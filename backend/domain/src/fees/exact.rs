//! Exact amounts between the table and the rounding: fractions of a yen, never floats.

use crate::money::YenOutOfRange;
use crate::town::Rounding;

/// An exact amount of yen, a fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    over: i128,
    under: i128,
}

type Outcome = Result<Exact, YenOutOfRange>;

impl Exact {
    pub(super) const ZERO: Self = Self { over: 0, under: 1 };

    pub(super) fn yen(yen: impl Into<i128>) -> Self {
        Self {
            over: yen.into(),
            under: 1,
        }
    }

    fn new(over: Option<i128>, under: Option<i128>) -> Outcome {
        let (over, under) = over.zip(under).ok_or(YenOutOfRange)?;
        let divisor = common_divisor(over.unsigned_abs(), under.unsigned_abs());
        let divisor = i128::try_from(divisor).map_err(|_past_range| YenOutOfRange)?;
        let reduce = |number: i128| number.checked_div(divisor).ok_or(YenOutOfRange);
        Ok(Self {
            over: reduce(over)?,
            under: reduce(under)?,
        })
    }

    pub(super) fn plus(self, other: Self) -> Outcome {
        let left = self.over.checked_mul(other.under);
        let right = other.over.checked_mul(self.under);
        let over = left.zip(right).and_then(|(l, r)| l.checked_add(r));
        Self::new(over, self.under.checked_mul(other.under))
    }

    pub(super) fn minus(self, other: Self) -> Outcome {
        self.plus(other.times(-1)?)
    }

    pub(super) fn times(self, count: impl Into<i128>) -> Outcome {
        Self::new(self.over.checked_mul(count.into()), Some(self.under))
    }

    /// So many percent of it.
    pub(super) fn percent(self, percent: impl Into<i128>) -> Outcome {
        let over = self.over.checked_mul(percent.into());
        Self::new(over, self.under.checked_mul(100))
    }

    /// The sum of many.
    pub(super) fn sum(amounts: impl IntoIterator<Item = Self>) -> Outcome {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Whole yen, the fraction cut off downwards.
    pub(super) fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    pub(super) const fn is_whole(self) -> bool {
        self.under == 1
    }

    pub(super) const fn is_zero(self) -> bool {
        self.over == 0
    }

    pub(super) const fn is_negative(self) -> bool {
        self.over < 0
    }

    /// Rounded to the unit; down is towards less to pay.
    pub(super) fn round(self, rounding: Rounding) -> Outcome {
        let unit = i128::from(rounding.unit());
        let whole = self.under.checked_mul(unit).filter(|whole| *whole > 0);
        let whole = whole.ok_or(YenOutOfRange)?;
        let units = match rounding {
            Rounding::Down(_) => self.over.div_euclid(whole),
            Rounding::Up(_) => -(-self.over).div_euclid(whole),
            Rounding::HalfUp(_) => {
                let twice = self
                    .over
                    .checked_mul(2)
                    .and_then(|it| it.checked_add(whole));
                let under = whole.checked_mul(2).ok_or(YenOutOfRange)?;
                twice.ok_or(YenOutOfRange)?.div_euclid(under)
            }
        };
        Self::new(units.checked_mul(unit), Some(1))
    }

    /// The larger of two.
    pub(super) fn at_least(self, other: Self) -> Outcome {
        let less = self.minus(other)?.is_negative();
        Ok(if less { other } else { self })
    }
}

const fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(amount: Exact, rounding: Rounding) -> i128 {
        amount.round(rounding).unwrap().floor()
    }

    #[test]
    fn a_fraction_is_kept_until_it_is_rounded() {
        // 岩国市: 523円の準備2時間は 523×2÷2; 行田市: 26,100 ×70% ×150% = 27,405.
        let prepared = Exact::yen(523).times(2).unwrap().percent(50).unwrap();
        assert_eq!(prepared, Exact::yen(523));
        let hall = Exact::yen(26_100)
            .percent(70)
            .unwrap()
            .percent(150)
            .unwrap();
        assert_eq!(hall, Exact::yen(27_405));
        assert!(!Exact::yen(1).percent(50).unwrap().is_whole());
    }

    #[test]
    fn rounding_goes_the_way_the_ordinance_says() {
        let share = Exact::yen(1_390).percent(10).unwrap(); // いわき市: 139円
        assert_eq!(rounded(share, Rounding::Up(10)), 140);
        assert_eq!(rounded(share, Rounding::Down(10)), 130);
        assert_eq!(rounded(Exact::yen(145), Rounding::HalfUp(10)), 150);
        assert_eq!(rounded(Exact::yen(144), Rounding::HalfUp(10)), 140);
        // A whole unit stays; what takes away is rounded towards less to pay.
        assert_eq!(rounded(Exact::yen(140), Rounding::Up(10)), 140);
        assert_eq!(rounded(Exact::yen(-325), Rounding::Down(10)), -330);
        assert_eq!(rounded(Exact::yen(-325), Rounding::Up(10)), -320);
    }

    #[test]
    fn a_unit_of_nothing_is_refused_and_so_is_what_does_not_fit() {
        assert_eq!(Exact::yen(1).round(Rounding::Down(0)), Err(YenOutOfRange));
        assert_eq!(Exact::yen(i128::MAX).times(2), Err(YenOutOfRange));
    }
}
