//! A calendar month in Japan.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar month (月), by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(NaiveDate);

/// A text is not a month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は年月ではありません（例 2026-11）")]
pub struct NotAMonth(pub String);

impl Month {
    /// The month a day is in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        self.days().last().unwrap_or(self.0)
    }

    /// Its days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.0
            .iter_days()
            .take_while(move |day| self.contains(*day))
    }

    /// True on its days.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        (date.year(), date.month()) == (self.0.year(), self.0.month())
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// 「2026年11月」
    #[must_use]
    pub fn label(self) -> String {
        format!("{}年{}月", self.0.year(), self.0.month())
    }
}

/// As addresses and files write it: `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAMonth(text.to_owned());
        let plain = text.len() == 7
            && text.bytes().enumerate().all(|(at, byte)| {
                if at == 4 {
                    byte == b'-'
                } else {
                    byte.is_ascii_digit()
                }
            });
        if !plain {
            return Err(refuse());
        }
        format!("{text}-01")
            .parse()
            .map(Self)
            .map_err(|_no_such_month| refuse())
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}
