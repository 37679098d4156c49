//! Finding people (利用者の検索): by number, telephone, reading or name, or by a reservation of theirs.

use contract::{Action as Doing, Call, FoundPeople, FoundPerson, Outcome, PersonWords};
use domain::ids::PersonId;
use domain::personal::Personal;
use domain::search_key::{
    PersonNumber, SearchKey, SearchRefusal, asked, kana_key, name_key, phone_key,
};

use super::opened::opened;
use crate::authority::{OnDuty, Place, staff};
use crate::counter::{Named, read_named};
use crate::desk::Desk;
use crate::filing::{hashes, keys_of};
use crate::ports::store::{FiledPerson, Reading, ReservationRecord, Stored};
use crate::ports::vault::{TermHash, Vault};
use crate::transact::Abort;

/// The pages, in the log of views.
const FOUND: &str = "counter.people";
const TWINS: &str = "counter.twins";

/// People on one page: more than that nobody reads while somebody waits.
const SHOWN: usize = 20;

/// People whose record is opened for one search. A term is cut short, so some of those filed under it
/// may not be meant.
const OPENED: u32 = 100;

impl Desk {
    pub(super) async fn find_by(
        &self,
        call: &Call,
        typed: &Personal<String>,
    ) -> Outcome<Result<FoundPeople, SearchRefusal>> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::SeePersonalData;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let looked = self
            .look_for(call, reading.as_ref(), &on_duty, typed.reveal())
            .await?;
        drop(reading);
        let (found, more) = match looked {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let people = self.show(call, &on_duty, &found, FOUND).await?;
        Ok(Ok(FoundPeople { people, more }))
    }

    /// Who was meant, and whether there are more than are given.
    async fn look_for(
        &self,
        call: &Call,
        reading: &dyn Reading,
        on_duty: &OnDuty,
        typed: &str,
    ) -> Outcome<Result<(Vec<FiledPerson>, bool), SearchRefusal>> {
        if let Some(person) = by_reservation(reading, on_duty, typed).await? {
            return Ok(Ok((reading.people(&[person]).await?, false)));
        }
        if let Ok(number) = typed.parse::<PersonNumber>() {
            let person = reading.person_with_number(number).await?;
            let ids: Vec<PersonId> = person.into_iter().collect();
            return Ok(Ok((reading.people(&ids).await?, false)));
        }
        let keys = match asked(typed) {
            Ok(keys) => keys,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let vault = self.vault.as_ref();
        let (mut found, all) = filed_under(reading, vault, call, &keys).await?;
        let mut meant = Vec::new();
        for person in found.drain(..) {
            let own = keys_of(vault, call, &person.record)?;
            if keys.iter().any(|key| own.answer(key)) {
                meant.push(person);
            }
        }
        let more = !all || meant.len() > SHOWN;
        meant.truncate(SHOWN);
        Ok(Ok((meant, more)))
    }

    pub(super) async fn perhaps_the_same(
        &self,
        call: &Call,
        words: &PersonWords,
    ) -> Outcome<Vec<FoundPerson>> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::SeePersonalData;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let mut twins = twins_of(reading.as_ref(), self.vault.as_ref(), call, words).await?;
        drop(reading);
        twins.truncate(SHOWN);
        self.show(call, &on_duty, &twins, TWINS).await
    }

    /// Opens people's records, and notes who saw them.
    async fn show(
        &self,
        call: &Call,
        on_duty: &OnDuty,
        people: &[FiledPerson],
        page: &'static str,
    ) -> Outcome<Vec<FoundPerson>> {
        let ids: Vec<PersonId> = people.iter().map(|person| person.record.id).collect();
        self.viewed(call, on_duty, &ids, page).await?;
        let open = |person| opened(self.vault.as_ref(), call, person);
        Ok(people.iter().map(open).collect::<Result<_, _>>()?)
    }
}

/// Whose reservation was scanned or read aloud; at another facility it is nobody's.
async fn by_reservation(
    reading: &dyn Reading,
    on_duty: &OnDuty,
    typed: &str,
) -> Stored<Option<PersonId>> {
    let found: Option<ReservationRecord> = match read_named(typed) {
        Some(Named::Id(id)) => reading.reservation(id).await?,
        Some(Named::Number(number)) => reading.by_number(&number).await?,
        None => None,
    };
    Ok(found
        .filter(|record| on_duty.reaches(Doing::SeePersonalData, record.facility))
        .map(|record| record.person))
}

/// People who are filed under what the keys ask for, and whether those are all.
async fn filed_under<R: Reading + ?Sized>(
    reading: &R,
    vault: &dyn Vault,
    call: &Call,
    keys: &[SearchKey],
) -> Stored<(Vec<FiledPerson>, bool)> {
    let terms = keys.iter().flat_map(SearchKey::asks_for);
    let wanted: Vec<TermHash> = terms
        .flat_map(|term| hashes(vault, call, &term).all().collect::<Vec<_>>())
        .collect();
    if wanted.is_empty() {
        return Ok((Vec::new(), true));
    }
    let ids = reading.people_filed_under(&wanted, OPENED + 1).await?;
    let all = u32::try_from(ids.len()).is_ok_and(|count| count <= OPENED);
    Ok((reading.people(&ids).await?, all))
}

/// Who is registered with the same telephone, or with the same name and reading. A card tells no
/// reading, so of those who came with one the name alone counts.
pub(super) async fn twins_of<R: Reading + ?Sized>(
    reading: &R,
    vault: &dyn Vault,
    call: &Call,
    words: &PersonWords,
) -> Result<Vec<FiledPerson>, Abort> {
    let name = name_key(words.name.reveal());
    let kana = kana_key(words.kana.reveal());
    let phone = phone_key(words.phone.reveal());
    let keys: Vec<SearchKey> = [&name, &phone].into_iter().flatten().cloned().collect();
    let (found, _all) = filed_under(reading, vault, call, &keys).await?;
    let mut twins = Vec::new();
    for person in found {
        let own = keys_of(vault, call, &person.record)?;
        let same_name = is_same(own.name.as_ref(), name.as_ref())
            && (own.kana.is_none() || is_same(own.kana.as_ref(), kana.as_ref()));
        if same_name || is_same(own.phone.as_ref(), phone.as_ref()) {
            twins.push(person);
        }
    }
    Ok(twins)
}

/// Each looks for the other: then they are the same, however the words were set apart.
fn is_same(one: Option<&SearchKey>, other: Option<&SearchKey>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one.answers(other) && other.answers(one))
}
