//! A person's record, opened for the counter.

use contract::{Call, Fault, FoundPerson};

use crate::ports::store::FiledPerson;
use crate::ports::vault::Vault;
use crate::sealing::PersonSeal;

/// Number, name, reading, telephone.
pub(crate) fn opened(
    vault: &dyn Vault,
    call: &Call,
    person: &FiledPerson,
) -> Result<FoundPerson, Fault> {
    let record = &person.record;
    let seal = PersonSeal::new(vault, call.municipality(), record.id);
    let kana = record.kana_sealed.as_deref();
    let phone = record.phone_sealed.as_deref();
    Ok(FoundPerson {
        id: record.id,
        number: person.number,
        name: seal.open_name(&record.name_sealed)?,
        kana: kana.map(|sealed| seal.open_kana(sealed)).transpose()?,
        phone: phone.map(|sealed| seal.open_phone(sealed)).transpose()?,
        in_town: record.in_town,
    })
}
