//! The cards one signs in with (登録しているカード): seen, added, taken away.
//!
//! Nobody adds or takes away without having shown their card again a moment ago. Two identities are
//! never put together by a name: a card is added by somebody who holds both, and only where the
//! dates of birth agree (identity.md §2).

use async_trait::async_trait;
use contract::{
    Action as Doing, Call, CardRef, Fault, LiveSession, Outcome, OwnCard, PendingCard, Refusal,
};
use domain::civil;
use domain::ids::PersonId;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::authority::signed_in;
use crate::desk::Desk;
use crate::outbox::enqueue;
use crate::ports::chance::Chance;
use crate::ports::store::{IdentityKey, JobKind, PersonRecord, Transaction};
use crate::sealing::PersonSeal;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(crate) async fn own_cards(&self, call: &Call) -> Outcome<Vec<OwnCard>> {
        let person = signed_in(call, Doing::ManageOwnProfile)?;
        let reading = self.store.read(call.municipality()).await?;
        let identities = reading.identities(person).await?;
        let cards = identities.iter().map(|identity| OwnCard {
            card: reference(&identity.key),
            added_on: civil::date_at(identity.added_at),
        });
        Ok(cards.collect())
    }

    pub(crate) async fn card_that_waits(&self, call: &Call) -> Outcome<Option<PendingCard>> {
        let person = signed_in(call, Doing::ManageOwnProfile)?;
        let Some(session) = call.session() else {
            return Ok(None);
        };
        let reading = self.store.read(call.municipality()).await?;
        let pending = reading.pending_card(&session.token_hash).await?;
        let Some(pending) = pending.filter(|card| card.asked_by.person == person) else {
            return Ok(None);
        };
        let seal = PersonSeal::new(self.vault.as_ref(), call.municipality(), person);
        let name = pending.name_sealed.as_deref();
        let name = name.map(|sealed| seal.open_name(sealed)).transpose()?;
        Ok(Some(PendingCard { name }))
    }

    pub(crate) async fn add_the_card(&self, call: &Call) -> Outcome<()> {
        let (person, session) = with_the_card(call)?;
        let add = Add {
            desk: self,
            call,
            person,
            session,
        };
        let added = transact(self.store.as_ref(), call.municipality(), &add).await?;
        Ok(added?)
    }

    pub(crate) async fn take_card_away(&self, call: &Call, card: &CardRef) -> Outcome<()> {
        let (person, session) = with_the_card(call)?;
        let remove = Remove {
            desk: self,
            call,
            person,
            session,
            card: *card,
        };
        transact(self.store.as_ref(), call.municipality(), &remove).await
    }
}

/// Who asks, if they showed their card again a moment ago.
fn with_the_card(call: &Call) -> Result<(PersonId, LiveSession), Refusal> {
    let person = signed_in(call, Doing::ManageOwnProfile)?;
    let session = call.stepped_up().ok_or(Refusal::StepUpRequired)?;
    Ok((person, session))
}

/// How a form names an identity. What the card service calls somebody is long and random, so its
/// hash gives nothing away.
fn reference(key: &IdentityKey) -> CardRef {
    let digest = Sha256::new()
        .chain_update(b"card\0")
        .chain_update(&key.issuer)
        .chain_update(b"\0")
        .chain_update(&key.client_id)
        .chain_update(b"\0")
        .chain_update(&key.subject)
        .finalize();
    CardRef::of(digest.into())
}

/// Whether a card's date of birth, sealed for the person, is theirs. What either does not say, the
/// counter has to ask.
pub(crate) fn is_same_birthdate(
    seal: &PersonSeal<'_>,
    of_card: Option<&[u8]>,
    person: &PersonRecord,
) -> Result<bool, Fault> {
    let (Some(of_card), Some(known)) = (of_card, &person.birthdate_sealed) else {
        return Ok(false);
    };
    let (of_card, known) = (seal.open_birthdate(of_card)?, seal.open_birthdate(known)?);
    Ok(of_card.reveal() == known.reveal())
}

