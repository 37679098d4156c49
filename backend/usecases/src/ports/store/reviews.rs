//! What somebody decides about a booking (審査), and reductions that stand for a year.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{GroupId, PersonId, ReservationId, ReviewId, StaffId};
use domain::quote::Quote;
use domain::review::{ReviewItem, Verdict};
use domain::town::Slug;
use uuid::Uuid;

use super::{ReservationRecord, Stored};

/// One item of a review, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRecord {
    /// Its id.
    pub id: ReviewId,
    /// The reservation.
    pub reservation: ReservationId,
    /// What is decided.
    pub item: ReviewItem,
    /// Why it is asked for, sealed.
    pub stated_sealed: Option<Vec<u8>>,
    /// What was decided; `None` while it waits.
    pub decided: Option<Decided>,
    /// The quote before and after it took effect.
    pub quotes: Option<(Quote, Quote)>,
    /// Rises with each change.
    pub revision: i32,
    /// When it was applied for, UTC.
    pub created_at: DateTime<Utc>,
}

/// A decision about one item, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What.
    pub verdict: Verdict,
    /// Why; never empty where it is refused.
    pub reason: String,
    /// Which kind of document was shown at the counter (障害者手帳); no number.
    pub shown: Option<String>,
    /// Who.
    pub by: StaffId,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// Whose a reduction that stands is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A group's.
    Group(GroupId),
    /// A person's own.
    Person(PersonId),
}

/// A reduction that was granted for a fiscal year (年度内の包括的な減免).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingReduction {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub holder: Holder,
    /// Which reduction.
    pub reduction: Slug,
    /// How much it takes away, percent.
    pub percent: u32,
    /// The fiscal year (April to March), by the year it begins in.
    pub fiscal_year: i32,
    /// Who decided.
    pub by: StaffId,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Reads reviews.
#[async_trait]
pub trait ReviewReads {
    /// The items of a reservation's review, as they were applied for; empty where there is none.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn reviews(&self, reservation: ReservationId) -> Stored<Vec<ReviewRecord>>;

    /// Reservations that wait for a decision, whoever waits longest first, at most `most`.
    ///
    /// # Errors
    /// As [`Self::reviews`].
    async fn in_review(&self, most: u32) -> Stored<Vec<ReservationRecord>>;

    /// The reductions that stand for somebody in a fiscal year.
    ///
    /// # Errors
    /// As [`Self::reviews`].
    async fn standing_reductions(
        &self,
        holder: Holder,
        fiscal_year: i32,
    ) -> Stored<Vec<StandingReduction>>;
}

/// Changes reviews. The reservation is locked first, always.
#[async_trait]
pub trait ReviewWrites {
    /// Enters an item; `false` when the same is there already, or another reduction was granted.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_review(&mut self, review: &ReviewRecord) -> Stored<bool>;

    /// Enters what was decided; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn decide_review(
        &mut self,
        id: ReviewId,
        revision: i32,
        decided: &Decided,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Notes the quote before and after a decision took effect; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn note_quotes(
        &mut self,
        id: ReviewId,
        revision: i32,
        quotes: (&Quote, &Quote),
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Enters a reduction that stands; `false` when there is one for that year already.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_standing_reduction(&mut self, standing: &StandingReduction) -> Stored<bool>;
}
