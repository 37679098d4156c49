//! Money (収納・還付): paying, settling, giving back, and letting go of what was not paid.
//!
//! Three rules hold throughout (payments.md §3). No call to the payment service is made inside a
//! transaction. What is asked for is stored before it is asked, key and parameters included. And
//! whoever brings news — a webhook, somebody's browser, the poller — goes through the one idempotent
//! [`Desk::settle`](crate::Desk), which believes only what the service shows when it is asked.
//!
//! The reservation is locked before its payments and refunds, always, so that two changes of one
//! reservation's money never cross.

mod by_facility;
mod cancel;
mod checkout;
mod confirmed;
mod entries;
mod events;
mod give_up;
mod observe;
mod pay_out;
mod poll;
mod refunds;
mod release;
mod returned;
mod standing;
mod start;
mod take_cash;

pub(crate) use by_facility::back_in_full;
pub(crate) use cancel::Wish;
pub(crate) use entries::{book, is_charged};
pub(crate) use give_up::Standing;
pub(crate) use poll::Moving;
pub use poll::PolledPayments;
pub(crate) use refunds::RefundProgress;
pub(crate) use release::Lapsing;
pub(crate) use standing::{standing, why_stray};
