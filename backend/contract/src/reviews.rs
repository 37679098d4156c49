//! The trait of reviews (審査): applications that somebody decides. The use cases implement it.

use async_trait::async_trait;
use domain::ids::{ReservationId, ReviewId};
use domain::review::Verdict;
use domain::town::Slug;

use crate::views::{ReviewCase, SpotReduction, WaitingReview};
use crate::{Call, Outcome};

/// How long a reason or a statement may be, characters.
pub const REASON_MAX: u32 = 400;

/// Apply for what somebody has to decide (審査に申し込む).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmitForReview {
    /// Which reservation.
    pub reservation: ReservationId,
    /// Why a reduction is asked for and what will be shown, in the person's words; must not be empty
    /// where one is asked for.
    pub stated: String,
}

/// Decide one thing (許可・不許可).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideReview {
    /// Of which reservation.
    pub reservation: ReservationId,
    /// What is decided.
    pub review: ReviewId,
    /// How.
    pub verdict: Verdict,
    /// Why; a refusal has to say.
    pub reason: String,
    /// Whether the same is to be proposed for the rest of the fiscal year (年度内の包括的な減免).
    pub for_the_year: bool,
}

/// Grant a reduction on the spot (当日減免): somebody shows a document at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReduceAtCounter {
    /// Of which reservation.
    pub reservation: ReservationId,
    /// Which reduction.
    pub reduction: Slug,
    /// Which of the reduction's documents was shown; its kind, never its number.
    pub shown: String,
}

/// What staff do about applications.
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for
/// the facility, `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// What waits, whoever waits longest first. Every look is noted.
    async fn reviews(&self, call: &Call) -> Outcome<Vec<WaitingReview>>;

    /// One application. Every look is noted.
    async fn review(&self, call: &Call, id: ReservationId) -> Outcome<ReviewCase>;

    /// Decides one thing; what follows when all is decided happens at once. `review.decided` when
    /// somebody else was faster.
    async fn decide(&self, call: &Call, decide: &DecideReview) -> Outcome<()>;

    /// Applies on somebody's behalf (代理申込).
    async fn submit_for(&self, call: &Call, submit: &SubmitForReview) -> Outcome<()>;

    /// The reductions that a clerk may grant on the spot; none once the fee is paid.
    async fn spot_reductions(&self, call: &Call, id: ReservationId) -> Outcome<Vec<SpotReduction>>;

    /// Grants one on the spot, before the fee is paid.
    async fn reduce_at_counter(&self, call: &Call, reduce: &ReduceAtCounter) -> Outcome<()>;
}
