//! What somebody has booked, as far as quotas ask (利用回数の上限).

use async_trait::async_trait;
use domain::ids::{PersonId, ReservationId};
use domain::reservation::StateName;
use domain::span::{Cell, Span};
use domain::town::Slug;

use super::Stored;

/// A time that somebody has, by the names it was booked under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedTime {
    /// The reservation.
    pub id: ReservationId,
    /// The facility.
    pub facility: Slug,
    /// The room.
    pub room: Slug,
    /// When.
    pub span: Span,
    /// The state; it holds its floor.
    pub state: StateName,
}

/// Reads what somebody has booked.
#[async_trait]
pub trait QuotaReads {
    /// What a person has booked for themselves that begins at `from` or later and holds its floor, by
    /// start.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn booked_by(&self, person: PersonId, from: Cell) -> Stored<Vec<BookedTime>>;
}
