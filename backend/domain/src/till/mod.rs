//! The till (引出し・日計): one drawer of one counter for one day, opened, counted, closed.
//!
//! The state carries what its movements make, so that the next movement needs no list of the
//! earlier ones; the rows of the movements stay the record, and [`CashInDrawer::of`] makes the same
//! sums from them. A closed till takes nothing more: what turns out wrong later is a slip of the
//! next day (scenario 29).

mod cash_count;
mod change;
mod denomination;
mod difference;
mod movement;
mod refusal;
mod transitions;

#[cfg(test)]
mod tests;

pub use cash_count::{CashCount, MOST_PIECES};
pub use change::{Change, change};
pub use denomination::Denomination;
pub use difference::Difference;
pub use movement::{CashInDrawer, Movement};
pub use refusal::TillRefusal;
pub use transitions::{LONGEST_REASON, MOST_FLOAT};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The state of a till (引出しの状態) with its facts; instants are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TillState {
    /// Takes and gives cash (開設中).
    Open(OpenTill),
    /// Counted and locked (締め済み).
    Closed(ClosedTill),
}

/// A till that takes and gives cash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTill {
    opened_at: DateTime<Utc>,
    cash: CashInDrawer,
}

/// A till that was counted and locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedTill {
    opened_at: DateTime<Utc>,
    closed_at: DateTime<Utc>,
    cash: CashInDrawer,
    counted: CashCount,
    reason: Option<String>,
}

impl TillState {
    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open(_) => "open",
            Self::Closed(_) => "closed",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Open(_) => "開設中",
            Self::Closed(_) => "締め済み",
        }
    }

    /// The day it is for (収入日), in Japan: the one on which it was opened.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        crate::civil::date_at(self.opened_at())
    }

    /// When it was opened.
    #[must_use]
    pub const fn opened_at(&self) -> DateTime<Utc> {
        match self {
            Self::Open(till) => till.opened_at,
            Self::Closed(till) => till.opened_at,
        }
    }

    /// What its movements make.
    #[must_use]
    pub const fn cash(&self) -> CashInDrawer {
        match self {
            Self::Open(till) => till.cash,
            Self::Closed(till) => till.cash,
        }
    }
}

impl ClosedTill {
    /// When it was opened.
    #[must_use]
    pub const fn opened_at(&self) -> DateTime<Utc> {
        self.opened_at
    }

    /// When it was closed.
    #[must_use]
    pub const fn closed_at(&self) -> DateTime<Utc> {
        self.closed_at
    }

    /// What its movements made.
    #[must_use]
    pub const fn cash(&self) -> CashInDrawer {
        self.cash
    }

    /// What was counted (実査), piece by piece.
    #[must_use]
    pub const fn counted(&self) -> &CashCount {
        &self.counted
    }

    /// Over or short (過不足).
    #[must_use]
    pub fn difference(&self) -> Difference {
        Difference::between(self.cash.expected(), self.counted.total())
    }

    /// Why it is over or short, or what else was noted.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
