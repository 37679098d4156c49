//! A telephone number for somebody who never gave one (電話番号の登録): they came with their card, and
//! stand at the counter now.

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal};
use domain::ids::PersonId;
use domain::personal::Personal;

use super::register::phone_problem;
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::filing::file;
use crate::ports::store::Transaction;
use crate::sealing::PersonSeal;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn note_phone(
        &self,
        call: &Call,
        person: PersonId,
        phone: &Personal<String>,
    ) -> Outcome<()> {
        let note = Note {
            desk: self,
            call,
            person,
            phone,
        };
        transact(self.store.as_ref(), call.municipality(), &note).await
    }
}

struct Note<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    phone: &'a Personal<String>,
}

#[async_trait]
impl Action for Note<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let call = self.call;
        staff(tx, call, Doing::SeePersonalData, Place::Anywhere).await?;
        staff(tx, call, Doing::SellAtCounter, Place::Anywhere).await?;
        if let Some(problem) = phone_problem(self.phone.reveal()) {
            return Err(Refusal::field("phone", problem).into());
        }
        let found = tx.lock_person(self.person).await?;
        let mut person = found.ok_or(Refusal::NotFound)?;
        let vault = self.desk.vault.as_ref();
        let seal = PersonSeal::new(vault, call.municipality(), self.person);
        let typed = self.phone.reveal().trim();
        if let Some(known) = &person.phone_sealed {
            // Two clerks, or the same form twice. What is known is changed by the person alone.
            let same = seal.open_phone(known)?.reveal() == typed;
            return if same {
                Ok(())
            } else {
                Err(Refusal::StaleForm.into())
            };
        }
        person.phone_sealed = Some(seal.phone(typed)?);
        tx.update_person(&person, call.now()).await?;
        file(tx, vault, call, &person).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, "person.phone_given")
            .about("person", self.person.0);
        Ok(tx.record(&entry).await?)
    }
}
