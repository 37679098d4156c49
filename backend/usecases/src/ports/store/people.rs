//! People, identities, sessions and sign-in attempts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::identity_document::IdentityDocument;
use domain::ids::{PersonId, StaffId};
use uuid::Uuid;

use super::Stored;

/// A person as stored. Everything personal is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// The id.
    pub id: PersonId,
    /// The name, sealed.
    pub name_sealed: Vec<u8>,
    /// The reading of the name (フリガナ), sealed. No card tells it.
    pub kana_sealed: Option<Vec<u8>>,
    /// The address, sealed.
    pub address_sealed: Option<Vec<u8>>,
    /// The date of birth, sealed.
    pub birthdate_sealed: Option<Vec<u8>>,
    /// The gender as received, sealed.
    pub gender_sealed: Option<Vec<u8>>,
    /// The e-mail address, sealed.
    pub email_sealed: Option<Vec<u8>>,
    /// The telephone number, sealed.
    pub phone_sealed: Option<Vec<u8>>,
    /// Lives in the town, by the card's address.
    pub in_town: bool,
    /// When it was last seen who they are, UTC.
    pub verified_at: DateTime<Utc>,
    /// By what.
    pub verified_by: VerifiedBy,
    /// When the person first came, UTC.
    pub created_at: DateTime<Utc>,
}

/// By what it was seen who somebody is (本人確認の方法). No document's number and no copy is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifiedBy {
    /// Their card, read by the identity provider (マイナンバーカードの電子証明書).
    Card,
    /// A member of staff who looked at a document (窓口での本人確認).
    Counter {
        /// Who looked.
        staff: StaffId,
        /// At what kind of document.
        document: IdentityDocument,
    },
}

/// What an IdP calls somebody.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityKey {
    /// The issuer.
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// The pairwise subject.
    pub subject: String,
}

/// A pseudonym is still about somebody: say whose client, not who.
impl std::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityKey")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// SHA-256 of its secret.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub person: PersonId,
    /// When it began, UTC.
    pub created_at: DateTime<Utc>,
    /// When it was last used, UTC.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends whatever happens, UTC.
    pub expires_at: DateTime<Utc>,
    /// When the person last showed their card again within it, UTC.
    pub stepped_up_at: Option<DateTime<Utc>>,
}

/// Whose door an attempt is for: each has an issuer, a cookie and a callback of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// 利用者.
    Resident,
    /// 職員.
    Staff,
}

/// What somebody goes to the identity provider for (試行の目的).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptPurpose {
    /// ログイン.
    SignIn,
    /// 本人の再確認: the same person's card once more.
    StepUp(BoundTo),
    /// カードの追加: another card of the same person.
    Link(BoundTo),
}

/// The session that an attempt belongs to, and nobody else's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BoundTo {
    /// SHA-256 of the session's secret.
    pub session_hash: [u8; 32],
    /// Whose session it is.
    pub person: PersonId,
}

impl std::fmt::Debug for BoundTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoundTo")
            .field("person", &self.person)
            .finish_non_exhaustive()
    }
}

/// A sign-in attempt as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct AttemptRecord {
    /// SHA-256 of the `state` parameter.
    pub state_hash: [u8; 32],
    /// Whose door it is for.
    pub realm: Realm,
    /// What it is for.
    pub purpose: AttemptPurpose,
    /// SHA-256 of the secret in the browser's attempt cookie.
    pub browser_hash: [u8; 32],
    /// The nonce sent.
    pub nonce: String,
    /// The PKCE verifier kept.
    pub verifier: String,
    /// The path to go on with.
    pub return_to: String,
    /// When it began, UTC.
    pub created_at: DateTime<Utc>,
    /// When it is too late, UTC.
    pub expires_at: DateTime<Utc>,
}

/// Shows no secret.
impl std::fmt::Debug for AttemptRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AttemptRecord")
            .field("realm", &self.realm)
            .field("purpose", &self.purpose)
            .field("return_to", &self.return_to)
            .finish_non_exhaustive()
    }
}

/// An e-mail address that was changed, until it has been told of it (変更前のメールアドレス).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerEmail {
    /// Its id.
    pub id: Uuid,
    /// Whose it was.
    pub person: PersonId,
    /// The address, sealed for this row.
    pub email_sealed: Vec<u8>,
    /// When another took its place, UTC.
    pub replaced_at: DateTime<Utc>,
}

/// Reads people.
#[async_trait]
pub trait PeopleReads {
    /// One person.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn person(&self, id: PersonId) -> Stored<Option<PersonRecord>>;

    /// Whose identity this is.
    ///
    /// # Errors
    /// As [`Self::person`].
    async fn person_of(&self, identity: &IdentityKey) -> Stored<Option<PersonId>>;

    /// The session with this hash, lapsed or not.
    ///
    /// # Errors
    /// As [`Self::person`].
    async fn session(&self, token_hash: &[u8; 32]) -> Stored<Option<SessionRecord>>;

    /// An address that was changed, while it is kept.
    ///
    /// # Errors
    /// As [`Self::person`].
    async fn former_email(&self, id: Uuid) -> Stored<Option<FormerEmail>>;
}

/// Changes people.
#[async_trait]
pub trait PeopleWrites {
    /// Enters a person with their first identity. `false` when the identity is somebody's already:
    /// another request was faster, roll back and look again.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_person(
        &mut self,
        person: &PersonRecord,
        identity: &IdentityKey,
    ) -> Stored<bool>;

    /// Somebody, locked until the transaction ends (`FOR UPDATE`): whoever changes a person reads
    /// them by this, so that nobody writes an older record over a newer one.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn lock_person(&mut self, id: PersonId) -> Stored<Option<PersonRecord>>;

    /// Overwrites everything about a person but id, number and `created_at`.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn update_person(&mut self, person: &PersonRecord, now: DateTime<Utc>) -> Stored<()>;

    /// Enters a session.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_session(&mut self, session: &SessionRecord) -> Stored<()>;

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn touch_session(&mut self, token_hash: &[u8; 32], now: DateTime<Utc>) -> Stored<()>;

    /// Ends a session, with what waits in it; `false` when somebody else ended it before. Of two
    /// at once, one is told `true`.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn delete_session(&mut self, token_hash: &[u8; 32]) -> Stored<bool>;

    /// Ends every session of a person but one.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn delete_other_sessions(&mut self, person: PersonId, kept: &[u8; 32]) -> Stored<()>;

    /// Keeps an address that was changed.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_former_email(&mut self, email: &FormerEmail) -> Stored<()>;

    /// Removes up to `most` addresses that were changed before `before`; how many were.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn purge_former_emails(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64>;

    /// Enters a sign-in attempt.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_attempt(&mut self, attempt: &AttemptRecord) -> Stored<()>;

    /// Consumes an attempt of this realm, once: the first caller gets it, everybody after `None`.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn consume_attempt(
        &mut self,
        realm: Realm,
        state_hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Stored<Option<AttemptRecord>>;

    /// Removes up to `most` sessions that ended, by their lifetime, before `before`; how many were.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn purge_sessions(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64>;

    /// Removes up to `most` sign-in attempts that lapsed before `before`; how many were.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn purge_attempts(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64>;
}
