//! Reviews (審査・減免): what somebody has to decide before a booking stands.
//!
//! A booking with something to decide goes from its hold to a review instead of to payment. Staff
//! decide one thing after another; with the last of them the booking is permitted, at the fee that
//! was decided, or refused with the reason and how to contest it. The reservation is locked before
//! its review, always, so that two decisions, or a decision and a cancellation, never cross.

mod at_payment;
mod case;
mod decide;
mod list;
mod matter;
mod on_the_spot;
mod requote;
mod show;
mod submit;
mod undecided;
mod words;

pub(crate) use at_payment::fee_of_the_day;
pub(crate) use matter::{Matter, excluded, matters, must_be_reviewed};

use async_trait::async_trait;
use contract::{
    Action as Doing, Call, DecideReview, Outcome, ReduceAtCounter, ReviewCase, Reviews,
    SpotReduction, SubmitForReview, WaitingReview,
};
use domain::ids::ReservationId;

use crate::desk::Desk;

#[async_trait]
impl Reviews for Desk {
    async fn reviews(&self, call: &Call) -> Outcome<Vec<WaitingReview>> {
        self.what_waits(call).await
    }

    async fn review(&self, call: &Call, id: ReservationId) -> Outcome<ReviewCase> {
        self.show_case(call, id).await
    }

    async fn decide(&self, call: &Call, decide: &DecideReview) -> Outcome<()> {
        self.decide_one(call, decide).await
    }

    async fn submit_for(&self, call: &Call, submit: &SubmitForReview) -> Outcome<()> {
        self.submit(call, submit, Doing::SellAtCounter).await
    }

    async fn spot_reductions(&self, call: &Call, id: ReservationId) -> Outcome<Vec<SpotReduction>> {
        self.on_offer(call, id).await
    }

    async fn reduce_at_counter(&self, call: &Call, reduce: &ReduceAtCounter) -> Outcome<()> {
        self.reduce_on_the_spot(call, reduce).await
    }
}