/// Notes about everybody it concerns that a card was not added (identity.md §2: both identities),
/// and nothing of what it said.
pub(crate) async fn note_refused(
    chance: &dyn Chance,
    call: &Call,
    tx: &mut dyn Transaction,
    refusal: &Refusal,
    (person, owner): (PersonId, Option<PersonId>),
) -> Result<(), Abort> {
    for about in [Some(person), owner].into_iter().flatten() {
        let entry = trail::entry(chance, call, "card.refused")
            .about("person", about.0)
            .with(json!({ "code": refusal.code() }));
        tx.record(&entry).await?;
    }
    Ok(())
}

struct Add<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    session: LiveSession,
}

#[async_trait]
impl Action for Add<'_> {
    /// A card that is not theirs is used up and noted all the same.
    type Output = Result<(), Refusal>;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Self::Output, Abort> {
        let (me, call) = (self.person, self.call);
        let pending = tx.take_pending_card(&self.session.token_hash).await?;
        let pending = pending.filter(|card| card.asked_by.person == me);
        let pending = pending.ok_or(Refusal::NoPendingCard)?;
        let person = tx.person(me).await?.ok_or(Refusal::SignInRequired)?;
        let seal = PersonSeal::new(self.desk.vault.as_ref(), call.municipality(), me);
        // Once more: the other card may have been read since, and say something else.
        if !is_same_birthdate(&seal, pending.birthdate_sealed.as_deref(), &person)? {
            return self.refuse(tx, Refusal::AnotherPerson, None).await;
        }
        if !tx
            .insert_identity(me, &pending.identity, call.now())
            .await?
        {
            return match tx.person_of(&pending.identity).await? {
                Some(owner) if owner == me => Ok(Ok(())),
                owner => self.refuse(tx, Refusal::CardTaken, owner).await,
            };
        }
        let chance = self.desk.chance.as_ref();
        let entry = trail::entry(chance, call, "card.added").about("person", me.0);
        tx.record(&entry).await?;
        if person.email_sealed.is_some() {
            let kind = JobKind::MailCardAdded {
                person: me,
                entry: entry.id,
            };
            enqueue(tx, chance, call, kind, call.now()).await?;
        }
        Ok(Ok(()))
    }
}

impl Add<'_> {
    async fn refuse(
        &self,
        tx: &mut dyn Transaction,
        refusal: Refusal,
        owner: Option<PersonId>,
    ) -> Result<Result<(), Refusal>, Abort> {
        let chance = self.desk.chance.as_ref();
        note_refused(chance, self.call, tx, &refusal, (self.person, owner)).await?;
        Ok(Err(refusal))
    }
}

struct Remove<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    session: LiveSession,
    card: CardRef,
}

#[async_trait]
impl Action for Remove<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (me, call) = (self.person, self.call);
        let person = tx.person(me).await?.ok_or(Refusal::SignInRequired)?;
        let identities = tx.lock_identities(me).await?;
        let gone = identities
            .iter()
            .find(|identity| reference(&identity.key) == self.card)
            .ok_or(Refusal::NotFound)?;
        if identities.len() < 2 {
            return Err(Refusal::LastCard.into());
        }
        tx.delete_identity(&gone.key).await?;
        // A card is taken away because it was lost: whoever found it is out.
        tx.delete_other_sessions(me, &self.session.token_hash)
            .await?;
        let chance = self.desk.chance.as_ref();
        let entry = trail::entry(chance, call, "card.removed").about("person", me.0);
        tx.record(&entry).await?;
        if person.email_sealed.is_some() {
            let kind = JobKind::MailCardRemoved {
                person: me,
                entry: entry.id,
            };
            enqueue(tx, chance, call, kind, call.now()).await?;
        }
        Ok(())
    }
}
