//! Coming in with a card (ログイン).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::{Actor, Call};
use domain::ids::PersonId;

use super::lives::note_where_they_live;
use super::reading::{as_read_from_card, key_of, read_again};
use super::{Doorkeeper, session};
use crate::filing::file;
use crate::ports::identity::CardIdentity;
use crate::ports::store::{IdentityKey, PersonRecord, SessionRecord, StoreFailure, Transaction};
use crate::trail;
use crate::transact::{Abort, Action};

/// Somebody is in.
pub(super) struct Entered {
    pub(super) ends_at: DateTime<Utc>,
    pub(super) needs_profile: bool,
}

/// Whether there is no way yet to reach them.
pub(super) const fn needs_profile(person: &PersonRecord) -> bool {
    person.email_sealed.is_none() || person.phone_sealed.is_none()
}

/// Finds or enters the person of a card, and opens a session.
pub(super) struct Enter<'a> {
    pub(super) door: &'a Doorkeeper,
    pub(super) call: &'a Call,
    pub(super) card: &'a CardIdentity,
    pub(super) session_hash: [u8; 32],
    pub(super) former_hash: Option<[u8; 32]>,
}

#[async_trait]
impl Action for Enter<'_> {
    type Output = Entered;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Entered, Abort> {
        let identity = key_of(self.card);
        let known = tx.person_of(&identity).await?;
        let person = match known {
            Some(id) => read_again(self.door, self.call, tx, id, self.card).await?,
            None => self.welcome(tx, &identity).await?,
        };
        if let Some(former) = &self.former_hash {
            tx.delete_session(former).await?;
        }
        let now = self.call.now();
        let ends_at = now + session::lifetime();
        tx.insert_session(&SessionRecord {
            token_hash: self.session_hash,
            person: person.id,
            created_at: now,
            last_seen_at: now,
            expires_at: ends_at,
            stepped_up_at: None,
        })
        .await?;
        let mut entry = trail::entry(self.door.chance.as_ref(), self.call, "sign_in.done")
            .about("person", person.id.0);
        // The call was still a visitor's.
        entry.actor = Actor::Person(person.id);
        tx.record(&entry).await?;
        Ok(Entered {
            ends_at,
            needs_profile: needs_profile(&person),
        })
    }
}

impl Enter<'_> {
    async fn welcome(
        &self,
        tx: &mut dyn Transaction,
        identity: &IdentityKey,
    ) -> Result<PersonRecord, Abort> {
        let id = PersonId(self.door.chance.id(self.call.now()));
        let person = as_read_from_card(self.door, self.call, tx, id, (self.card, None)).await?;
        if tx.insert_person(&person, identity).await? {
            note_where_they_live(self.door, self.call, tx, self.card, (None, &person)).await?;
            file(tx, self.door.vault.as_ref(), self.call, &person).await?;
            Ok(person)
        } else {
            // The same card in two tabs: the other one has just entered the person.
            Err(StoreFailure::Contended.into())
        }
    }
}
