//! What was given up of reservations (取消・一部取消).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{CancellationId, RefundId, ReservationId, StaffId};
use domain::money::{Yen, YenOutOfRange};
use domain::quote::QuoteLine;
use domain::refunds::Grounds;
use domain::reservation::CancelledBy;
use domain::span::Span;

use super::Stored;

/// One act of giving up a reservation or a part of it, as stored. Only ever added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancellationRecord {
    /// Its id.
    pub id: CancellationId,
    /// Of which reservation.
    pub reservation: ReservationId,
    /// Which act of that reservation, from 1.
    pub nth: u32,
    /// The time as it was before.
    pub before: Span,
    /// What was left of it; `None` when all was given up.
    pub left: Option<Span>,
    /// Who gave it up.
    pub by: CancelledBy,
    /// The member of staff who did it, for somebody or for the facility.
    pub staff: Option<StaffId>,
    /// By which rule the refund was reckoned.
    pub grounds: Grounds,
    /// What the clerk added. No personal data.
    pub words: String,
    /// What had been paid for what was given up, yen.
    pub paid: Yen,
    /// What comes back of it, yen.
    pub refund: Yen,
    /// The refund that gives it back.
    pub refund_id: Option<RefundId>,
    /// The reckoning, line by line with its articles.
    pub lines: Vec<QuoteLine>,
    /// When, UTC.
    pub made_at: DateTime<Utc>,
}

/// What of a payment was for what is still held, by what was given up before.
///
/// # Errors
/// [`YenOutOfRange`] when more was given up than was paid: the books are wrong.
pub fn paid_for_the_rest(paid: Yen, given_up: &[CancellationRecord]) -> Result<Yen, YenOutOfRange> {
    paid.minus(Yen::sum(given_up.iter().map(|one| one.paid))?)
}

/// The time as it was booked, by what was given up since.
#[must_use]
pub fn booked_span(now: Span, given_up: &[CancellationRecord]) -> Span {
    given_up.first().map_or(now, |first| first.before)
}

/// Reads what was given up.
#[async_trait]
pub trait CancellationReads {
    /// What was given up of a reservation, in the order in which it was.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn cancellations(&self, reservation: ReservationId) -> Stored<Vec<CancellationRecord>>;

    /// What was given up of each of these reservations.
    ///
    /// # Errors
    /// As [`Self::cancellations`].
    async fn cancellations_of_each(
        &self,
        reservations: &[ReservationId],
    ) -> Stored<Vec<CancellationRecord>>;
}

/// Writes what was given up. The reservation is locked first, always.
#[async_trait]
pub trait CancellationWrites {
    /// Adds an act.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_cancellation(&mut self, record: &CancellationRecord) -> Stored<()>;

    /// Leaves a locked reservation with `left` of its time and lets go of the floor and the
    /// equipment outside of it; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn shrink_reservation(
        &mut self,
        id: ReservationId,
        revision: i32,
        left: Span,
        now: DateTime<Utc>,
    ) -> Stored<()>;
}
