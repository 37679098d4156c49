//! Identities: the cards that people sign in with.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::PersonId;

use super::{BoundTo, IdentityKey, Stored};

/// An identity as stored: one of the cards that a person signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRecord {
    /// What the identity provider calls the person.
    pub key: IdentityKey,
    /// When it was added, UTC.
    pub added_at: DateTime<Utc>,
}

/// A card that was shown to be added and waits for a yes (追加の確認を待つカード).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingCardRecord {
    /// The session that asked for it; the row goes with it.
    pub asked_by: BoundTo,
    /// The card's identity, nobody's yet when it was shown.
    pub identity: IdentityKey,
    /// The name on it, sealed for the person.
    pub name_sealed: Option<Vec<u8>>,
    /// The date of birth on it, sealed for the person.
    pub birthdate_sealed: Option<Vec<u8>>,
    /// When it was shown, UTC.
    pub created_at: DateTime<Utc>,
}

/// Reads identities.
#[async_trait]
pub trait IdentityReads {
    /// Every identity of a person, the oldest first.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn identities(&self, person: PersonId) -> Stored<Vec<IdentityRecord>>;

    /// The card that waits for a yes in this session.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn pending_card(&self, session_hash: &[u8; 32]) -> Stored<Option<PendingCardRecord>>;
}

/// Changes identities.
#[async_trait]
pub trait IdentityWrites {
    /// Every identity of a person, the oldest first, locked until the transaction ends
    /// (`FOR UPDATE`): of two that take one away at once, the second sees what the first has left.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn lock_identities(&mut self, person: PersonId) -> Stored<Vec<IdentityRecord>>;

    /// Gives a person another identity; `false` when it is somebody's already.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_identity(
        &mut self,
        person: PersonId,
        identity: &IdentityKey,
        now: DateTime<Utc>,
    ) -> Stored<bool>;

    /// Takes an identity away.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn delete_identity(&mut self, identity: &IdentityKey) -> Stored<()>;

    /// Keeps the card that waits for a yes in its session, in place of one that waited there before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or the session is over.
    async fn put_pending_card(&mut self, card: &PendingCardRecord) -> Stored<()>;

    /// Takes the card out that waits in this session, once: the first caller gets it.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn take_pending_card(
        &mut self,
        session_hash: &[u8; 32],
    ) -> Stored<Option<PendingCardRecord>>;
}
