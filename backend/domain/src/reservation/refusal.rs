//! Why a reservation cannot change the way somebody asks.

use chrono::{DateTime, Utc};

use super::StateName;

/// A change of a reservation that cannot happen, with what explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReservationRefusal {
    /// The state does not allow it: a stale page, or somebody else was faster.
    #[error("予約は「{}」のため、この操作はできません", .is.label())]
    WrongState {
        /// What it is.
        is: StateName,
    },
    /// The hold has lapsed.
    #[error("仮押さえの時間が過ぎました")]
    HoldLapsed {
        /// When it did.
        until: DateTime<Utc>,
    },
    /// The hold was extended as often as it can be.
    #[error("仮押さえはこれ以上延長できません")]
    ExtensionLimit {
        /// When it lapses.
        until: DateTime<Utc>,
    },
    /// The hold or the due date has not lapsed yet.
    #[error("まだ期限前です")]
    NotLapsed {
        /// When it will.
        until: DateTime<Utc>,
    },
    /// The time of use has begun (利用開始後).
    #[error("利用開始時刻を過ぎたため、取消はできません")]
    AlreadyStarted {
        /// When it began.
        start: DateTime<Utc>,
    },
    /// The time of use has not come yet.
    #[error("まだ利用時間ではありません")]
    TooEarly {
        /// When it comes.
        from: DateTime<Utc>,
    },
    /// The time of use is over (利用時間の終了後).
    #[error("利用時間が終わっています")]
    TooLate {
        /// When it ended.
        until: DateTime<Utc>,
    },
    /// A refusal of permission, or a cancellation by the counter or the town, must say why.
    #[error("理由を入力してください")]
    ReasonMissing,
}

impl ReservationRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "reservation.state",
            Self::HoldLapsed { .. } => "hold.lapsed",
            Self::ExtensionLimit { .. } => "hold.extension_limit",
            Self::NotLapsed { .. } => "reservation.not_lapsed",
            Self::AlreadyStarted { .. } => "reservation.started",
            Self::TooEarly { .. } => "reservation.too_early",
            Self::TooLate { .. } => "reservation.too_late",
            Self::ReasonMissing => "reservation.reason_missing",
        }
    }
}
