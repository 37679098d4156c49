//! A walk-in (来館者の受付): finding or registering somebody at the counter, and holding a room for them.

mod board;
mod find;
mod opened;
mod person;
mod phone;
mod register;

pub(crate) use opened::opened;
pub(crate) use register::has_twelve_digits;

use async_trait::async_trait;
use chrono::NaiveDate;
use contract::{
    BookRoom, Call, CounterDay, CounterPerson, CounterRoom, FoundPeople, FoundPerson, Outcome,
    PersonWords, QuoteRoom, RegisterPerson, WalkIn,
};
use domain::ids::{PersonId, ReservationId};
use domain::personal::Personal;
use domain::quote::Quote;
use domain::search_key::SearchRefusal;
use domain::town::Slug;

use crate::desk::Desk;

#[async_trait]
impl WalkIn for Desk {
    async fn find_people(
        &self,
        call: &Call,
        typed: &Personal<String>,
    ) -> Outcome<Result<FoundPeople, SearchRefusal>> {
        self.find_by(call, typed).await
    }

    async fn perhaps_known(&self, call: &Call, words: &PersonWords) -> Outcome<Vec<FoundPerson>> {
        self.perhaps_the_same(call, words).await
    }

    async fn register(&self, call: &Call, person: &RegisterPerson) -> Outcome<PersonId> {
        self.register_somebody(call, person).await
    }

    async fn person(&self, call: &Call, id: PersonId) -> Outcome<CounterPerson> {
        self.person_at_the_counter(call, id).await
    }

    async fn give_phone(
        &self,
        call: &Call,
        person: PersonId,
        phone: &Personal<String>,
    ) -> Outcome<()> {
        self.note_phone(call, person, phone).await
    }

    async fn day_for(
        &self,
        call: &Call,
        person: PersonId,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<CounterDay> {
        self.day_at_the_counter(call, person, facility, date).await
    }

    async fn room_for(
        &self,
        call: &Call,
        person: PersonId,
        room: &Slug,
        from: NaiveDate,
    ) -> Outcome<CounterRoom> {
        self.room_at_the_counter(call, person, room, from).await
    }

    async fn quote_for(&self, call: &Call, person: PersonId, what: &QuoteRoom) -> Outcome<Quote> {
        self.price_at_the_counter(call, person, what).await
    }

    async fn book_for(
        &self,
        call: &Call,
        person: PersonId,
        booking: &BookRoom,
    ) -> Outcome<ReservationId> {
        self.hold_for(call, person, booking).await
    }
}
