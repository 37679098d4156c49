//! Why a step of a registration cannot be taken.

use chrono::NaiveDate;

use super::{GroupDocument, GroupStateName};
use crate::civil;

/// A step that cannot be taken, with what to do next (団体登録の手続きができない理由).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupRefusal {
    /// It is not in a state for it: somebody else was faster, or a page is old.
    #[error("この団体は「{}」です。いまの状態を確かめてください", .state.label())]
    WrongState {
        /// The state.
        state: GroupStateName,
    },
    /// It is too early to renew.
    #[error("更新の受付は{}からです", civil::long_date(*.from))]
    RenewalNotYet {
        /// From when on, in Japan.
        from: NaiveDate,
    },
    /// A renewal is asked for already.
    #[error("更新の申請を受け付けています。町の確認をお待ちください")]
    RenewalAsked,
    /// There is no renewal to decide.
    #[error("更新の申請はありません。すでに処理されているかもしれません")]
    NoRenewal,
    /// A paper was not seen.
    #[error("{document}を確かめてから承認してください")]
    DocumentMissing {
        /// Which.
        document: GroupDocument,
    },
    /// A refusal says why (行政手続法8条).
    #[error("理由を入力してください")]
    ReasonMissing,
    /// A reason longer than fits the notice.
    #[error("理由は{most}文字までで入力してください")]
    ReasonTooLong {
        /// How many letters fit.
        most: usize,
    },
}

impl GroupRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "group.wrong_state",
            Self::RenewalNotYet { .. } => "group.renewal_not_yet",
            Self::RenewalAsked => "group.renewal_asked",
            Self::NoRenewal => "group.no_renewal",
            Self::DocumentMissing { .. } => "group.document_missing",
            Self::ReasonMissing => "group.reason_missing",
            Self::ReasonTooLong { .. } => "group.reason_too_long",
        }
    }
}
