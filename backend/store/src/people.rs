//! People, identities, sessions and sign-in attempts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{PersonId, StaffId};
use sea_orm::prelude::Expr;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction,
    IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};
use usecases::ports::store::{
    AttemptPurpose, AttemptRecord, BoundTo, FormerEmail, IdentityKey, IdentityWrites as _,
    PeopleReads, PeopleWrites, PersonRecord, Realm, SessionRecord, Stored, VerifiedBy,
};
use uuid::Uuid;

use crate::entity::{former_emails, identities, people, sessions, sign_in_attempts as attempts};
use crate::failure::{Doing as _, Unreadable, fault};
use crate::row::{self, Row};
use crate::scoped::Scoped;

const SIGN_IN: &str = "sign_in";
const STEP_UP: &str = "step_up";
const LINK: &str = "link";

const fn word(realm: Realm) -> &'static str {
    match realm {
        Realm::Resident => "resident",
        Realm::Staff => "staff",
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> PeopleReads for Scoped<C> {
    async fn person(&self, id: PersonId) -> Stored<Option<PersonRecord>> {
        let row = self
            .find::<people::Entity>()
            .filter(people::Column::Id.eq(id.0))
            .one(&self.conn)
            .await
            .doing("reading a person")?;
        Ok(row.map(person).transpose()?)
    }

    async fn person_of(&self, identity: &IdentityKey) -> Stored<Option<PersonId>> {
        let row = self
            .find::<identities::Entity>()
            .filter(identities::Column::Issuer.eq(&*identity.issuer))
            .filter(identities::Column::ClientId.eq(&*identity.client_id))
            .filter(identities::Column::Subject.eq(&*identity.subject))
            .one(&self.conn)
            .await
            .doing("reading an identity")?;
        Ok(row.map(|row| PersonId(row.person_id)))
    }

    async fn session(&self, token_hash: &[u8; 32]) -> Stored<Option<SessionRecord>> {
        let row = self
            .find::<sessions::Entity>()
            .filter(sessions::Column::TokenHash.eq(token_hash.as_slice()))
            .one(&self.conn)
            .await
            .doing("reading a session")?;
        Ok(row.map(session).transpose()?)
    }

    async fn former_email(&self, id: Uuid) -> Stored<Option<FormerEmail>> {
        let row = self
            .find::<former_emails::Entity>()
            .filter(former_emails::Column::Id.eq(id))
            .one(&self.conn)
            .await
            .doing("reading a former e-mail address")?;
        Ok(row.map(former_email).transpose()?)
    }
}

#[async_trait]
impl PeopleWrites for Scoped<DatabaseTransaction> {
    async fn insert_person(
        &mut self,
        person: &PersonRecord,
        identity: &IdentityKey,
    ) -> Stored<bool> {
        self.enter(
            self.person_row(person, person.created_at),
            "entering a person",
        )
        .await?;
        self.insert_identity(person.id, identity, person.created_at)
            .await
    }

    async fn lock_person(&mut self, id: PersonId) -> Stored<Option<PersonRecord>> {
        let row = self
            .find::<people::Entity>()
            .filter(people::Column::Id.eq(id.0))
            .lock(LockType::Update)
            .one(&self.conn)
            .await
            .doing("locking a person")?;
        Ok(row.map(person).transpose()?)
    }

    async fn update_person(&mut self, person: &PersonRecord, now: DateTime<Utc>) -> Stored<()> {
        let mut row = self.person_row(person, now).into_active_model().reset_all();
        row.municipality_id = sea_orm::NotSet;
        row.id = sea_orm::NotSet;
        row.serial = sea_orm::NotSet;
        row.filed_at = sea_orm::NotSet;
        row.created_at = sea_orm::NotSet;
        let changed = self
            .update::<people::Entity>()
            .set(row)
            .filter(people::Column::Id.eq(person.id.0))
            .exec(&self.conn)
            .await
            .doing("changing a person")?;
        if changed.rows_affected == 0 {
            return Err(fault("changing a person", "there is none with this id"));
        }
        Ok(())
    }

    async fn insert_session(&mut self, session: &SessionRecord) -> Stored<()> {
        let row = sessions::Model {
            municipality_id: self.tenant(),
            token_hash: session.token_hash.to_vec(),
            person_id: session.person.0,
            created_at: row::micros(session.created_at),
            last_seen_at: row::micros(session.last_seen_at),
            expires_at: row::micros(session.expires_at),
            stepped_up_at: session.stepped_up_at.map(row::micros),
        };
        self.enter(row, "entering a session").await
    }

    async fn touch_session(&mut self, token_hash: &[u8; 32], now: DateTime<Utc>) -> Stored<()> {
        self.update::<sessions::Entity>()
            .col_expr(sessions::Column::LastSeenAt, Expr::value(row::micros(now)))
            .filter(sessions::Column::TokenHash.eq(token_hash.as_slice()))
            .exec(&self.conn)
            .await
            .doing("touching a session")?;
        Ok(())
    }

    async fn delete_session(&mut self, token_hash: &[u8; 32]) -> Stored<bool> {
        let ended = self
            .delete::<sessions::Entity>()
            .filter(sessions::Column::TokenHash.eq(token_hash.as_slice()))
            .exec(&self.conn)
            .await
            .doing("ending a session")?;
        Ok(ended.rows_affected > 0)
    }

    async fn delete_other_sessions(&mut self, person: PersonId, kept: &[u8; 32]) -> Stored<()> {
        self.delete::<sessions::Entity>()
            .filter(sessions::Column::PersonId.eq(person.0))
            .filter(sessions::Column::TokenHash.ne(kept.as_slice()))
            .exec(&self.conn)
            .await
            .doing("ending a person's other sessions")?;
        Ok(())
    }

    async fn insert_attempt(&mut self, attempt: &AttemptRecord) -> Stored<()> {
        let (purpose, bound) = match attempt.purpose {
            AttemptPurpose::SignIn => (SIGN_IN, None),
            AttemptPurpose::StepUp(bound) => (STEP_UP, Some(bound)),
            AttemptPurpose::Link(bound) => (LINK, Some(bound)),
        };
        let row = attempts::Model {
            realm: word(attempt.realm).to_owned(),
            purpose: purpose.to_owned(),
            session_hash: bound.map(|bound| bound.session_hash.to_vec()),
            person_id: bound.map(|bound| bound.person.0),
            municipality_id: self.tenant(),
            state_hash: attempt.state_hash.to_vec(),
            browser_hash: attempt.browser_hash.to_vec(),
            nonce: attempt.nonce.clone(),
            verifier: attempt.verifier.clone(),
            return_to: attempt.return_to.clone(),
            created_at: row::micros(attempt.created_at),
            expires_at: row::micros(attempt.expires_at),
            consumed_at: None,
        };
        self.enter(row, "entering a sign-in attempt").await
    }

    async fn consume_attempt(
        &mut self,
        realm: Realm,
        state_hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Stored<Option<AttemptRecord>> {
        let consumed = self
            .update::<attempts::Entity>()
            .col_expr(attempts::Column::ConsumedAt, Expr::value(row::micros(now)))
            .filter(attempts::Column::StateHash.eq(state_hash.as_slice()))
            .filter(attempts::Column::Realm.eq(word(realm)))
            .filter(attempts::Column::ConsumedAt.is_null())
            .exec_with_returning(&self.conn)
            .await
            .doing("consuming a sign-in attempt")?;
        Ok(consumed.into_iter().next().map(attempt).transpose()?)
    }

    async fn insert_former_email(&mut self, email: &FormerEmail) -> Stored<()> {
        let row = former_emails::Model {
            municipality_id: self.tenant(),
            id: email.id,
            person_id: email.person.0,
            email_sealed: email.email_sealed.clone(),
            replaced_at: row::micros(email.replaced_at),
        };
        self.enter(row, "keeping a former e-mail address").await
    }

    async fn purge_former_emails(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64> {
        let told = self
            .find::<former_emails::Entity>()
            .filter(former_emails::Column::ReplacedAt.lt(row::micros(before)));
        let key = former_emails::Column::Id;
        self.purge::<Uuid, _>(told, key, most, "purging former e-mail addresses")
            .await
    }

    async fn purge_sessions(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64> {
        let ended = self
            .find::<sessions::Entity>()
            .filter(sessions::Column::ExpiresAt.lt(row::micros(before)));
        let key = sessions::Column::TokenHash;
        self.purge::<Vec<u8>, _>(ended, key, most, "purging sessions that ended")
            .await
    }

    async fn purge_attempts(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64> {
        let lapsed = self
            .find::<attempts::Entity>()
            .filter(attempts::Column::ExpiresAt.lt(row::micros(before)));
        let key = attempts::Column::StateHash;
        self.purge::<Vec<u8>, _>(lapsed, key, most, "purging lapsed sign-in attempts")
            .await
    }
}

impl Scoped<DatabaseTransaction> {
    /// The database gives the number.
    pub(crate) fn person_row(
        &self,
        person: &PersonRecord,
        updated_at: DateTime<Utc>,
    ) -> people::Model {
        let (source, seen_by, document) = match person.verified_by {
            VerifiedBy::Card => ("card", None, None),
            VerifiedBy::Counter { staff, document } => ("counter", Some(staff.0), Some(document)),
        };
        people::Model {
            municipality_id: self.tenant(),
            id: person.id.0,
            serial: None,
            name_sealed: person.name_sealed.clone(),
            kana_sealed: person.kana_sealed.clone(),
            address_sealed: person.address_sealed.clone(),
            birthdate_sealed: person.birthdate_sealed.clone(),
            gender_sealed: person.gender_sealed.clone(),
            email_sealed: person.email_sealed.clone(),
            phone_sealed: person.phone_sealed.clone(),
            in_town: person.in_town,
            verified_at: row::micros(person.verified_at),
            source: source.to_owned(),
            seen_by,
            document: document.map(|document| document.as_str().to_owned()),
            filed_at: None,
            created_at: row::micros(person.created_at),
            updated_at: row::micros(updated_at),
        }
    }
}

pub(crate) fn person(model: people::Model) -> Result<PersonRecord, Unreadable> {
    let row = Row::of("people", model.id);
    let verified_by = match (model.seen_by, model.document) {
        (Some(staff), Some(document)) => VerifiedBy::Counter {
            staff: StaffId(staff),
            document: row.word("document", document)?,
        },
        (None, None) => VerifiedBy::Card,
        _ => return Err(row.unreadable("document", "seen by nobody, or nothing seen")),
    };
    Ok(PersonRecord {
        id: PersonId(model.id),
        name_sealed: model.name_sealed,
        kana_sealed: model.kana_sealed,
        address_sealed: model.address_sealed,
        birthdate_sealed: model.birthdate_sealed,
        gender_sealed: model.gender_sealed,
        email_sealed: model.email_sealed,
        phone_sealed: model.phone_sealed,
        in_town: model.in_town,
        verified_at: row.instant("verified_at", model.verified_at)?,
        verified_by,
        created_at: row.instant("created_at", model.created_at)?,
    })
}

fn session(model: sessions::Model) -> Result<SessionRecord, Unreadable> {
    let row = Row::of("sessions", model.person_id);
    Ok(SessionRecord {
        token_hash: row.hash("token_hash", model.token_hash)?,
        person: PersonId(model.person_id),
        created_at: row.instant("created_at", model.created_at)?,
        last_seen_at: row.instant("last_seen_at", model.last_seen_at)?,
        expires_at: row.instant("expires_at", model.expires_at)?,
        stepped_up_at: model
            .stepped_up_at
            .map(|at| row.instant("stepped_up_at", at))
            .transpose()?,
    })
}

fn former_email(model: former_emails::Model) -> Result<FormerEmail, Unreadable> {
    let row = Row::of("former_emails", model.id);
    Ok(FormerEmail {
        id: model.id,
        person: PersonId(model.person_id),
        email_sealed: model.email_sealed,
        replaced_at: row.instant("replaced_at", model.replaced_at)?,
    })
}

fn attempt(model: attempts::Model) -> Result<AttemptRecord, Unreadable> {
    let row = Row::of("sign_in_attempts", model.created_at);
    let bound = match (model.session_hash, model.person_id) {
        (Some(session_hash), Some(person)) => Some(BoundTo {
            session_hash: row.hash("session_hash", session_hash)?,
            person: PersonId(person),
        }),
        _ => None,
    };
    let purpose = match (&*model.purpose, bound) {
        (SIGN_IN, None) => AttemptPurpose::SignIn,
        (STEP_UP, Some(bound)) => AttemptPurpose::StepUp(bound),
        (LINK, Some(bound)) => AttemptPurpose::Link(bound),
        _ => return Err(row.unreadable("purpose", "not a purpose, or not with this session")),
    };
    let realm = [Realm::Resident, Realm::Staff]
        .into_iter()
        .find(|realm| word(*realm) == model.realm)
        .ok_or_else(|| row.unreadable("realm", "no such realm"))?;
    Ok(AttemptRecord {
        realm,
        purpose,
        state_hash: row.hash("state_hash", model.state_hash)?,
        browser_hash: row.hash("browser_hash", model.browser_hash)?,
        nonce: model.nonce,
        verifier: model.verifier,
        return_to: model.return_to,
        created_at: row.instant("created_at", model.created_at)?,
        expires_at: row.instant("expires_at", model.expires_at)?,
    })
}
