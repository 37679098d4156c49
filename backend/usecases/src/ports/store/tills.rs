//! Tills (引出し・日計) and what went into and out of them.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{FacilityId, StaffId, TillId};
use domain::till::{Movement, TillState};
use uuid::Uuid;

use super::{RefundRecord, Stored};

/// One drawer of one counter for one day, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillRecord {
    /// Its id.
    pub id: TillId,
    /// The counter's facility.
    pub facility: FacilityId,
    /// Which of its drawers (引出しの番号), from 1.
    pub drawer: u32,
    /// Where it stands; its day follows from it.
    pub state: TillState,
    /// Who opened it.
    pub opened_by: StaffId,
    /// Who counted and closed it.
    pub closed_by: Option<StaffId>,
    /// Rises with each change.
    pub revision: i32,
}

/// A movement of cash, as stored. None is ever changed or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementRecord {
    /// Its id.
    pub id: Uuid,
    /// The till.
    pub till: TillId,
    /// What moved.
    pub movement: Movement,
    /// Whose hands it went through.
    pub made_by: StaffId,
    /// When, UTC.
    pub at: DateTime<Utc>,
}

/// Reads tills.
#[async_trait]
pub trait TillReads {
    /// One till.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn till(&self, id: TillId) -> Stored<Option<TillRecord>>;

    /// The tills of a facility that are open, whatever their day, by drawer.
    ///
    /// # Errors
    /// As [`Self::till`].
    async fn open_tills(&self, facility: FacilityId) -> Stored<Vec<TillRecord>>;

    /// The tills of a facility that were opened on a day in Japan, by drawer and in the order of
    /// opening.
    ///
    /// # Errors
    /// As [`Self::till`].
    async fn tills_on(&self, facility: FacilityId, day: NaiveDate) -> Stored<Vec<TillRecord>>;

    /// What went into a till and out of it, in order.
    ///
    /// # Errors
    /// As [`Self::till`].
    async fn movements(&self, till: TillId) -> Stored<Vec<MovementRecord>>;

    /// A facility's refunds that are to be paid out at the counter (窓口還付待ち), oldest first: of
    /// cash, and those that the payment service could not bring to the payer.
    ///
    /// # Errors
    /// As [`Self::till`].
    async fn refunds_to_pay_out(
        &self,
        facility: FacilityId,
        most: u32,
    ) -> Stored<Vec<RefundRecord>>;
}

/// Changes tills.
#[async_trait]
pub trait TillWrites {
    /// Enters a till that was just opened; `false` when the drawer has one that is open.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_till(&mut self, till: &TillRecord) -> Stored<bool>;

    /// One till, locked until the transaction ends. Whoever takes cash for a reservation locks the
    /// reservation first.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn lock_till(&mut self, id: TillId) -> Stored<Option<TillRecord>>;

    /// Gives a locked till its next state; `revision` is the one that was read. `by` is kept when
    /// it is closed by that.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn set_till(
        &mut self,
        id: TillId,
        revision: i32,
        state: &TillState,
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Adds a movement of an open till; `false` when its payment was taken or its refund paid out
    /// before. The payment must be in cash and the refund paid out in cash, of the same amount.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_movement(&mut self, movement: &MovementRecord) -> Stored<bool>;
}
