//! Whom somebody has to call (電話で知らせる方): they lose a booking, and no mail reaches them.

use std::collections::BTreeMap;

use contract::{Call, Fault, ToCall};
use domain::ids::PersonId;

use crate::desk::Desk;
use crate::ports::store::{FiledPerson, PersonRecord, ReservationRecord};
use crate::sealing::PersonSeal;

/// People by id.
pub(super) type People = BTreeMap<PersonId, PersonRecord>;

/// Finds people by their id.
pub(super) fn by_id(people: Vec<FiledPerson>) -> People {
    people
        .into_iter()
        .map(|FiledPerson { record, .. }| (record.id, record))
        .collect()
}

impl Desk {
    /// Of those whose reservations these are the ones who gave no e-mail address. Their names and
    /// numbers only where `reads`; the caller notes the look.
    pub(super) fn to_call(
        &self,
        call: &Call,
        records: &[ReservationRecord],
        people: &People,
        reads: bool,
    ) -> Result<Vec<ToCall>, Fault> {
        let mut to_call = Vec::new();
        for record in records {
            let Some(person) = people.get(&record.person) else {
                continue;
            };
            if person.email_sealed.is_some() {
                continue;
            }
            let seal = PersonSeal::new(self.vault.as_ref(), call.municipality(), person.id);
            let name = reads.then(|| seal.open_name(&person.name_sealed));
            let phone = person.phone_sealed.as_deref().filter(|_| reads);
            to_call.push(ToCall {
                id: record.id,
                number: record.number.clone(),
                room_name: record.particulars.room_name.clone(),
                span: record.span,
                person: name.transpose()?,
                phone: phone.map(|sealed| seal.open_phone(sealed)).transpose()?,
            });
        }
        Ok(to_call)
    }
}
