//! What a slot can be for somebody who looks for a time (空き状況).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Why nobody can book a day or a time (休館の理由).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// The weekly closing day (定休日).
    Weekly,
    /// The weekly closing day fell on a holiday and moved here (振替休館).
    Shifted,
    /// A holiday (祝日), with its name.
    Holiday(String),
    /// Year-end and the like (年末年始).
    Yearly,
    /// No opening hours on that day (開館時間なし).
    NoHours,
    /// Works, public use and the like (休館・公用): [`crate::closure`].
    Closure,
}

/// The status of a slot (空き状況). SCREENS.md gives each its sign and word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotStatus {
    /// ○ 空き.
    Free,
    /// △ 残りわずか: this room is taken in part; a smaller room that shares its floor is free.
    Part,
    /// × 予約済み.
    Taken,
    /// 休 休館.
    Closed(ClosedReason),
    /// 受付前: booking opens at this instant.
    NotYet {
        /// When booking opens, UTC.
        opens_at: DateTime<Utc>,
    },
    /// 電話・窓口: online booking has ended, the desk may still help.
    CounterOnly {
        /// The last day of online booking, in Japan.
        ended_on: NaiveDate,
    },
    /// ─ the time has passed.
    Past,
}

impl SlotStatus {
    /// True when it can be booked online now.
    #[must_use]
    pub const fn is_bookable(&self) -> bool {
        matches!(self, Self::Free)
    }
}
