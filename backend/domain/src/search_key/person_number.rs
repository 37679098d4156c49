//! The number of a person (利用者番号): on the card, read aloud, typed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::phone::is_separator;
use super::{SearchField, SearchKey};

/// The number of a person (利用者番号): seven digits and a check digit, 「1234-5671」.
///
/// The check digit is Damm's: every single wrong digit and every exchange of two neighbours is
/// noticed, with digits alone. It is no secret and opens nothing (domain.md C: 川崎's seven-digit
/// numbers were accounts; these are not).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonNumber(u32);

/// A text is not the number of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPersonNumber {
    /// Not eight digits.
    #[error("利用者番号は8けたの数字です（例 1234-5671）")]
    NotEightDigits,
    /// The check digit is another: a digit is wrong or two are exchanged.
    #[error("利用者番号が違います。もう一度確かめてください")]
    Mistyped,
}

const SERIAL_DIGITS: usize = 7;
const SERIALS: u32 = 10_000_000;

/// Damm's quasigroup of order ten (H. M. Damm, 2004): totally anti-symmetric, zeros on the diagonal.
const QUASIGROUP: [[u32; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl PersonNumber {
    /// The number with a serial (連番), 0 to 9,999,999; `None` past that.
    #[must_use]
    pub const fn from_serial(serial: u32) -> Option<Self> {
        if serial < SERIALS {
            Some(Self(serial))
        } else {
            None
        }
    }

    /// The serial (連番).
    #[must_use]
    pub const fn serial(self) -> u32 {
        self.0
    }

    /// The eight digits, as stored and in QR codes.
    #[must_use]
    pub fn digits(self) -> String {
        let serial = format!("{:0width$}", self.0, width = SERIAL_DIGITS);
        let check = damm(&serial);
        format!("{serial}{check}")
    }

    /// The key to find its person by.
    #[must_use]
    pub fn key(self) -> Option<SearchKey> {
        SearchKey::of(SearchField::Number, vec![self.digits()])
    }
}

/// 「1234-5671」
impl fmt::Display for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        let (front, back) = digits.split_at_checked(4).unwrap_or((&digits, ""));
        write!(f, "{front}-{back}")
    }
}

impl FromStr for PersonNumber {
    type Err = NotAPersonNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: String = text
            .trim()
            .nfkc()
            .filter(|letter| !is_separator(*letter))
            .collect();
        let shaped = digits.len() == SERIAL_DIGITS + 1;
        if !shaped || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAPersonNumber::NotEightDigits);
        }
        // With its check digit behind it, a number leads the quasigroup back to zero.
        if damm(&digits) != 0 {
            return Err(NotAPersonNumber::Mistyped);
        }
        let serial = digits.get(..SERIAL_DIGITS).and_then(|it| it.parse().ok());
        serial
            .and_then(Self::from_serial)
            .ok_or(NotAPersonNumber::NotEightDigits)
    }
}

impl TryFrom<String> for PersonNumber {
    type Error = NotAPersonNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PersonNumber> for String {
    fn from(number: PersonNumber) -> Self {
        number.digits()
    }
}

fn damm(digits: &str) -> u32 {
    let at = |index: u32| usize::try_from(index).unwrap_or(usize::MAX);
    digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .fold(0, |interim, digit| {
            QUASIGROUP
                .get(at(interim))
                .and_then(|row| row.get(at(digit)))
                .copied()
                .unwrap_or_default()
        })
}
