//! The store (保存先): transactions of one municipality, and nothing across.
//!
//! A [`Reading`] sees committed data, a [`Transaction`] changes it. Both belong to one municipality
//! from the start, so that no query can forget it. Each topic is a trait of its own, rows are plain
//! records with domain types.

mod cancellations;
mod claims;
mod closures;
mod day;
mod evidence;
mod filed_people;
mod groups;
mod identities;
mod jobs;
mod money;
mod people;
mod quotas;
mod reservations;
mod reviews;
mod staff;
mod stock;
mod tills;
mod towns;
mod trail;
mod transfers;
mod uses;

pub use cancellations::{
    CancellationReads, CancellationRecord, CancellationWrites, booked_span, paid_for_the_rest,
};
pub use claims::{ClaimOutcome, ClaimReads, ClaimWrites, ClaimedCell, TakenCell};
pub use closures::{
    ClosureAsked, ClosureOn, ClosureReads, ClosureRecord, ClosureSeriesRecord, ClosureWrites,
    LiftRecord,
};
pub use day::{BoardRow, BookedEntry, DayReads};
pub use evidence::{EvidenceReads, EvidenceRecord, EvidenceWrites};
pub use filed_people::{FiledPeopleReads, FiledPeopleWrites, FiledPerson, FiledTerms};
pub use groups::{GroupReads, GroupRecord, GroupWrites};
pub use identities::{IdentityReads, IdentityRecord, IdentityWrites, PendingCardRecord};
pub use jobs::{InboxEvent, InboxReads, Job, JobKind, JobWrites, Lane, Lease};
pub use money::{
    CheckoutCall, MoneyReads, MoneyWrites, PaymentRecord, ReceiptRecord, RefundRecord,
};
pub use people::{
    AttemptPurpose, AttemptRecord, BoundTo, FormerEmail, IdentityKey, PeopleReads, PeopleWrites,
    PersonRecord, Realm, SessionRecord, VerifiedBy,
};
pub use quotas::{BookedTime, QuotaReads};
pub use reservations::{
    InsertOutcome, MadeBy, Particulars, ReservationReads, ReservationRecord, ReservationWrites,
};
pub use reviews::{Decided, Holder, ReviewReads, ReviewRecord, ReviewWrites, StandingReduction};
pub use staff::{GrantRecord, StaffReads, StaffRecord, StaffSessionRecord, StaffWrites, ViewEntry};
pub use stock::{LentPiece, StockReads, StockWrites};
pub use tills::{MovementRecord, TillReads, TillRecord, TillWrites};
pub use towns::{AppliedTown, Municipality, TownReads, TownWrites};
pub use trail::{AuditEntry, PastEntry, TrailReads, TrailWrites};
pub use transfers::{
    RefundAccount, TransferOrderRecord, TransferReads, TransferRecord, TransferWrites,
};
pub use uses::{UseReads, UseRow, Uses};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::Fault;
use domain::ids::MunicipalityId;

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreFailure {
    /// Another transaction was in the way (40001, 40P01, SQLite busy); the same work may be tried
    /// again from its beginning.
    #[error("another transaction was in the way")]
    Contended,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What the store answers.
pub type Stored<T> = Result<T, StoreFailure>;

/// Opens readings and transactions.
#[async_trait]
pub trait Store: Send + Sync {
    /// Reads committed data of one municipality.
    ///
    /// # Errors
    /// [`StoreFailure`] when the database cannot be reached.
    async fn read(&self, municipality: MunicipalityId) -> Stored<Box<dyn Reading>>;

    /// Begins a transaction in one municipality. Dropped without a commit it changes nothing.
    ///
    /// # Errors
    /// [`StoreFailure`] when the database cannot be reached.
    async fn begin(&self, municipality: MunicipalityId) -> Stored<Box<dyn Transaction>>;

    /// All municipalities, by code.
    ///
    /// # Errors
    /// [`StoreFailure`] when the database cannot be reached.
    async fn municipalities(&self) -> Stored<Vec<Municipality>>;

    /// Enters a municipality that is not there yet and gives its id; the one there is kept.
    ///
    /// # Errors
    /// [`StoreFailure`] when the database cannot be reached.
    async fn enter_municipality(
        &self,
        municipality: &Municipality,
        now: DateTime<Utc>,
    ) -> Stored<MunicipalityId>;

    /// Leases up to `most` due jobs of a lane, of all municipalities, until `leased_until`, oldest
    /// first. Two workers never get the same job while its lease lasts.
    ///
    /// # Errors
    /// [`StoreFailure`] when the database cannot be reached.
    async fn lease_jobs(
        &self,
        lane: Lane,
        now: DateTime<Utc>,
        leased_until: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<Job>>;

    /// Ends a leased job. `false`, and nothing is changed, when the lease ran out and somebody else
    /// took the job since: how it ends is theirs to say.
    ///
    /// # Errors
    /// [`StoreFailure`] when the database cannot be reached.
    async fn end_job(&self, lease: Lease, now: DateTime<Utc>, end: JobEnd) -> Stored<bool>;

    /// True when the database answers and its schema is the one this build wants.
    ///
    /// # Errors
    /// [`StoreFailure`] when it does not answer.
    async fn is_ready(&self) -> Stored<bool>;
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// Done for good.
    Done,
    /// Failed; again at that instant. The error is for the operator and holds no personal data.
    Again {
        /// When.
        at: DateTime<Utc>,
        /// What went wrong.
        error: String,
    },
    /// Failed for good; a person has to look.
    GivenUp {
        /// What went wrong.
        error: String,
    },
}

/// Everything that can be read.
pub trait Reading:
    TownReads
    + ClaimReads
    + ReservationReads
    + QuotaReads
    + ReviewReads
    + StockReads
    + DayReads
    + UseReads
    + PeopleReads
    + IdentityReads
    + StaffReads
    + FiledPeopleReads
    + GroupReads
    + EvidenceReads
    + MoneyReads
    + CancellationReads
    + TransferReads
    + TillReads
    + ClosureReads
    + InboxReads
    + TrailReads
    + Send
    + Sync
{
}

/// Everything that can be changed, at once or not at all.
#[async_trait]
pub trait Transaction:
    Reading
    + ClaimWrites
    + ReservationWrites
    + ReviewWrites
    + StockWrites
    + PeopleWrites
    + IdentityWrites
    + StaffWrites
    + FiledPeopleWrites
    + GroupWrites
    + EvidenceWrites
    + MoneyWrites
    + CancellationWrites
    + TransferWrites
    + TillWrites
    + ClosureWrites
    + JobWrites
    + TrailWrites
    + TownWrites
{
    /// Makes the changes last.
    ///
    /// # Errors
    /// [`StoreFailure::Contended`] when the work must be done again from its beginning.
    async fn commit(self: Box<Self>) -> Stored<()>;
}
