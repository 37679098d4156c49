//! What ties people to the town (町内の証拠).

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::ids::{PersonId, StaffId};
use domain::residency::Evidence;
use domain::town::TownTie;
use uuid::Uuid;

use super::Stored;

/// Evidence as stored. It says that something was seen and when; of the paper nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub person: PersonId,
    /// What it shows, where from, and the last day on which it was read or seen.
    pub evidence: Evidence,
    /// The first such day, in Japan.
    pub first_on: NaiveDate,
    /// Who saw it, at the counter.
    pub seen_by: Option<StaffId>,
    /// The day on which it was found otherwise, in Japan; `None` while it holds.
    pub ended_on: Option<NaiveDate>,
}

/// Reads evidence.
#[async_trait]
pub trait EvidenceReads {
    /// All evidence of a person, what ended included, the last seen first.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn evidence_of(&self, person: PersonId) -> Stored<Vec<EvidenceRecord>>;
}

/// Changes evidence.
#[async_trait]
pub trait EvidenceWrites {
    /// Enters evidence. What holds already of the same kind gets its day and who saw it, unless it was
    /// seen later; its first day stays.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn note_evidence(&mut self, evidence: &EvidenceRecord) -> Stored<()>;

    /// Ends all evidence of this kind that holds, on that day or the day on which it was last seen if
    /// that is later; how much did.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn end_evidence(&mut self, person: PersonId, tie: TownTie, on: NaiveDate) -> Stored<u64>;
}
