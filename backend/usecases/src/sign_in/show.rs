//! Showing another card to add it (追加するカードの提示). Only looked at and kept: a form that no other
//! site can send adds it ([`crate::cards`]).

use async_trait::async_trait;
use contract::{Call, Refusal};

use super::Doorkeeper;
use super::reading::{key_of, spelled};
use crate::cards::{is_same_birthdate, note_refused};
use crate::ports::identity::CardIdentity;
use crate::ports::store::{BoundTo, PendingCardRecord, Transaction};
use crate::sealing::PersonSeal;
use crate::transact::{Abort, Action};

/// What became of it.
pub(super) enum Shown {
    /// It waits for a yes.
    Kept,
    /// It is one of the own cards already.
    Known,
    /// It is another resident's way in, or another human's card.
    NotTheirs,
    /// The session ended meanwhile.
    SessionOver,
}

/// Keeps a card until its holder says yes.
pub(super) struct Show<'a> {
    pub(super) door: &'a Doorkeeper,
    pub(super) call: &'a Call,
    pub(super) card: &'a CardIdentity,
    pub(super) bound: BoundTo,
}

#[async_trait]
impl Action for Show<'_> {
    type Output = Shown;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Shown, Abort> {
        let me = self.bound.person;
        if tx.session(&self.bound.session_hash).await?.is_none() {
            return Ok(Shown::SessionOver);
        }
        let person = tx.person(me).await?.ok_or(Refusal::SignInRequired)?;
        let identity = key_of(self.card);
        match tx.person_of(&identity).await? {
            Some(owner) if owner == me => return Ok(Shown::Known),
            Some(owner) => return self.refuse(tx, &Refusal::CardTaken, Some(owner)).await,
            None => {}
        }
        let (vault, call) = (self.door.vault.as_ref(), self.call);
        let seal = PersonSeal::new(vault, call.municipality(), me);
        let born = self.card.birthdate.as_ref();
        let born = born.map(|day| seal.birthdate(&spelled(day.reveal())));
        let born = born.transpose()?;
        if !is_same_birthdate(&seal, born.as_deref(), &person)? {
            return self.refuse(tx, &Refusal::AnotherPerson, None).await;
        }
        let name = self.card.name.as_ref();
        let name = name.map(|name| seal.name(name.reveal())).transpose()?;
        tx.put_pending_card(&PendingCardRecord {
            asked_by: self.bound,
            identity,
            name_sealed: name,
            birthdate_sealed: born,
            created_at: call.now(),
        })
        .await?;
        Ok(Shown::Kept)
    }
}

impl Show<'_> {
    async fn refuse(
        &self,
        tx: &mut dyn Transaction,
        refusal: &Refusal,
        owner: Option<domain::ids::PersonId>,
    ) -> Result<Shown, Abort> {
        // Somebody with two cards could ask all day: the trail is not theirs to fill.
        if self
            .door
            .notes
            .has_room(self.call.municipality(), self.call.now())
        {
            let me = self.bound.person;
            note_refused(
                self.door.chance.as_ref(),
                self.call,
                tx,
                refusal,
                (me, owner),
            )
            .await?;
        }
        Ok(Shown::NotTheirs)
    }
}
