//! Reservations, as their owner sees them.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    PayState, RefundState, ReservationState, ReservationSummary, ReservationView, StartedPayment,
};
use domain::money::Yen;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{QuoteAnswer, Time};

/// One's own reservations: the next one first, past ones last.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct ReservationList {
    items: Vec<ReservationItem>,
}

/// A reservation in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct ReservationItem {
    id: Uuid,
    /// Its number, as people read it aloud.
    #[schema(example = "2611-4827-3391")]
    number: String,
    facility_name: String,
    room_name: String,
    time: Time,
    /// The fee, yen, tax included.
    total_yen: u32,
    state: State,
    /// True once its time has passed.
    past: bool,
}

/// One reservation (予約) in full.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct ReservationDetail {
    id: Uuid,
    /// Its number, as people read it aloud.
    #[schema(example = "2611-4827-3391")]
    number: String,
    /// The facility's id.
    facility: String,
    facility_name: String,
    /// The room's id.
    room: String,
    /// The room's name as booked.
    room_name: String,
    time: Time,
    people: u32,
    /// The purpose's name as booked.
    purpose: String,
    note: String,
    /// The price, frozen when it was booked.
    quote: QuoteAnswer,
    state: State,
    payment: Payment,
    refunds: Vec<RefundItem>,
    /// How much comes back when it is cancelled by which day; after the last one nothing.
    refund_terms: Vec<RefundTerm>,
    /// True when it can be cancelled online now.
    can_cancel: bool,
    /// True when the permit (使用許可書) can be had.
    has_permit: bool,
    /// True when the receipt (領収書) can be had.
    has_receipt: bool,
}

/// Where a reservation stands (予約の状態).
#[derive(Serialize, ToSchema)]
pub(super) struct State {
    name: StateName,
    /// Until when the floor is kept; only for `held`.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
    /// Whether the hold can be extended; only for `held`.
    #[serde(skip_serializing_if = "Option::is_none")]
    can_extend: Option<bool>,
    /// Until when to pay; only for `awaiting_payment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<DateTime<Utc>>,
    /// Since when; only for `cancelled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<DateTime<Utc>>,
    /// Why, for people to read; only for `cancelled`, where the facility was the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Where a reservation stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateName {
    /// 仮押さえ中
    Held,
    /// 審査中
    AwaitingReview,
    /// お支払い待ち
    AwaitingPayment,
    /// 予約確定
    Confirmed,
    /// 利用中
    CheckedIn,
    /// 利用済み
    Completed,
    /// 利用なし
    NoShow,
    /// 期限切れ
    Released,
    /// 取消済み
    Cancelled,
    /// 不許可
    Refused,
}

/// Where the payment (収納) stands.
#[derive(Serialize, ToSchema)]
pub(super) struct Payment {
    state: PaymentState,
    /// When; only for `paid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<DateTime<Utc>>,
    /// Until when it can be paid; only for `voucher`.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
    /// By what; only for `paid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
}

/// Where the payment stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PaymentState {
    /// Nothing to pay.
    Free,
    /// Not begun.
    Unpaid,
    /// Begun; the outcome is not known yet.
    Checking,
    /// A voucher waits to be paid at a convenience store.
    Voucher,
    /// Paid.
    Paid,
}

/// One refund (還付).
#[derive(Serialize, ToSchema)]
pub(super) struct RefundItem {
    /// Yen.
    amount_yen: u32,
    state: RefundName,
    /// When; only for `done`.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<DateTime<Utc>>,
}

/// Where a refund stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RefundName {
    /// On its way.
    Pending,
    /// Given back.
    Done,
    /// Failed; the office will call.
    Failed,
    /// It can only go to a bank account, and nobody has told which.
    AccountWanted,
    /// It goes to the account that was told.
    ByTransfer,
}

/// How much comes back until when.
#[derive(Serialize, ToSchema)]
pub(super) struct RefundTerm {
    /// The last day, in Japan.
    last_day: NaiveDate,
    /// Yen.
    refund_yen: u32,
}

/// What paying led to.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct PaymentAnswer {
    /// True when there was nothing to pay and the reservation is confirmed.
    confirmed: bool,
    /// Where to pay, otherwise.
    checkout_url: Option<String>,
}

