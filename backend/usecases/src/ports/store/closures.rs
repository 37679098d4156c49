//! Closures (休館・公用): a reason, a schedule, and the spans it was spread out into.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::closure::{Booked, ClosureReason, Place, Schedule};
use domain::ids::{ClosureId, ClosureSeriesId, FacilityId, StaffId, UnitId};
use domain::span::{Cell, Span};

use super::{ClaimOutcome, ClaimedCell, Stored};

/// A closure with all its spans (一連の休館), as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureSeriesRecord {
    /// Its id.
    pub id: ClosureSeriesId,
    /// Where.
    pub facility: FacilityId,
    /// Why.
    pub reason: ClosureReason,
    /// What was asked for and by whom; `None` for what was closed before this was kept.
    pub asked: Option<ClosureAsked>,
    /// When it was made, UTC.
    pub made_at: DateTime<Utc>,
}

/// What somebody asked to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureAsked {
    /// Which floor.
    pub place: Place,
    /// When.
    pub schedule: Schedule,
    /// Who asked.
    pub by: StaffId,
}

/// One span of a closure, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureRecord {
    /// Its id; its claims point at it.
    pub id: ClosureId,
    /// The closure it belongs to.
    pub series: ClosureSeriesId,
    /// Where.
    pub facility: FacilityId,
    /// Why.
    pub reason: ClosureReason,
    /// The time that was closed, with what was lifted of it.
    pub span: Span,
    /// From when it is open again, if it was lifted.
    pub lifted: Option<LiftRecord>,
}

impl ClosureRecord {
    /// The time that is closed, or was; `None` where all of it was lifted.
    #[must_use]
    pub fn closed(&self) -> Option<Span> {
        let end = self.lifted.map_or(self.span.end(), |lift| lift.from);
        Span::new(self.span.start(), end).ok()
    }
}

/// How a span was opened again (解除).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiftRecord {
    /// The first cell that can be booked again.
    pub from: Cell,
    /// When that was decided, UTC.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffId,
}

/// A closure where it takes floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureOn {
    /// Which.
    pub closure: ClosureRecord,
    /// The floor it takes of what was asked for, in (unit, cell) order.
    pub cells: Vec<ClaimedCell>,
}

/// Reads closures.
#[async_trait]
pub trait ClosureReads {
    /// What is closed of these units in `[from, until)` and why, by start.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn closures_on(
        &self,
        units: &[UnitId],
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<ClosureOn>>;

    /// Every span that shares a cell with `[from, until)`, lifted or not, by start.
    ///
    /// # Errors
    /// As [`Self::closures_on`].
    async fn closures_between(&self, from: Cell, until: Cell) -> Stored<Vec<ClosureRecord>>;

    /// A closure and its spans, by start.
    ///
    /// # Errors
    /// As [`Self::closures_on`].
    async fn closure_series(
        &self,
        id: ClosureSeriesId,
    ) -> Stored<Option<(ClosureSeriesRecord, Vec<ClosureRecord>)>>;

    /// These closures, without their spans, by id.
    ///
    /// # Errors
    /// As [`Self::closures_on`].
    async fn closure_series_each(
        &self,
        ids: &[ClosureSeriesId],
    ) -> Stored<Vec<ClosureSeriesRecord>>;

    /// The reservations that hold any of these units within any of these spans, each with all the
    /// units it holds, by start: whom a closure would hit, or has just collided with.
    ///
    /// # Errors
    /// As [`Self::closures_on`].
    async fn booked_on(&self, units: &[UnitId], spans: &[Span]) -> Stored<Vec<Booked<UnitId>>>;
}

/// Changes closures.
#[async_trait]
pub trait ClosureWrites {
    /// Enters a closure with its spans. Their floor is claimed by [`Self::claim_closures`].
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_closure_series(
        &mut self,
        series: &ClosureSeriesRecord,
        spans: &BTreeMap<ClosureId, Span>,
    ) -> Stored<()>;

    /// Claims the floor of several spans at once, in (unit, cell) order, or says that some of it is
    /// taken: the transaction can still be asked by whom ([`ClosureReads::booked_on`]), and must
    /// then be rolled back.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn claim_closures(
        &mut self,
        cells: &BTreeMap<ClaimedCell, ClosureId>,
    ) -> Stored<ClaimOutcome>;

    /// A closure and its spans, locked until the transaction ends.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn lock_closure_series(
        &mut self,
        id: ClosureSeriesId,
    ) -> Stored<Option<(ClosureSeriesRecord, Vec<ClosureRecord>)>>;

    /// Opens a span again from a cell on and lets go of its floor from there; `false` when it was
    /// lifted before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn lift_closure(&mut self, id: ClosureId, lift: &LiftRecord) -> Stored<bool>;
}
