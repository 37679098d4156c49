//! What a card says, put over what was known (カードの読取り).

use contract::Call;
use domain::ids::PersonId;
use domain::residency;

use super::Doorkeeper;
use super::lives::note_where_they_live;
use crate::filing::file;
use crate::ports::identity::{Birthdate, CardIdentity, Gender};
use crate::ports::store::{IdentityKey, PersonRecord, Transaction, VerifiedBy};
use crate::sealing::PersonSeal;
use crate::transact::Abort;

/// The key of the card's identity.
pub(super) fn key_of(card: &CardIdentity) -> IdentityKey {
    IdentityKey {
        issuer: card.issuer.clone(),
        client_id: card.client_id.clone(),
        subject: card.subject.reveal().clone(),
    }
}

/// Keeps what a known person's card says today.
pub(super) async fn read_again(
    door: &Doorkeeper,
    call: &Call,
    tx: &mut dyn Transaction,
    id: PersonId,
    card: &CardIdentity,
) -> Result<PersonRecord, Abort> {
    let before = tx.lock_person(id).await?;
    let seal = PersonSeal::new(door.vault.as_ref(), call.municipality(), id);
    let former_name = before.as_ref().map(|it| seal.open_name(&it.name_sealed));
    let former_name = former_name.transpose()?;
    let person = as_read_from_card(door, call, tx, id, (card, before.clone())).await?;
    tx.update_person(&person, call.now()).await?;
    note_where_they_live(door, call, tx, card, (before.as_ref(), &person)).await?;
    // Names seldom change, and many sign in at once when booking opens.
    if card.name.is_some() && card.name != former_name {
        file(tx, door.vault.as_ref(), call, &person).await?;
    }
    Ok(person)
}

/// The card's facts of today over what was there. What the card did not give is kept: a
/// narrower consent must not wipe out an earlier one.
pub(super) async fn as_read_from_card(
    door: &Doorkeeper,
    call: &Call,
    tx: &mut dyn Transaction,
    id: PersonId,
    (card, before): (&CardIdentity, Option<PersonRecord>),
) -> Result<PersonRecord, Abort> {
    let seal = PersonSeal::new(door.vault.as_ref(), call.municipality(), id);
    let town = tx.town().await?;
    let in_town = card.address.as_ref().map(|address| {
        town.as_ref().is_some_and(|applied| {
            residency::lives_in(
                &applied.town.prefecture,
                &applied.town.name,
                address.reveal(),
            )
        })
    });
    let name = match (&card.name, &before) {
        (Some(name), _) => seal.name(name.reveal())?,
        (None, Some(before)) => before.name_sealed.clone(),
        (None, None) => seal.name("")?,
    };
    let address = card
        .address
        .as_ref()
        .map(|a| seal.address(a.reveal()))
        .transpose()?;
    let birthdate = card
        .birthdate
        .as_ref()
        .map(|b| seal.birthdate(&spelled(b.reveal())));
    let gender = card
        .gender
        .as_ref()
        .map(|g| seal.gender(gender_code(g.reveal())));
    let (birthdate, gender) = (birthdate.transpose()?, gender.transpose()?);
    let kept = before.as_ref();
    Ok(PersonRecord {
        id,
        name_sealed: name,
        kana_sealed: kept.and_then(|p| p.kana_sealed.clone()),
        address_sealed: address.or_else(|| kept.and_then(|p| p.address_sealed.clone())),
        birthdate_sealed: birthdate.or_else(|| kept.and_then(|p| p.birthdate_sealed.clone())),
        gender_sealed: gender.or_else(|| kept.and_then(|p| p.gender_sealed.clone())),
        email_sealed: kept.and_then(|p| p.email_sealed.clone()),
        phone_sealed: kept.and_then(|p| p.phone_sealed.clone()),
        in_town: in_town.unwrap_or_else(|| kept.is_some_and(|p| p.in_town)),
        verified_at: call.now(),
        verified_by: VerifiedBy::Card,
        created_at: kept.map_or_else(|| call.now(), |p| p.created_at),
    })
}

/// A date of birth as it is kept.
pub(super) fn spelled(birthdate: &Birthdate) -> String {
    match birthdate {
        Birthdate::Day(day) => day.to_string(),
        Birthdate::Unclear(text) => text.clone(),
    }
}

fn gender_code(gender: &Gender) -> &str {
    match gender {
        Gender::Male => "1",
        Gender::Female => "2",
        Gender::Other(text) => text,
    }
}
