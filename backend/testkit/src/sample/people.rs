//! The people of the sample month: some came with a card, some were seen at the counter.

use anyhow::Result;
use chrono::Duration;
use domain::identity_document::IdentityDocument;
use domain::ids::PersonId;
use usecases::ports::chance::Chance as _;
use usecases::ports::store::{IdentityKey, PersonRecord, Store as _, VerifiedBy};
use usecases::ports::vault::Place;

use super::names::{GIVEN, SURNAMES};
use super::{Ground, ISSUER};

/// Enters them; `None` where they are there already.
pub(super) async fn settle(ground: &Ground<'_>) -> Result<Option<Vec<PersonId>>> {
    let mut people = Vec::new();
    let reading = ground.store.read(ground.municipality).await?;
    if reading.person_of(&identity(0)).await?.is_some() {
        return Ok(None);
    }
    drop(reading);
    let mut tx = ground.store.begin(ground.municipality).await?;
    for (surname, surname_kana) in SURNAMES {
        for (given, given_kana) in GIVEN {
            let nth = people.len();
            let name = format!("{surname}　{given}");
            let kana = format!("{surname_kana}　{given_kana}");
            let person = person(ground, nth, &name, &kana)?;
            if person.verified_by == VerifiedBy::Card {
                tx.insert_person(&person, &identity(nth)).await?;
            } else {
                let _number = tx.insert_person_without_card(&person).await?;
            }
            people.push(person.id);
        }
    }
    tx.commit().await?;
    Ok(Some(people))
}

fn identity(nth: usize) -> IdentityKey {
    IdentityKey {
        issuer: ISSUER.to_owned(),
        client_id: "sample".to_owned(),
        subject: format!("sample-{nth}"),
    }
}

fn person(ground: &Ground<'_>, nth: usize, name: &str, kana: &str) -> Result<PersonRecord> {
    let since = ground.now - Duration::days(60);
    let id = PersonId(ground.chance.id(since));
    let seal = |field: &'static str, plain: &str| {
        let place = Place {
            municipality: ground.municipality.0,
            record: id.0,
            field,
        };
        ground.vault.seal(&place, plain.as_bytes())
    };
    // Every third was seen at the counter, without a card.
    let has_card = !nth.is_multiple_of(3) || nth == 0;
    Ok(PersonRecord {
        id,
        name_sealed: seal("people.name", name)?,
        kana_sealed: (!has_card).then(|| seal("people.kana", kana)).transpose()?,
        address_sealed: None,
        birthdate_sealed: None,
        gender_sealed: None,
        email_sealed: None,
        phone_sealed: Some(seal("people.phone", &format!("0774-00-{nth:04}"))?),
        in_town: nth % 5 != 4,
        verified_at: since,
        verified_by: if has_card {
            VerifiedBy::Card
        } else {
            VerifiedBy::Counter {
                staff: ground.clerk,
                document: IdentityDocument::DrivingLicence,
            }
        },
        created_at: since,
    })
}
