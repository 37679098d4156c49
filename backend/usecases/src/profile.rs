//! The own profile (プロフィール).

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{
    Action as Doing, Call, Failure, Fault, Outcome, ProblemKind, Profile, Refusal, UpdateProfile,
};
use domain::civil;
use domain::ids::{MunicipalityId, PersonId};
use domain::personal::Personal;

use crate::authority::signed_in;
use crate::desk::Desk;
use crate::filing::file;
use crate::outbox::enqueue;
use crate::ports::store::{FormerEmail, JobKind, PersonRecord, Transaction};
use crate::ports::vault::Vault;
use crate::sealing::{PersonSeal, seal_former_email};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// A person's record, opened.
pub(crate) fn open_profile(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    person: &PersonRecord,
) -> Result<Profile, Fault> {
    let seal = PersonSeal::new(vault, municipality, person.id);
    let [address, email, phone] = [
        &person.address_sealed,
        &person.email_sealed,
        &person.phone_sealed,
    ]
    .map(Option::as_deref);
    Ok(Profile {
        name: seal.open_name(&person.name_sealed)?,
        address: address.map(|s| seal.open_address(s)).transpose()?,
        birthdate: open_birthdate(vault, municipality, person)?.map(Personal::new),
        in_town: person.in_town,
        verified_on: civil::date_at(person.verified_at),
        email: email.map(|s| seal.open_email(s)).transpose()?,
        phone: phone.map(|s| seal.open_phone(s)).transpose()?,
    })
}

/// The day on which somebody was born; `None` where no card said one that can be read.
pub(crate) fn open_birthdate(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    person: &PersonRecord,
) -> Result<Option<NaiveDate>, Fault> {
    let seal = PersonSeal::new(vault, municipality, person.id);
    let sealed = person.birthdate_sealed.as_deref();
    let text = sealed.map(|it| seal.open_birthdate(it)).transpose()?;
    Ok(text.and_then(|text| text.reveal().parse().ok()))
}

impl Desk {
    pub(crate) async fn own_profile(&self, call: &Call) -> Outcome<Profile> {
        let person = signed_in(call, Doing::ManageOwnProfile)?;
        let found = self
            .store
            .read(call.municipality())
            .await?
            .person(person)
            .await?;
        let record = found.ok_or(Failure::Refused(Refusal::SignInRequired))?;
        Ok(open_profile(
            self.vault.as_ref(),
            call.municipality(),
            &record,
        )?)
    }

    pub(crate) async fn change_profile(&self, call: &Call, change: &UpdateProfile) -> Outcome<()> {
        let person = signed_in(call, Doing::ManageOwnProfile)?;
        transact(
            self.store.as_ref(),
            call.municipality(),
            &Change {
                desk: self,
                call,
                person,
                change,
            },
        )
        .await
    }
}

struct Change<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
    change: &'a UpdateProfile,
}

#[async_trait]
impl Action for Change<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let found = tx.lock_person(self.person).await?;
        let mut person = found.ok_or(Refusal::SignInRequired)?;
        let seal = PersonSeal::new(
            self.desk.vault.as_ref(),
            self.call.municipality(),
            self.person,
        );
        self.change_email(tx, &seal, &mut person).await?;
        person.phone_sealed = Some(seal.phone(self.change.phone.reveal())?);
        tx.update_person(&person, self.call.now()).await?;
        file(tx, self.desk.vault.as_ref(), self.call, &person).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "profile.changed")
            .about("person", self.person.0);
        Ok(tx.record(&entry).await?)
    }
}

impl Change<'_> {
    /// The first address is free to give. Another one leads mail, and with it the next step of
    /// whoever has got into a session, somewhere else: that needs the card again, and the address
    /// there was is told.
    async fn change_email(
        &self,
        tx: &mut dyn Transaction,
        seal: &PersonSeal<'_>,
        person: &mut PersonRecord,
    ) -> Result<(), Abort> {
        let sealed = person.email_sealed.as_deref();
        let before = sealed.map(|sealed| seal.open_email(sealed)).transpose()?;
        match (&self.change.email, before) {
            (None, None) => Err(Refusal::field("email", ProblemKind::Missing).into()),
            (None, Some(_)) => Ok(()),
            (Some(new), Some(before)) if new.reveal() == before.reveal() => Ok(()),
            (Some(new), before) => {
                if let Some(before) = before {
                    self.call.stepped_up().ok_or(Refusal::StepUpRequired)?;
                    self.tell(tx, before.reveal()).await?;
                }
                person.email_sealed = Some(seal.email(new.reveal())?);
                Ok(())
            }
        }
    }

    async fn tell(&self, tx: &mut dyn Transaction, before: &str) -> Result<(), Abort> {
        let (chance, call) = (self.desk.chance.as_ref(), self.call);
        let id = chance.id(call.now());
        let vault = self.desk.vault.as_ref();
        tx.insert_former_email(&FormerEmail {
            id,
            person: self.person,
            email_sealed: seal_former_email(vault, call.municipality(), id, before)?,
            replaced_at: call.now(),
        })
        .await?;
        enqueue(
            tx,
            chance,
            call,
            JobKind::MailEmailChanged { former: id },
            call.now(),
        )
        .await?;
        let entry =
            trail::entry(chance, call, "profile.email_changed").about("person", self.person.0);
        Ok(tx.record(&entry).await?)
    }
}
