//! The day (当日): who comes when. Everything that a list shows is read in a number of queries that
//! does not grow with it.

use async_trait::async_trait;
use domain::ids::{FacilityId, PersonId, ReservationId};
use domain::span::Cell;

use super::{PaymentRecord, PersonRecord, RefundRecord, ReservationRecord, Stored};

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

    /// These people; those that are not there are left out.
    ///
    /// # Errors
    /// As [`Self::reservations_at`].
    async fn people_of_each(&self, people: &[PersonId]) -> Stored<Vec<PersonRecord>>;
}
