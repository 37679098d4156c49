//! The own profile (プロフィール).

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{Action as Doing, Call, Failure, Fault, Outcome, Profile, Refusal, UpdateProfile};
use domain::civil;
use domain::ids::{MunicipalityId, PersonId};
use domain::personal::Personal;

use crate::authority::signed_in;
use crate::desk::Desk;
use crate::ports::store::{PersonRecord, Transaction};
use crate::ports::vault::Vault;
use crate::sealing::PersonSeal;
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// A person's record, opened.
pub(crate) fn open_profile(
    vault: &dyn Vault,
    municipality: MunicipalityId,
    person: &PersonRecord,
) -> Result<Profile, Fault> {
    let seal = PersonSeal::new(vault, municipality, person.id);
    let [address, birthdate, email, phone] = [
        &person.address_sealed,
        &person.birthdate_sealed,
        &person.email_sealed,
        &person.phone_sealed,
    ]
    .map(Option::as_deref);
    let birthdate = birthdate
        .map(|sealed| seal.open_birthdate(sealed))
        .transpose()?
        .and_then(|text| text.reveal().parse::<NaiveDate>().ok())
        .map(Personal::new);
    Ok(Profile {
        name: seal.open_name(&person.name_sealed)?,
        address: address.map(|s| seal.open_address(s)).transpose()?,
        birthdate,
        in_town: person.in_town,
        verified_on: civil::date_at(person.verified_at),
        email: email.map(|s| seal.open_email(s)).transpose()?,
        phone: phone.map(|s| seal.open_phone(s)).transpose()?,
    })
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
        let found = tx.person(self.person).await?;
        let mut person = found.ok_or(Refusal::SignInRequired)?;
        let seal = PersonSeal::new(
            self.desk.vault.as_ref(),
            self.call.municipality(),
            self.person,
        );
        person.email_sealed = Some(seal.email(self.change.email.reveal())?);
        person.phone_sealed = Some(seal.phone(self.change.phone.reveal())?);
        tx.update_person(&person, self.call.now()).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "profile.changed")
            .about("person", self.person.0);
        Ok(tx.record(&entry).await?)
    }
}
