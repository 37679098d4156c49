//! Filing people under what they are found by (利用者の索引). Their records are sealed; what stands in
//! the index are keyed hashes of a few terms, made here and nowhere else.

use std::collections::BTreeSet;

use async_trait::async_trait;
use contract::{Call, Fault, Outcome, Refusal};
use domain::ids::PersonId;
use domain::search_key::{SearchField, SearchKey, SearchTerm, kana_key, name_key, phone_key};

use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::store::{FiledTerms, PersonRecord, Transaction};
use crate::ports::vault::{BlindHashes, BlindIndex, Vault};
use crate::sealing::PersonSeal;
use crate::transact::{Abort, Action, transact};

/// The index, as its table's name.
const INDEX: &str = "person_terms";

/// People filed in one round: each is a transaction of a few milliseconds.
const AT_ONCE: u32 = 100;

/// The hashes of a term, to file it or to look for it.
pub(crate) fn hashes(vault: &dyn Vault, call: &Call, term: &SearchTerm) -> BlindHashes {
    let index = BlindIndex {
        municipality: call.municipality().0,
        name: INDEX,
    };
    vault.blind_index(&index, term.reveal())
}

/// What an opened record is found by.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) name: Option<SearchKey>,
    pub(crate) kana: Option<SearchKey>,
    pub(crate) phone: Option<SearchKey>,
}

impl Keys {
    /// True when the person is looked for by this key.
    pub(crate) fn answer(&self, asked: &SearchKey) -> bool {
        [&self.name, &self.kana, &self.phone]
            .into_iter()
            .flatten()
            .any(|own| own.answers(asked))
    }
}

/// Opens what a person is found by.
///
/// # Errors
/// [`Fault`] when it cannot be opened.
pub(crate) fn keys_of(
    vault: &dyn Vault,
    call: &Call,
    person: &PersonRecord,
) -> Result<Keys, Fault> {
    let seal = PersonSeal::new(vault, call.municipality(), person.id);
    let kana = person.kana_sealed.as_deref();
    let phone = person.phone_sealed.as_deref();
    let kana = kana.map(|sealed| seal.open_kana(sealed)).transpose()?;
    let phone = phone.map(|sealed| seal.open_phone(sealed)).transpose()?;
    Ok(Keys {
        name: name_key(seal.open_name(&person.name_sealed)?.reveal()),
        kana: kana.and_then(|kana| kana_key(kana.reveal())),
        phone: phone.and_then(|phone| phone_key(phone.reveal())),
    })
}

/// Files a person in this transaction, in the place of what stood there.
///
/// # Errors
/// When the record cannot be opened or the store fails.
pub(crate) async fn file(
    tx: &mut dyn Transaction,
    vault: &dyn Vault,
    call: &Call,
    person: &PersonRecord,
) -> Result<(), Abort> {
    let Keys { name, kana, phone } = keys_of(vault, call, person)?;
    let fields = [
        (SearchField::Name, name),
        (SearchField::Kana, kana),
        (SearchField::Phone, phone),
    ];
    let terms: FiledTerms = fields
        .into_iter()
        .map(|(field, key)| {
            let terms = key.map(|key| key.filed_under()).unwrap_or_default();
            let filed: BTreeSet<_> = terms
                .iter()
                .map(|term| hashes(vault, call, term).newest)
                .collect();
            (field, filed)
        })
        .collect();
    Ok(tx.file_person(person.id, &terms, call.now()).await?)
}

impl Desk {
    /// Some people whom nobody has filed.
    pub(crate) async fn unfiled(&self, call: &Call) -> Outcome<Vec<PersonId>> {
        the_house(call)?;
        let reading = self.store.read(call.municipality()).await?;
        Ok(reading.unfiled_people(AT_ONCE).await?)
    }

    /// Files somebody as they are now.
    pub(crate) async fn file_again(&self, call: &Call, person: PersonId) -> Outcome<()> {
        the_house(call)?;
        let again = FileAgain {
            desk: self,
            call,
            person,
        };
        transact(self.store.as_ref(), call.municipality(), &again).await
    }
}

struct FileAgain<'a> {
    desk: &'a Desk,
    call: &'a Call,
    person: PersonId,
}

#[async_trait]
impl Action for FileAgain<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let person = tx.lock_person(self.person).await?;
        let person = person.ok_or(Refusal::NotFound)?;
        file(tx, self.desk.vault.as_ref(), self.call, &person).await
    }
}
