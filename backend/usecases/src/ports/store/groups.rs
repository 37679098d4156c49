//! Groups (団体): their registration, who acts for them, which papers were seen.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::group::{DocumentSeen, GroupState};
use domain::ids::{GroupId, PersonId};
use domain::residency::Members;
use uuid::Uuid;

use super::Stored;

/// A group as stored. Nothing of it is personal but whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRecord {
    /// The id.
    pub id: GroupId,
    /// The name, at most 100 characters.
    pub name: String,
    /// Its reading (フリガナ) in katakana.
    pub kana: String,
    /// What it does (活動内容), at most 200 characters.
    pub activity: String,
    /// Who represents it (代表者).
    pub representative: PersonId,
    /// Its members as they were counted last.
    pub members: Members,
    /// The state.
    pub state: GroupState,
    /// The key of the form it was applied for with: the same key twice is one group.
    pub submission: Uuid,
    /// How often it was changed, from 1.
    pub revision: i32,
    /// When it was entered, UTC.
    pub created_at: DateTime<Utc>,
}

/// Reads groups.
#[async_trait]
pub trait GroupReads {
    /// One group.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn group(&self, id: GroupId) -> Stored<Option<GroupRecord>>;

    /// All groups that somebody represents or acts for, in any state, by reading.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn groups_of(&self, person: PersonId) -> Stored<Vec<GroupRecord>>;

    /// Whether somebody represents the group or acts for it.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn acts_for(&self, person: PersonId, group: GroupId) -> Stored<bool>;

    /// Who acts for a group besides its representative, by id.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn agents_of(&self, group: GroupId) -> Stored<Vec<PersonId>>;

    /// Which papers of a group were seen, the last look first.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn documents_of(&self, group: GroupId) -> Stored<Vec<DocumentSeen>>;

    /// Applications and renewals that wait for somebody to decide, who waits longest first, at most
    /// `most`.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn groups_to_decide(&self, most: u32) -> Stored<Vec<GroupRecord>>;

    /// Groups with this in their name or reading, as [`domain::group::searched_for`] gives it, by
    /// reading, at most `most`.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn groups_found(&self, searched_for: &str, most: u32) -> Stored<Vec<GroupRecord>>;

    /// The group that this person entered with this form.
    ///
    /// # Errors
    /// As [`Self::group`].
    async fn group_submitted(
        &self,
        representative: PersonId,
        submission: Uuid,
    ) -> Stored<Option<GroupId>>;
}

/// Changes groups.
#[async_trait]
pub trait GroupWrites {
    /// Enters a group; `false` when the same person entered one with the same form.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_group(&mut self, group: &GroupRecord) -> Stored<bool>;

    /// Overwrites everything about a group but id, representative, submission and `created_at`, if its
    /// revision is still the record's.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when it was changed since.
    async fn change_group(&mut self, group: &GroupRecord, now: DateTime<Utc>) -> Stored<()>;

    /// Lets somebody act for a group; `false` when they did already.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_agent(
        &mut self,
        group: GroupId,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Stored<bool>;

    /// Lets somebody no longer act for a group; `false` when they did not.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn delete_agent(&mut self, group: GroupId, person: PersonId) -> Stored<bool>;

    /// Notes that a paper was seen; `false` when it was noted for that day already.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn note_document(&mut self, group: GroupId, seen: &DocumentSeen) -> Stored<bool>;
}
