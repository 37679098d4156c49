//! Claims of equipment (備品の占有): one piece of a facility's stock for one 30-minute cell.

use async_trait::async_trait;
use domain::ids::{FacilityId, ReservationId};
use domain::span::Cell;
use domain::town::Slug;

use super::{ClaimOutcome, Stored};

/// A piece that somebody has for a cell. Who is not said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LentPiece {
    /// The stock.
    pub stock: Slug,
    /// The cell.
    pub cell: Cell,
    /// Which of the pieces, from 1.
    pub piece: u32,
}

/// Reads what is lent.
#[async_trait]
pub trait StockReads {
    /// Every piece of a facility that is lent in `[from, until)`, in (stock, cell, piece) order.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn lent(&self, facility: FacilityId, from: Cell, until: Cell) -> Stored<Vec<LentPiece>>;
}

/// Lends.
#[async_trait]
pub trait StockWrites {
    /// Locks the stock of a facility until the transaction ends: pieces are chosen by one at a time,
    /// so that nobody chooses what somebody else is choosing.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn lock_stock(&mut self, facility: FacilityId) -> Stored<()>;

    /// Claims all `pieces` for a reservation, in (stock, cell, piece) order, or says that one is
    /// lent. The reservation must be there already and hold its floor; it lets go of them with its
    /// floor ([`super::ClaimWrites::unclaim`]).
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn claim_stock(
        &mut self,
        reservation: ReservationId,
        facility: FacilityId,
        pieces: &[LentPiece],
    ) -> Stored<ClaimOutcome>;
}
