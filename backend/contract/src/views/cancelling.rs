//! Giving up a reservation or a part of it: what would come back, and what did.

use chrono::{DateTime, Utc};
use domain::money::Yen;
use domain::quote::QuoteLine;
use domain::span::Span;
use domain::town::Slug;

use super::ReservationView;

/// What cancelling now would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelPreview {
    /// The reservation.
    pub reservation: ReservationView,
    /// The slots that can be given up one by one (コマ); empty where it is all or nothing.
    pub slots: Vec<Span>,
    /// What would be left; `None` when all is given up.
    pub left: Option<Span>,
    /// What was paid for what would be given up, yen.
    pub paid_yen: Yen,
    /// What would come back, yen.
    pub refund_yen: Yen,
    /// How that is reckoned, with the article.
    pub reckoning: Vec<QuoteLine>,
}

/// What cancelling on somebody's behalf would do, and the town's reasons for it (代理取消).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleCancelPreview {
    /// What it would do, for the reason that was asked for.
    pub preview: CancelPreview,
    /// What comes back for the person's own convenience, yen; `None` where the rules of changes do
    /// not allow that.
    pub own_yen: Option<Yen>,
    /// The town's reasons for that room, each with what comes back for it.
    pub reasons: Vec<ReasonOffer>,
    /// The only reasons for which an amount out of the rule can be given back.
    pub overrides: Vec<OverrideOffer>,
}

/// One of the town's reasons (理由別の還付).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonOffer {
    /// Its code.
    pub id: Slug,
    /// What it is (「雨天のため屋外を利用できない」).
    pub label: String,
    /// What comes back, yen.
    pub refund_yen: Yen,
    /// The article.
    pub article: String,
}

/// A reason for an amount out of the rule (規則によらない還付).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideOffer {
    /// Its code.
    pub id: Slug,
    /// What it is (「町長が特に必要と認める」).
    pub label: String,
    /// The article that allows it.
    pub article: String,
}

/// What was given up, and what came back of it (取消・一部取消の記録).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// Which time of that reservation, from 1: the number of its refund notice.
    pub nth: u32,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// The time as it was before.
    pub before: Span,
    /// What was left of it; `None` when all was given up.
    pub left: Option<Span>,
    /// What had been paid for what was given up, yen.
    pub paid_yen: Yen,
    /// What comes back of it, yen.
    pub refund_yen: Yen,
    /// How that was reckoned, with the articles.
    pub reckoning: Vec<QuoteLine>,
}
