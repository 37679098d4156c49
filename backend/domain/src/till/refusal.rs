//! Why a till does not do what somebody asks.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Denomination, MOST_PIECES};
use crate::civil;
use crate::money::Yen;

/// Something a till refuses, with what explains it and what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code")]
pub enum TillRefusal {
    /// It is closed.
    #[error("この引出しは締めてあります。新しい引出しを開けてください")]
    #[serde(rename = "till.closed")]
    Closed,
    /// It is an earlier day's.
    #[error(
        "{}の引出しがまだ締められていません。締めてから今日の引出しを開けてください",
        civil::long_date(*.date)
    )]
    #[serde(rename = "till.other_day")]
    OtherDay {
        /// The day it is for.
        date: NaiveDate,
    },
    /// The float is more than a counter keeps.
    #[error("釣銭準備金は{most}までです。金額を確かめてください")]
    #[serde(rename = "till.bad_float")]
    BadFloat {
        /// The most.
        most: Yen,
    },
    /// There is nothing to take or to pay out.
    #[error("受け渡す金額がありません")]
    #[serde(rename = "till.nothing_due")]
    NothingDue,
    /// Less was handed over than is owed.
    #[error("お預かりが{missing}足りません")]
    #[serde(rename = "till.tendered_short")]
    TenderedShort {
        /// How much is missing.
        missing: Yen,
    },
    /// Far more was handed over than is owed.
    #[error("お釣りが{change}になります。お預かりの金額を確かめてください")]
    #[serde(rename = "till.tendered_absurd")]
    TenderedAbsurd {
        /// The change there would be.
        change: Yen,
    },
    /// There is not as much in the drawer.
    #[error("引出しの現金は{there}です。釣銭準備金を足すか、ほかの方法で還付してください")]
    #[serde(rename = "till.not_enough")]
    NotEnough {
        /// What there is.
        there: Yen,
    },
    /// A count that cannot be.
    #[error("{kind}の枚数は0から{MOST_PIECES}までで入れてください")]
    #[serde(rename = "till.bad_count")]
    BadCount {
        /// Of what.
        kind: Denomination,
    },
    /// Over or short without a reason.
    #[error("現金に過不足があります。理由を入力してください")]
    #[serde(rename = "till.reason_missing")]
    ReasonMissing {
        /// Yen, less than nothing when short.
        difference_yen: i64,
    },
    /// A reason longer than fits the sheet.
    #[error("理由は{most}文字までで入力してください")]
    #[serde(rename = "till.reason_too_long")]
    ReasonTooLong {
        /// How many letters fit.
        most: usize,
    },
    /// More money than can be.
    #[error("金額が大きすぎます")]
    #[serde(rename = "till.too_much")]
    TooMuch,
}

impl TillRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Closed => "till.closed",
            Self::OtherDay { .. } => "till.other_day",
            Self::BadFloat { .. } => "till.bad_float",
            Self::NothingDue => "till.nothing_due",
            Self::TenderedShort { .. } => "till.tendered_short",
            Self::TenderedAbsurd { .. } => "till.tendered_absurd",
            Self::NotEnough { .. } => "till.not_enough",
            Self::BadCount { .. } => "till.bad_count",
            Self::ReasonMissing { .. } => "till.reason_missing",
            Self::ReasonTooLong { .. } => "till.reason_too_long",
            Self::TooMuch => "till.too_much",
        }
    }
}
