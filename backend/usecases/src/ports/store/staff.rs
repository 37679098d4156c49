//! Staff (職員): who they are, what they may do where, and what they looked at.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::Role;
use domain::ids::{FacilityId, GrantId, PersonId, RequestId, StaffId};
use uuid::Uuid;

use super::{IdentityKey, Stored};

/// A member of staff as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRecord {
    /// The id.
    pub id: StaffId,
    /// The name that colleagues know, sealed.
    pub name_sealed: Vec<u8>,
    /// False: let in no more.
    pub active: bool,
    /// When they were entered, UTC.
    pub created_at: DateTime<Utc>,
}

/// A role as it was given (権限の付与).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRecord {
    /// Its id.
    pub id: GrantId,
    /// To whom.
    pub staff: StaffId,
    /// What for.
    pub role: Role,
    /// Where; `None` for all facilities.
    pub facility: Option<FacilityId>,
    /// When, UTC.
    pub granted_at: DateTime<Utc>,
    /// By whom; `None` for the operator's command line.
    pub granted_by: Option<StaffId>,
}

/// A session of staff as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSessionRecord {
    /// SHA-256 of its secret.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub staff: StaffId,
    /// When it began, UTC.
    pub created_at: DateTime<Utc>,
    /// When it was last used, UTC.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends whatever happens, UTC.
    pub expires_at: DateTime<Utc>,
}

/// A look at somebody's data (閲覧).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewEntry {
    /// Its id.
    pub id: Uuid,
    /// Who looked.
    pub staff: StaffId,
    /// Whose data it was.
    pub person: PersonId,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// On which page or paper, as a stable word (`counter.person`).
    pub page: &'static str,
    /// The request behind it.
    pub request: RequestId,
}

/// Reads staff.
#[async_trait]
pub trait StaffReads {
    /// One of the staff.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn staff(&self, id: StaffId) -> Stored<Option<StaffRecord>>;

    /// Whose identity this is.
    ///
    /// # Errors
    /// As [`Self::staff`].
    async fn staff_of(&self, identity: &IdentityKey) -> Stored<Option<StaffId>>;

    /// Everybody, each with what the issuer calls them, by when they were entered.
    ///
    /// # Errors
    /// As [`Self::staff`].
    async fn all_staff(&self) -> Stored<Vec<(StaffRecord, Vec<IdentityKey>)>>;

    /// The roles that somebody has now, in the order they were given; none for somebody who is let
    /// in no more.
    ///
    /// # Errors
    /// As [`Self::staff`].
    async fn grants(&self, staff: StaffId) -> Stored<Vec<GrantRecord>>;

    /// The people whose data this member of staff is noted to have seen on this page
    /// since then.
    ///
    /// # Errors
    /// As [`Self::staff`].
    async fn viewed_since(
        &self,
        staff: StaffId,
        page: &'static str,
        since: DateTime<Utc>,
    ) -> Stored<BTreeSet<PersonId>>;

    /// The session of staff with this hash, lapsed or not.
    ///
    /// # Errors
    /// As [`Self::staff`].
    async fn staff_session(&self, token_hash: &[u8; 32]) -> Stored<Option<StaffSessionRecord>>;
}

/// Changes staff.
#[async_trait]
pub trait StaffWrites {
    /// Enters somebody with what the issuer calls them. `false` when that is somebody already:
    /// another request was faster, roll back and look again.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_staff(&mut self, staff: &StaffRecord, identity: &IdentityKey) -> Stored<bool>;

    /// Overwrites name and `active`.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn update_staff(&mut self, staff: &StaffRecord, now: DateTime<Utc>) -> Stored<()>;

    /// Gives a role; `false` when they have it there already.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_grant(&mut self, grant: &GrantRecord) -> Stored<bool>;

    /// Takes a role back; `false` when somebody did before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn revoke_grant(
        &mut self,
        id: GrantId,
        by: Option<StaffId>,
        now: DateTime<Utc>,
    ) -> Stored<bool>;

    /// Enters a session.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_staff_session(&mut self, session: &StaffSessionRecord) -> Stored<()>;

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn touch_staff_session(
        &mut self,
        token_hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Ends a session.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn delete_staff_session(&mut self, token_hash: &[u8; 32]) -> Stored<()>;

    /// Ends every session of somebody.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn delete_sessions_of_staff(&mut self, staff: StaffId) -> Stored<()>;

    /// Removes up to `most` sessions that ended, by their lifetime, before `before`; how many were.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn purge_staff_sessions(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64>;

    /// Notes looks at people's data.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn log_views(&mut self, views: &[ViewEntry]) -> Stored<()>;
}
