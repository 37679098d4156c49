//! The day (当日): who comes when, and what moved. Everything that a list or a board shows is read
//! in a number of queries that does not grow with it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, PersonId, ReservationId, RoomId};
use domain::ledger::Entry;
use domain::reservation::StateName;
use domain::span::{Cell, Span};

use super::{PaymentRecord, RefundRecord, ReservationRecord, Stored};

/// A reservation as a board shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardRow {
    /// Which.
    pub id: ReservationId,
    /// Whose it is.
    pub person: PersonId,
    /// Where.
    pub facility: FacilityId,
    /// Which room.
    pub room: RoomId,
    /// When.
    pub span: Span,
    /// Its state.
    pub state: StateName,
}

/// An entry of the ledger with when it was booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookedEntry {
    /// The reservation it is about.
    pub reservation: ReservationId,
    /// What was booked.
    pub entry: Entry,
    /// When, UTC.
    pub booked_at: DateTime<Utc>,
}

/// Reads days.
#[async_trait]
pub trait DayReads {
    /// The reservations of a facility that share a cell with `[from, until)`, whatever became of
    /// them, by start and room.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn reservations_at(
        &self,
        facility: FacilityId,
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<ReservationRecord>>;

    /// The same of the whole municipality.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn reservations_between(&self, from: Cell, until: Cell)
    -> Stored<Vec<ReservationRecord>>;

    /// The reservations that were made in `[from, until)`, whatever became of them, oldest first.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn reservations_made(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Stored<Vec<ReservationRecord>>;

    /// These reservations; those that are not there are left out.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn these_reservations(&self, ids: &[ReservationId]) -> Stored<Vec<ReservationRecord>>;

    /// The reservations that hold their floor in `[from, until)`, by start and room: at one facility
    /// or, with `None`, at all of them.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn board(
        &self,
        facility: Option<FacilityId>,
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<BoardRow>>;

    /// The reservation with this number, as people read it aloud.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn by_number(&self, number: &str) -> Stored<Option<ReservationRecord>>;

    /// The attempts to pay for each of these reservations, oldest first.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn payments_of_each(&self, reservations: &[ReservationId]) -> Stored<Vec<PaymentRecord>>;

    /// The refunds of each of these reservations, oldest first.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn refunds_of_each(&self, reservations: &[ReservationId]) -> Stored<Vec<RefundRecord>>;

    /// What was booked in `[from, until)`, oldest first.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn entries_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Stored<Vec<BookedEntry>>;
}
