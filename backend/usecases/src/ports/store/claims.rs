//! Claims (占有): one unit for one 30-minute cell.

use async_trait::async_trait;
use domain::ids::{ClosureId, ReservationId, UnitId};
use domain::span::Cell;

use super::Stored;

/// A cell of a unit that somebody holds. Who is not said.
pub type ClaimedCell = (UnitId, Cell);

/// A cell that cannot be had, and whether for a closure. Who booked is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakenCell {
    /// The unit.
    pub unit: UnitId,
    /// The cell.
    pub cell: Cell,
    /// True for 休館・公用.
    pub closed: bool,
}

/// What became of a wish to claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum ClaimOutcome {
    /// All of it is ours.
    Claimed,
    /// At least one cell is somebody else's; the transaction must be rolled back.
    Taken,
}

/// Reads claims.
#[async_trait]
pub trait ClaimReads {
    /// Every claimed cell of these units in `[from, until)`, in (unit, cell) order.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn claimed(&self, units: &[UnitId], from: Cell, until: Cell) -> Stored<Vec<ClaimedCell>>;

    /// The same, and what of it is closed.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn taken(&self, units: &[UnitId], from: Cell, until: Cell) -> Stored<Vec<TakenCell>>;

    /// The same, if this version of the town file is in force; `None` when another is. One question
    /// instead of two, for what is asked most.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn claimed_under(
        &self,
        version: i32,
        units: &[UnitId],
        from: Cell,
        until: Cell,
    ) -> Stored<Option<Vec<TakenCell>>>;
}

/// Changes claims.
#[async_trait]
pub trait ClaimWrites {
    /// Claims all `cells` for a reservation, in (unit, cell) order, or says that one is taken.
    /// The reservation must be there already and hold its floor.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn claim(
        &mut self,
        reservation: ReservationId,
        cells: &[ClaimedCell],
    ) -> Stored<ClaimOutcome>;

    /// Claims all `cells` for a closure.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn claim_closure(
        &mut self,
        closure: ClosureId,
        cells: &[ClaimedCell],
    ) -> Stored<ClaimOutcome>;

    /// Lets go of everything a reservation claims, floor and equipment. Must precede a state that holds no floor.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn unclaim(&mut self, reservation: ReservationId) -> Stored<()>;
}
