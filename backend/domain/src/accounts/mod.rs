//! The accounts of a month (会計月報): what was charged, what came and what went back, by facility,
//! fiscal year and item of the budget (domain.md E).
//!
//! - A charge (調定) belongs to the year in which it is made; money to the year of the day on which it
//!   was entrusted (令142条; 地方自治法231条の2の5).
//! - What goes back while the books of that year are open (出納閉鎖 5月31日) is taken from its revenue
//!   (戻出); later it is spent from the budget of the year in which it goes (令165条の7).

mod lines;
#[cfg(test)]
mod tests;

pub use lines::{Line, Moved, Movement, lines};

use chrono::{DateTime, NaiveDate, Utc};

use crate::civil;
use crate::ledger::fiscal_year;

/// Which budget a refund is taken from (還付の予算).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenFrom {
    /// The revenue of the year in which it had come (歳入からの戻出).
    Revenue {
        /// That year.
        year: i32,
    },
    /// The spending of the year in which it goes, because the books of the other are closed (現年度の歳出).
    Spending {
        /// This year.
        year: i32,
    },
}

/// Which budget money is taken from that came at one instant and goes back at another.
#[must_use]
pub fn taken_from(came_at: DateTime<Utc>, goes_at: DateTime<Utc>) -> TakenFrom {
    let year = fiscal_year(came_at);
    // The last day of the settling period (出納整理期間) of that year.
    let open = NaiveDate::from_ymd_opt(year.saturating_add(1), 5, 31)
        .is_some_and(|last| civil::date_at(goes_at) <= last);
    if open {
        TakenFrom::Revenue { year }
    } else {
        TakenFrom::Spending {
            year: fiscal_year(goes_at),
        }
    }
}
