//! Payments and refunds as states (収納・還付の状態), payments.md §3.
//!
//! Money may come at any time, in any order, twice, or after everybody gave up. So every
//! transition here takes what the payment service says *now* (the object, retrieved again, never
//! the event), and answers [`Step::Moved`] or [`Step::Unchanged`]: stale and repeated news change
//! nothing. Nothing here knows Stripe's names; the gateway translates.
//!
//! Rows of the state table: [`plan`] 1, 2, 16; [`AttemptState::observe`] 5–8, 10, 13, 14, 15, 24;
//! [`AttemptState::reject`] 4; [`AttemptState::may_still_bring_money`] 9; [`land`] 5, 11, 12;
//! [`request_refund`] 17; [`RefundState::observe`] 18–20; [`RefundState::found`] 21;
//! [`DisputeState`] 22 and 23. Which means a page offers at all is [`offer`]'s answer: a voucher
//! (rows 6–8) keeps its floor as long as it lives, so it must end in time.
//!
//! Cash has no such doubts: [`AttemptState::paid_in_cash`] is paid from its beginning, and a refund of
//! it waits for somebody to come ([`owe_in_cash`], [`RefundState::pay_in_cash`]). What the service
//! cannot give back goes to a bank account ([`owe_by_transfer`], [`crate::transfer`]).

mod attempt;
mod dispute;
mod landing;
mod means;
mod method;
mod offer;
mod refund;
mod voucher;

#[cfg(test)]
mod tests;

pub use attempt::{
    AttemptFault, AttemptState, Expected, Mismatch, SessionId, SessionProgress, SessionSeen,
};
pub use dispute::{DisputeProgress, DisputeSeen, DisputeState, undisputed};
pub use landing::{Arrival, Landing, Plan, ReturnReason, land, plan};
pub use means::Means;
pub use method::PaymentMethod;
pub use offer::{
    BEFORE_USE_HOURS, MOST_VOUCHER_DAYS, Occasion, Offer, OfferRefusal, offer, voucher_end,
};
pub use refund::{
    RefundFault, RefundProgress, RefundRefusal, RefundSeen, RefundState, owe_by_transfer,
    owe_in_cash, refundable, request_refund,
};
pub use voucher::{ConvenienceStore, StoreNumber, VOUCHER_GRACE_MINUTES, Voucher};

/// The outcome of looking again: whether there was news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// The state changed; ledger and outbox follow in the same transaction.
    Moved(T),
    /// Nothing new: a duplicate or something older than what is known.
    Unchanged(T),
}

impl<T> Step<T> {
    /// The state, changed or not.
    pub fn into_state(self) -> T {
        match self {
            Self::Moved(state) | Self::Unchanged(state) => state,
        }
    }

    /// True when something changed.
    pub const fn moved(&self) -> bool {
        matches!(self, Self::Moved(_))
    }
}
