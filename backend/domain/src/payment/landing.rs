//! What a press on 「支払う」 does, and where money that came belongs.

use chrono::{DateTime, Utc};

use super::{AttemptState, SessionId, Voucher};
use crate::money::Yen;
use crate::reservation::StateName;

/// What a press on 「支払う」 does (rows 1, 2, 16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Nothing is under way: store a new attempt, then create its session.
    Create,
    /// An attempt was stored but the answer is missing: create again with the same key.
    FinishCreating,
    /// The page is open for the same amount: go there.
    Resume {
        /// Where the payer goes.
        url: String,
    },
    /// The page is for another amount or about to close: close it, look, and plan again.
    ExpireFirst {
        /// The session to close.
        session: SessionId,
    },
    /// A voucher is out, and cannot be called back: show it again, whatever the amount.
    ShowVoucher {
        /// The voucher.
        voucher: Voucher,
    },
    /// It is paid already.
    AlreadyPaid,
    /// People are looking at a mismatch; paying again would only add to it.
    AskStaff,
}

/// What a press on 「支払う」 does, by the reservation's latest attempt and its amount. Cash asks the
/// same: it is taken where a page would be created, and any other page is closed first.
#[must_use]
pub fn plan(latest: Option<(&AttemptState, Yen)>, owed: Yen, now: DateTime<Utc>) -> Plan {
    let Some((attempt, amount)) = latest else {
        return Plan::Create;
    };
    match attempt {
        AttemptState::Creating => Plan::FinishCreating,
        AttemptState::Open {
            url, expires_at, ..
        } if amount == owed && now < *expires_at => Plan::Resume { url: url.clone() },
        AttemptState::Open { session, .. } => Plan::ExpireFirst {
            session: session.clone(),
        },
        AttemptState::Awaiting { voucher, .. } => Plan::ShowVoucher {
            voucher: voucher.clone(),
        },
        AttemptState::Paid { .. } | AttemptState::PaidInCash { .. } => Plan::AlreadyPaid,
        AttemptState::Expired { .. } | AttemptState::Failed { .. } => Plan::Create,
        AttemptState::Quarantined { .. } => Plan::AskStaff,
    }
}

/// Where money that came belongs (rows 5, 11, 12). The ledger records the payment either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// The reservation is confirmed.
    Confirm,
    /// It had lapsed, its floor is still free: claim it again and confirm.
    Rebook,
    /// It goes back by itself, in full.
    ReturnMoney(ReturnReason),
}

/// Why money goes back by itself (自動還付の理由).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnReason {
    /// The reservation lapsed and somebody else has the floor (ORPHAN_PAID).
    FloorTaken,
    /// Another attempt had paid (OVERPAID): the later one goes back.
    AlreadyPaid,
    /// The reservation was cancelled or not permitted.
    BookingEnded,
    /// Nothing was due: permission is still being decided.
    NotDue,
    /// Another amount is owed by now: the fee was changed while nobody knew of this money.
    OtherAmount,
}

impl ReturnReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::FloorTaken,
        Self::AlreadyPaid,
        Self::BookingEnded,
        Self::NotDue,
        Self::OtherAmount,
    ];

    /// The stable code, as it stands with the refund.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FloorTaken => "floor_taken",
            Self::AlreadyPaid => "already_paid",
            Self::BookingEnded => "booking_ended",
            Self::NotDue => "not_due",
            Self::OtherAmount => "other_amount",
        }
    }
}

/// What else decides where money belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Whether it is what is owed now. An attempt that was given up may be paid all the same, and
    /// the fee may have been changed since.
    pub fits: bool,
    /// Whether the floor of a released reservation can be claimed again; false once the time of use
    /// has begun.
    pub floor_free: bool,
}

/// Where money belongs that came for a reservation in this state.
#[must_use]
pub const fn land(reservation: StateName, arrival: Arrival) -> Landing {
    match reservation {
        StateName::Held | StateName::AwaitingPayment | StateName::Released if !arrival.fits => {
            Landing::ReturnMoney(ReturnReason::OtherAmount)
        }
        StateName::Held | StateName::AwaitingPayment => Landing::Confirm,
        StateName::Released if arrival.floor_free => Landing::Rebook,
        StateName::Released => Landing::ReturnMoney(ReturnReason::FloorTaken),
        StateName::Confirmed | StateName::CheckedIn | StateName::Completed | StateName::NoShow => {
            Landing::ReturnMoney(ReturnReason::AlreadyPaid)
        }
        StateName::Cancelled | StateName::Refused => {
            Landing::ReturnMoney(ReturnReason::BookingEnded)
        }
        StateName::AwaitingReview => Landing::ReturnMoney(ReturnReason::NotDue),
    }
}
