//! The audit trail (操作記録).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::Actor;
use domain::ids::RequestId;
use uuid::Uuid;

use super::Stored;

/// Who did what to what. No personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What, as a stable code (`reservation.held`).
    pub action: &'static str,
    /// To what (`reservation:…`).
    pub subject: String,
    /// Before and after, amounts, reasons.
    pub detail: serde_json::Value,
    /// The request or job behind it.
    pub request: RequestId,
}

/// An entry as it is read back: an action may be one that an earlier release wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEntry {
    /// Its id.
    pub id: Uuid,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What, as a stable code.
    pub action: String,
    /// To what (`reservation:…`).
    pub subject: String,
    /// Before and after, amounts, reasons.
    pub detail: serde_json::Value,
}

/// Reads the trail.
#[async_trait]
pub trait TrailReads {
    /// What was done to any of these (`reservation:…`), oldest first.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn entries_about(&self, subjects: &[String]) -> Stored<Vec<PastEntry>>;
}

/// Writes the trail.
#[async_trait]
pub trait TrailWrites {
    /// Adds an entry.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn record(&mut self, entry: &AuditEntry) -> Stored<()>;
}
