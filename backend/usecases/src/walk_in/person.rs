//! One person at the counter (利用者), with what they have booked.

use contract::{
    Action as Doing, Call, CounterPerson, Outcome, Refusal, ReservationSummary, SeenBy,
};
use domain::civil;
use domain::ids::PersonId;
use domain::personal::Personal;

use super::opened::opened;
use crate::authority::{Place, staff};
use crate::booking::shown;
use crate::desk::Desk;
use crate::groups::line;
use crate::moved_away::difference;
use crate::ports::store::{FiledPerson, Reading, ReservationRecord, Stored, VerifiedBy};
use crate::residency::{Ties, seen};
use crate::sealing::{PersonSeal, open_staff_name};

/// The page, in the log of views.
const PAGE: &str = "counter.person";

/// Reservations that are looked through.
const MOST: u32 = 200;

impl Desk {
    pub(super) async fn person_at_the_counter(
        &self,
        call: &Call,
        id: PersonId,
    ) -> Outcome<CounterPerson> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::SeePersonalData;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let found = one(reading.as_ref(), id).await?.ok_or(Refusal::NotFound)?;
        let now = call.now();
        let mut coming = reading.reservations_of(id, MOST).await?;
        coming.retain(|record| {
            record.span.end().instant() > now
                && record.state.holds_floor()
                && on_duty.reaches(Doing::SeeCounter, record.facility)
        });
        coming.sort_by_key(|record| record.span.start());
        let verified_by = self.seen_by(call, reading.as_ref(), &found).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let (evidence, groups) = (reading.evidence_of(id).await?, reading.groups_of(id).await?);
        let ties = Ties::of(reading.as_ref(), &found.record, None).await?;
        drop(reading);
        let today = civil::date_at(now);
        let owed = coming.iter().filter_map(|record| {
            let more = difference(&applied.town, record, &ties, today)?;
            Some((record.id, more))
        });
        let differences = owed.collect();
        self.viewed(call, &on_duty, &[id], PAGE).await?;

        let vault = self.vault.as_ref();
        let seal = PersonSeal::new(vault, call.municipality(), id);
        let email = found.record.email_sealed.as_deref();
        let summary = |record: ReservationRecord| ReservationSummary {
            state: shown(&record.state, now),
            id: record.id,
            number: record.number,
            facility_name: record.particulars.facility_name,
            room_name: record.particulars.room_name,
            span: record.span,
            total_yen: record.quote.total_yen,
            past: false,
        };
        Ok(CounterPerson {
            person: opened(vault, call, &found)?,
            email: email.map(|sealed| seal.open_email(sealed)).transpose()?,
            verified_on: civil::date_at(found.record.verified_at),
            verified_by,
            differences,
            residence: seen(&applied.town, &found.record, &evidence, today),
            groups: groups
                .iter()
                .map(|group| line(&applied.town, group, today))
                .collect(),
            coming: coming.into_iter().map(summary).collect(),
        })
    }

    async fn seen_by(
        &self,
        call: &Call,
        reading: &dyn Reading,
        person: &FiledPerson,
    ) -> Outcome<SeenBy> {
        let VerifiedBy::Counter { staff, document } = person.record.verified_by else {
            return Ok(SeenBy::Card);
        };
        let (vault, here) = (self.vault.as_ref(), call.municipality());
        let name = match reading.staff(staff).await? {
            Some(record) => open_staff_name(vault, here, staff, &record.name_sealed)?,
            None => Personal::new("（記録なし）".to_owned()),
        };
        Ok(SeenBy::Counter {
            document,
            staff: name,
        })
    }
}

/// Somebody with their number.
pub(super) async fn one(reading: &dyn Reading, id: PersonId) -> Stored<Option<FiledPerson>> {
    Ok(reading.people(&[id]).await?.pop())
}
