//! Free times and fees for somebody at the counter (窓口での空き状況・料金).

use std::sync::Arc;

use chrono::NaiveDate;
use contract::{
    Action as Doing, Call, CounterDay, CounterRoom, FoundPerson, Outcome, QuoteRoom, Refusal, Usual,
};
use domain::ids::{FacilityId, PersonId};
use domain::quote::Quote;
use domain::town::{Facility, Slug};

use super::opened::opened;
use super::person::one;
use crate::authority::{OnDuty, Place, staff};
use crate::browse::Looker;
use crate::desk::Desk;
use crate::ports::store::{AppliedTown, Reading, Stored};

/// The page, in the log of views.
const PAGE: &str = "counter.book";

/// Reservations that are looked through for the last use of a room.
const LOOKED_BACK: u32 = 30;

impl Desk {
    pub(super) async fn day_at_the_counter(
        &self,
        call: &Call,
        person: PersonId,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<CounterDay> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = seller(reading.as_ref(), call, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let choices = choices(&applied, &on_duty);
        let chosen = match facility {
            Some(slug) => choices.iter().find(|(known, _)| known == slug),
            None => choices.first(),
        };
        let chosen = chosen.map(|(slug, _)| slug.clone());
        let chosen = chosen.ok_or_else(|| match facility {
            Some(slug) if applied.town.facility(slug).is_none() => Refusal::NotFound,
            Some(_) | None => Refusal::Forbidden,
        })?;
        let person = self
            .served(call, reading.as_ref(), &on_duty, person)
            .await?;
        drop(reading);
        let looker = Looker::at_the_counter(person.id);
        Ok(CounterDay {
            day: self.day_for(call, looker, &chosen, date).await?,
            person,
            choices,
        })
    }

    pub(super) async fn room_at_the_counter(
        &self,
        call: &Call,
        person: PersonId,
        room: &Slug,
        from: NaiveDate,
    ) -> Outcome<CounterRoom> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = sells_room(reading.as_ref(), call, room).await?;
        let person = self
            .served(call, reading.as_ref(), &on_duty, person)
            .await?;
        let usual = last_use(reading.as_ref(), person.id, room).await?;
        drop(reading);
        let looker = Looker::at_the_counter(person.id);
        let week = self.week_for(call, looker, room, from).await?;
        let groups = self.groups_to_book_for(call, person.id).await?;
        let is_offered = |usual: &Usual| {
            let mut purposes = week.room.purposes.iter();
            purposes.any(|purpose| purpose.id == usual.purpose)
        };
        Ok(CounterRoom {
            usual: usual.filter(is_offered),
            person,
            week,
            groups,
        })
    }

    pub(super) async fn price_at_the_counter(
        &self,
        call: &Call,
        person: PersonId,
        what: &QuoteRoom,
    ) -> Outcome<Quote> {
        let reading = self.store.read(call.municipality()).await?;
        sells_room(reading.as_ref(), call, &what.room).await?;
        let known = one(reading.as_ref(), person).await?;
        drop(reading);
        known.ok_or(Refusal::NotFound)?;
        self.price_for(call, Looker::at_the_counter(person), what)
            .await
    }

    /// For whom it is; that they were seen is noted.
    async fn served(
        &self,
        call: &Call,
        reading: &dyn Reading,
        on_duty: &OnDuty,
        id: PersonId,
    ) -> Outcome<FoundPerson> {
        let found = one(reading, id).await?.ok_or(Refusal::NotFound)?;
        self.viewed(call, on_duty, &[id], PAGE).await?;
        Ok(opened(self.vault.as_ref(), call, &found)?)
    }
}

/// A clerk who may sell there and see whom they serve.
async fn seller(reading: &dyn Reading, call: &Call, place: Place) -> Outcome<OnDuty> {
    staff(reading, call, Doing::SeePersonalData, place).await?;
    Ok(staff(reading, call, Doing::SellAtCounter, place).await?)
}

/// The same at the facility of a room.
async fn sells_room(reading: &dyn Reading, call: &Call, room: &Slug) -> Outcome<OnDuty> {
    seller(reading, call, Place::Anywhere).await?;
    let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
    let (facility, _) = applied.town.room(room).ok_or(Refusal::NotFound)?;
    let id = applied.facilities.get(&facility.id);
    let id: FacilityId = id.copied().ok_or(Refusal::NotFound)?;
    seller(reading, call, Place::At(id)).await
}

/// The facilities that this clerk may sell, in the town's order.
fn choices(applied: &AppliedTown, on_duty: &OnDuty) -> Vec<(Slug, String)> {
    let choice = |facility: &Arc<Facility>| {
        let id = *applied.facilities.get(&facility.id)?;
        on_duty
            .reaches(Doing::SellAtCounter, id)
            .then(|| (facility.id.clone(), facility.name.clone()))
    };
    applied.town.facilities.iter().filter_map(choice).collect()
}

/// How a person used this room the last time, whatever became of it.
async fn last_use(reading: &dyn Reading, person: PersonId, room: &Slug) -> Stored<Option<Usual>> {
    let mut records = reading.reservations_of(person, LOOKED_BACK).await?;
    records.sort_by_key(|record| std::cmp::Reverse(record.created_at));
    let last = records
        .into_iter()
        .find(|record| record.particulars.room == *room);
    Ok(last.map(|record| Usual {
        people: record.people,
        purpose: record.particulars.purpose,
    }))
}
