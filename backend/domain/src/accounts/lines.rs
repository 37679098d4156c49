//! Movements of the ledger, added up.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{TakenFrom, taken_from};
use crate::ledger::fiscal_year;
use crate::money::Yen;
use crate::payment::Means;
use crate::town::Slug;

/// What an entry of the ledger means for the accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Charged (調定), or charged more.
    Charged,
    /// A charge taken back, or lowered (減額調定).
    Uncharged,
    /// Money came (収納).
    Received {
        /// As what.
        means: Means,
        /// When it was entrusted.
        at: DateTime<Utc>,
    },
    /// Money went back (還付).
    Returned {
        /// When it had come.
        came_at: DateTime<Utc>,
    },
    /// Money that had gone back came again (還付不能).
    CameBack {
        /// When it had first come.
        came_at: DateTime<Utc>,
    },
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Of which facility.
    pub facility: Slug,
    /// What.
    pub moved: Moved,
    /// How much, yen.
    pub amount: Yen,
    /// When it was booked, UTC.
    pub at: DateTime<Utc>,
}

/// What a facility's movements of one fiscal year come to, yen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The facility.
    pub facility: Slug,
    /// The fiscal year (所属年度), by the year it begins in.
    pub year: i32,
    /// Charged less what was taken back (調定).
    pub charged_yen: i64,
    /// How many payments came.
    pub count: u32,
    /// What came (収納), by what it came as.
    pub received_yen: BTreeMap<Means, i64>,
    /// What went back from this year's revenue (戻出).
    pub reversed_yen: i64,
    /// What went back from this year's spending (歳出還付).
    pub spent_yen: i64,
}

impl Line {
    const fn of(facility: Slug, year: i32) -> Self {
        Self {
            facility,
            year,
            charged_yen: 0,
            count: 0,
            received_yen: BTreeMap::new(),
            reversed_yen: 0,
            spent_yen: 0,
        }
    }

    /// What came by all means, yen.
    #[must_use]
    pub fn received_in_all(&self) -> i64 {
        self.received_yen.values().sum()
    }

    /// What the year's revenue gained (収入): what came less what was taken from it again, yen. What
    /// was spent does not lower it.
    #[must_use]
    pub fn revenue_yen(&self) -> i64 {
        self.received_in_all() - self.reversed_yen
    }

    fn add(&mut self, moved: Moved, amount: i64, from: Option<TakenFrom>) {
        let sign = if matches!(moved, Moved::Uncharged | Moved::CameBack { .. }) {
            -1
        } else {
            1
        };
        match (moved, from) {
            (Moved::Charged | Moved::Uncharged, _) => self.charged_yen += sign * amount,
            (Moved::Received { means, .. }, _) => {
                self.count = self.count.saturating_add(1);
                *self.received_yen.entry(means).or_default() += amount;
            }
            (_, Some(TakenFrom::Spending { .. })) => self.spent_yen += sign * amount,
            (_, _) => self.reversed_yen += sign * amount,
        }
    }
}

/// The lines of movements, by facility and year.
#[must_use]
pub fn lines<'a>(movements: impl IntoIterator<Item = &'a Movement>) -> Vec<Line> {
    let mut lines: BTreeMap<(Slug, i32), Line> = BTreeMap::new();
    for movement in movements {
        let from = match movement.moved {
            Moved::Returned { came_at } | Moved::CameBack { came_at } => {
                Some(taken_from(came_at, movement.at))
            }
            Moved::Charged | Moved::Uncharged | Moved::Received { .. } => None,
        };
        let year = match (movement.moved, from) {
            (_, Some(TakenFrom::Revenue { year } | TakenFrom::Spending { year })) => year,
            (Moved::Received { at, .. }, None) => fiscal_year(at),
            (_, None) => fiscal_year(movement.at),
        };
        let key = (movement.facility.clone(), year);
        let line = lines.entry(key);
        let line = line.or_insert_with(|| Line::of(movement.facility.clone(), year));
        line.add(movement.moved, movement.amount.as_i64(), from);
    }
    lines.into_values().collect()
}
