//! Over and short (過不足).

use std::fmt;

use crate::money::Yen;

/// What was counted beside what there should be (過不足).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// As it should be (過不足なし).
    Even,
    /// More than there should be (過剰).
    Over(Yen),
    /// Less than there should be (不足).
    Short(Yen),
}

impl Difference {
    /// Between what there should be and what was counted.
    #[must_use]
    pub fn between(expected: Yen, counted: Yen) -> Self {
        match (counted.minus(expected), expected.minus(counted)) {
            (Ok(over), Err(_)) => Self::Over(over),
            (Err(_), Ok(short)) => Self::Short(short),
            (Ok(_) | Err(_), _) => Self::Even,
        }
    }

    /// Yen, less than nothing when short.
    #[must_use]
    pub fn as_i64(self) -> i64 {
        match self {
            Self::Even => 0,
            Self::Over(yen) => yen.as_i64(),
            Self::Short(yen) => -yen.as_i64(),
        }
    }
}

/// As people read it: 「過不足なし」「過剰 30円」「不足 30円」.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Even => f.write_str("過不足なし"),
            Self::Over(yen) => write!(f, "過剰 {yen}"),
            Self::Short(yen) => write!(f, "不足 {yen}"),
        }
    }
}
