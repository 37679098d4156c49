//! Identities: the cards that people sign in with.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::PersonId;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{
    BoundTo, IdentityKey, IdentityReads, IdentityRecord, IdentityWrites, PendingCardRecord,
    StoreFailure, Stored,
};

use crate::entity::{identities, pending_cards};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

#[async_trait]
impl<C: ConnectionTrait + Send> IdentityReads for Scoped<C> {
    async fn identities(&self, person: PersonId) -> Stored<Vec<IdentityRecord>> {
        let rows = self
            .of_person(person)
            .all(&self.conn)
            .await
            .doing("reading a person's identities")?;
        Ok(rows.into_iter().map(identity).collect::<Result<_, _>>()?)
    }

    async fn pending_card(&self, session_hash: &[u8; 32]) -> Stored<Option<PendingCardRecord>> {
        let row = self
            .find::<pending_cards::Entity>()
            .filter(pending_cards::Column::SessionHash.eq(session_hash.as_slice()))
            .one(&self.conn)
            .await
            .doing("reading a card that waits")?;
        Ok(row.map(pending).transpose()?)
    }
}

#[async_trait]
impl IdentityWrites for Scoped<DatabaseTransaction> {
    async fn lock_identities(&mut self, person: PersonId) -> Stored<Vec<IdentityRecord>> {
        let rows = self
            .of_person(person)
            .lock(LockType::Update)
            .all(&self.conn)
            .await
            .doing("locking a person's identities")?;
        Ok(rows.into_iter().map(identity).collect::<Result<_, _>>()?)
    }

    async fn insert_identity(
        &mut self,
        person: PersonId,
        identity: &IdentityKey,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        let row = identities::Model {
            municipality_id: self.tenant(),
            issuer: identity.issuer.clone(),
            client_id: identity.client_id.clone(),
            subject: identity.subject.clone(),
            person_id: person.0,
            created_at: row::micros(now),
        };
        self.enter_unless(there::<identities::Column>([]), row, "entering an identity")
            .await
    }

    async fn delete_identity(&mut self, identity: &IdentityKey) -> Stored<()> {
        self.delete::<identities::Entity>()
            .filter(identities::Column::Issuer.eq(&*identity.issuer))
            .filter(identities::Column::ClientId.eq(&*identity.client_id))
            .filter(identities::Column::Subject.eq(&*identity.subject))
            .exec(&self.conn)
            .await
            .doing("taking an identity away")?;
        Ok(())
    }

    async fn put_pending_card(&mut self, card: &PendingCardRecord) -> Stored<()> {
        self.take_pending_card(&card.asked_by.session_hash).await?;
        let row = pending_cards::Model {
            municipality_id: self.tenant(),
            session_hash: card.asked_by.session_hash.to_vec(),
            person_id: card.asked_by.person.0,
            issuer: card.identity.issuer.clone(),
            client_id: card.identity.client_id.clone(),
            subject: card.identity.subject.clone(),
            name_sealed: card.name_sealed.clone(),
            birthdate_sealed: card.birthdate_sealed.clone(),
            created_at: row::micros(card.created_at),
        };
        let kept = self
            .enter_unless(
                there::<pending_cards::Column>([]),
                row,
                "keeping a card that waits",
            )
            .await?;
        if kept {
            Ok(())
        } else {
            // Another one was shown in the same session meanwhile; the later takes its place.
            Err(StoreFailure::Contended)
        }
    }

    async fn take_pending_card(
        &mut self,
        session_hash: &[u8; 32],
    ) -> Stored<Option<PendingCardRecord>> {
        let taken = self
            .delete::<pending_cards::Entity>()
            .filter(pending_cards::Column::SessionHash.eq(session_hash.as_slice()))
            .exec_with_returning(&self.conn)
            .await
            .doing("taking a card that waits")?;
        Ok(taken.into_iter().next().map(pending).transpose()?)
    }
}

impl<C> Scoped<C> {
    /// A person's identities, the oldest first, always in the same order.
    fn of_person(&self, person: PersonId) -> Select<identities::Entity> {
        self.find::<identities::Entity>()
            .filter(identities::Column::PersonId.eq(person.0))
            .order_by_asc(identities::Column::CreatedAt)
            .order_by_asc(identities::Column::Issuer)
            .order_by_asc(identities::Column::ClientId)
            .order_by_asc(identities::Column::Subject)
    }
}

fn identity(model: identities::Model) -> Result<IdentityRecord, Unreadable> {
    let row = Row::of("identities", model.person_id);
    Ok(IdentityRecord {
        added_at: row.instant("created_at", model.created_at)?,
        key: IdentityKey {
            issuer: model.issuer,
            client_id: model.client_id,
            subject: model.subject,
        },
    })
}

fn pending(model: pending_cards::Model) -> Result<PendingCardRecord, Unreadable> {
    let row = Row::of("pending_cards", model.person_id);
    Ok(PendingCardRecord {
        asked_by: BoundTo {
            session_hash: row.hash("session_hash", model.session_hash)?,
            person: PersonId(model.person_id),
        },
        identity: IdentityKey {
            issuer: model.issuer,
            client_id: model.client_id,
            subject: model.subject,
        },
        name_sealed: model.name_sealed,
        birthdate_sealed: model.birthdate_sealed,
        created_at: row.instant("created_at", model.created_at)?,
    })
}
