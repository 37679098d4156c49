//! The life of a reservation (予約の状態), DESIGN.md §4.
//!
//! `Held` → [`AwaitingReview`] → `AwaitingPayment` → `Confirmed` → `CheckedIn` → `Completed` |
//! `NoShow`; `Released`, `Cancelled`, `Refused`. A state carries its facts; a transition consumes
//! the state and names why it cannot happen. Which person may do what is the contract's table, not
//! this module's.

mod attendance;
mod channel;
mod hold;
mod refusal;
mod transitions;

#[cfg(test)]
mod tests;

pub use attendance::EARLY_CHECK_IN_MINUTES;
pub use channel::Channel;
pub use hold::{EXTENSION_LIMIT, EXTENSION_MINUTES, Held};
pub use refusal::ReservationRefusal;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The state of a reservation (予約の状態) with its facts; instants are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ReservationState {
    /// A hold (仮押さえ) that lapses unless it goes on.
    Held(Held),
    /// Waits for somebody to decide (審査待ち).
    AwaitingReview {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Waits for the fee (支払待ち).
    AwaitingPayment {
        /// Until when it is kept.
        due: DateTime<Utc>,
    },
    /// Permitted, and paid if there is a fee (確定).
    Confirmed {
        /// When.
        at: DateTime<Utc>,
    },
    /// The people have come (入館).
    CheckedIn {
        /// When.
        at: DateTime<Utc>,
        /// When it was permitted: the day on the permit, also of one printed afterwards.
        confirmed_at: DateTime<Utc>,
    },
    /// Used (利用済み).
    Completed {
        /// When it was noted.
        at: DateTime<Utc>,
        /// When it was permitted.
        confirmed_at: DateTime<Utc>,
        /// When the people came; `None` where no desk saw them.
        checked_in_at: Option<DateTime<Utc>>,
    },
    /// Nobody came (無断不使用).
    NoShow {
        /// When it was noted.
        at: DateTime<Utc>,
        /// When it was permitted.
        confirmed_at: DateTime<Utc>,
    },
    /// Lapsed; the floor is free again (失効).
    Released {
        /// When.
        at: DateTime<Utc>,
        /// What lapsed.
        why: ReleaseReason,
    },
    /// Given up (取消).
    Cancelled {
        /// When.
        at: DateTime<Utc>,
        /// By whom.
        by: CancelledBy,
        /// Why, in the words of who cancelled; empty for residents alone.
        reason: String,
    },
    /// Not permitted (不許可).
    Refused {
        /// When.
        at: DateTime<Utc>,
        /// Why: a refusal of permission must say (行政手続法8条).
        reason: String,
    },
}

/// What lapsed (失効の理由).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// The hold ran out (仮押さえの期限切れ).
    HoldLapsed,
    /// The fee was not paid in time (支払期限切れ).
    PaymentLapsed,
}

/// Who gave the reservation up (取消した人).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// Whoever booked it (利用者).
    Resident,
    /// The counter, on the resident's behalf (窓口での代理取消). It says why.
    Counter,
    /// The town: closure, works, shelter (施設の都合). Everything is refunded.
    Facility,
}

/// The name of a state, without its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is explained at `ReservationState`")]
pub enum StateName {
    Held,
    AwaitingReview,
    AwaitingPayment,
    Confirmed,
    CheckedIn,
    Completed,
    NoShow,
    Released,
    Cancelled,
    Refused,
}

impl StateName {
    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::AwaitingReview => "awaiting_review",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Confirmed => "confirmed",
            Self::CheckedIn => "checked_in",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
            Self::Released => "released",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Held => "仮押さえ中",
            Self::AwaitingReview => "審査中",
            Self::AwaitingPayment => "支払い待ち",
            Self::Confirmed => "予約確定",
            Self::CheckedIn => "利用中",
            Self::Completed => "利用済み",
            Self::NoShow => "無断不使用",
            Self::Released => "期限切れ",
            Self::Cancelled => "取消済み",
            Self::Refused => "不許可",
        }
    }

    /// True while the reservation's claims stand. Past use keeps its claims: they are the record
    /// of who had the floor, and nobody books the past.
    #[must_use]
    pub const fn holds_floor(self) -> bool {
        match self {
            Self::Held
            | Self::AwaitingReview
            | Self::AwaitingPayment
            | Self::Confirmed
            | Self::CheckedIn
            | Self::Completed
            | Self::NoShow => true,
            Self::Released | Self::Cancelled | Self::Refused => false,
        }
    }
}

impl ReservationState {
    /// The name of the state.
    #[must_use]
    pub const fn name(&self) -> StateName {
        match self {
            Self::Held(_) => StateName::Held,
            Self::AwaitingReview { .. } => StateName::AwaitingReview,
            Self::AwaitingPayment { .. } => StateName::AwaitingPayment,
            Self::Confirmed { .. } => StateName::Confirmed,
            Self::CheckedIn { .. } => StateName::CheckedIn,
            Self::Completed { .. } => StateName::Completed,
            Self::NoShow { .. } => StateName::NoShow,
            Self::Released { .. } => StateName::Released,
            Self::Cancelled { .. } => StateName::Cancelled,
            Self::Refused { .. } => StateName::Refused,
        }
    }

    /// True while the reservation's claims stand; see [`StateName::holds_floor`].
    #[must_use]
    pub const fn holds_floor(&self) -> bool {
        self.name().holds_floor()
    }

    /// When the state lapses by itself, if it does. Whether it may then be released depends on
    /// its checkout as well: see [`crate::payment::AttemptState::may_still_bring_money`].
    #[must_use]
    pub const fn lapses_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Held(held) => Some(held.until()),
            Self::AwaitingPayment { due } => Some(*due),
            Self::AwaitingReview { .. }
            | Self::Confirmed { .. }
            | Self::CheckedIn { .. }
            | Self::Completed { .. }
            | Self::NoShow { .. }
            | Self::Released { .. }
            | Self::Cancelled { .. }
            | Self::Refused { .. } => None,
        }
    }
}