impl From<Vec<ReservationSummary>> for ReservationList {
    fn from(all: Vec<ReservationSummary>) -> Self {
        Self {
            items: all.into_iter().map(ReservationItem::from).collect(),
        }
    }
}

impl From<ReservationSummary> for ReservationItem {
    fn from(one: ReservationSummary) -> Self {
        Self {
            id: one.id.0,
            number: one.number,
            facility_name: one.facility_name,
            room_name: one.room_name,
            time: one.span.into(),
            total_yen: one.total_yen.get(),
            state: one.state.into(),
            past: one.past,
        }
    }
}

impl From<ReservationView> for ReservationDetail {
    fn from(view: ReservationView) -> Self {
        let refunds = view.money.refunds.into_iter().map(RefundItem::from);
        let terms = view.refund_terms.into_iter();
        Self {
            id: view.id.0,
            number: view.number,
            facility: view.facility.id.to_string(),
            facility_name: view.facility.name.clone(),
            room: view.room.into(),
            room_name: view.room_name,
            time: view.span.into(),
            people: view.people,
            purpose: view.purpose,
            note: view.note,
            quote: view.quote.into(),
            state: view.state.into(),
            payment: view.money.payment.into(),
            refunds: refunds.collect(),
            refund_terms: terms
                .map(|(last_day, yen)| RefundTerm {
                    last_day,
                    refund_yen: yen.get(),
                })
                .collect(),
            can_cancel: view.can_cancel,
            has_permit: view.has_permit,
            has_receipt: view.has_receipt,
        }
    }
}

impl From<ReservationState> for State {
    fn from(state: ReservationState) -> Self {
        let bare = |name| Self {
            name,
            until: None,
            can_extend: None,
            due: None,
            at: None,
            reason: None,
        };
        match state {
            ReservationState::Held { until, can_extend } => Self {
                until: Some(until),
                can_extend: Some(can_extend),
                ..bare(StateName::Held)
            },
            ReservationState::AwaitingReview => bare(StateName::AwaitingReview),
            ReservationState::AwaitingPayment { due } => Self {
                due: Some(due),
                ..bare(StateName::AwaitingPayment)
            },
            ReservationState::Confirmed => bare(StateName::Confirmed),
            ReservationState::CheckedIn => bare(StateName::CheckedIn),
            ReservationState::Completed => bare(StateName::Completed),
            ReservationState::NoShow => bare(StateName::NoShow),
            ReservationState::Released => bare(StateName::Released),
            ReservationState::Cancelled { at, reason } => Self {
                at: Some(at),
                reason,
                ..bare(StateName::Cancelled)
            },
            ReservationState::Refused { at, reason } => Self {
                at: Some(at),
                reason: Some(reason),
                ..bare(StateName::Refused)
            },
        }
    }
}

impl From<PayState> for Payment {
    fn from(state: PayState) -> Self {
        let bare = |state| Self {
            state,
            at: None,
            until: None,
            method: None,
        };
        match state {
            PayState::Free => bare(PaymentState::Free),
            PayState::Unpaid => bare(PaymentState::Unpaid),
            PayState::Checking => bare(PaymentState::Checking),
            PayState::Voucher(voucher) => Self {
                until: Some(voucher.until),
                ..bare(PaymentState::Voucher)
            },
            PayState::Paid { at, method } => Self {
                at: Some(at),
                method: Some(method),
                ..bare(PaymentState::Paid)
            },
        }
    }
}

impl From<(Yen, RefundState)> for RefundItem {
    fn from((amount, state): (Yen, RefundState)) -> Self {
        let (state, at) = match state {
            RefundState::Pending => (RefundName::Pending, None),
            RefundState::Done { at } => (RefundName::Done, Some(at)),
            RefundState::Failed => (RefundName::Failed, None),
            RefundState::AccountWanted => (RefundName::AccountWanted, None),
            RefundState::ByTransfer => (RefundName::ByTransfer, None),
        };
        Self {
            amount_yen: amount.get(),
            state,
            at,
        }
    }
}

impl From<StartedPayment> for PaymentAnswer {
    fn from(started: StartedPayment) -> Self {
        match started {
            StartedPayment::Confirmed => Self {
                confirmed: true,
                checkout_url: None,
            },
            StartedPayment::GoTo(url) => Self {
                confirmed: false,
                checkout_url: Some(url),
            },
        }
    }
}
