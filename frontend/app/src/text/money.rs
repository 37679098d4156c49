//! Sums of money (金額).

use domain::money::{SignedYen, Yen};

/// What costs nothing.
pub const FREE: &str = "無料";

/// A fee: 「1,200円」, 「無料」.
#[must_use]
pub fn fee(yen: Yen) -> String {
    if yen.is_zero() {
        FREE.to_owned()
    } else {
        yen.to_string()
    }
}

/// A line of a quote: 「1,200円」, 「無料」, 「−300円」.
#[must_use]
pub fn line(yen: SignedYen) -> String {
    if yen == SignedYen::default() {
        FREE.to_owned()
    } else {
        yen.to_string()
    }
}

/// What comes back: 「1,200円」, 「なし」.
#[must_use]
pub fn given_back(yen: Yen) -> String {
    if yen.is_zero() {
        "なし".to_owned()
    } else {
        yen.to_string()
    }
}
