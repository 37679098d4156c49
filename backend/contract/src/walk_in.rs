//! A walk-in (来館者の受付): somebody comes to the counter and leaves with a held room.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::identity_document::IdentityDocument;
use domain::ids::{PersonId, ReservationId};
use domain::personal::Personal;
use domain::quote::Quote;
use domain::search_key::SearchRefusal;
use domain::town::Slug;
use uuid::Uuid;

use crate::commands::{BookRoom, QuoteRoom};
use crate::views::{CounterDay, CounterPerson, CounterRoom, FoundPeople, FoundPerson};
use crate::{Call, Outcome};

/// By what somebody is told from others (氏名・フリガナ・電話番号), as a clerk typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonWords {
    /// The name, at most 100 characters.
    pub name: Personal<String>,
    /// Its reading, in kana.
    pub kana: Personal<String>,
    /// The telephone number.
    pub phone: Personal<String>,
}

/// Register somebody who has no card with them (利用者登録). What is not asked is not kept: no
/// address, no date of birth (no rule needs it), of the document its kind alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterPerson {
    /// Name, reading, telephone.
    pub words: PersonWords,
    /// The e-mail address, if they want mail; at most 254 characters.
    pub email: Option<Personal<String>>,
    /// Whether they live in the town, by what the clerk saw; `None` while nothing was chosen.
    pub in_town: Option<bool>,
    /// What kind of document the clerk looked at; `None` while nothing was chosen.
    pub document: Option<IdentityDocument>,
    /// True once the clerk has looked at whom it may be, and it is none of them.
    pub is_new: bool,
    /// The form's submission key: the same key twice registers one person.
    pub submission: Uuid,
}

/// What a clerk does for somebody who comes without a reservation (窓口での受付).
///
/// # Errors
/// Every method: `staff.sign_in_required` without a staff session, `forbidden` without a role for
/// it, `not_found` for what another town has, and the refusals of its rules.
#[async_trait]
pub trait WalkIn: Send + Sync {
    /// People by their number, telephone, reading or name, or by a reservation's number or QR code;
    /// or why nobody can be looked for by that. Everybody who is shown is noted.
    async fn find_people(
        &self,
        call: &Call,
        typed: &Personal<String>,
    ) -> Outcome<Result<FoundPeople, SearchRefusal>>;

    /// Who is known already and may be the same: the same telephone, or the same name and reading.
    async fn perhaps_known(&self, call: &Call, words: &PersonWords) -> Outcome<Vec<FoundPerson>>;

    /// Registers somebody; `person.perhaps_known` while the clerk has not said that they are new.
    async fn register(&self, call: &Call, person: &RegisterPerson) -> Outcome<PersonId>;

    /// One person, with what they have booked at this clerk's facilities.
    async fn person(&self, call: &Call, id: PersonId) -> Outcome<CounterPerson>;

    /// Notes the telephone number of somebody who never gave one; `input.stale_form` when another is
    /// known by now.
    async fn give_phone(
        &self,
        call: &Call,
        person: PersonId,
        phone: &Personal<String>,
    ) -> Outcome<()>;

    /// A facility's day as it can be booked for this person over the counter; the clerk's first
    /// facility when none is named.
    async fn day_for(
        &self,
        call: &Call,
        person: PersonId,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<CounterDay>;

    /// A room's seven days from `from`, for this person over the counter.
    async fn room_for(
        &self,
        call: &Call,
        person: PersonId,
        room: &Slug,
        from: NaiveDate,
    ) -> Outcome<CounterRoom>;

    /// What it would cost this person.
    async fn quote_for(&self, call: &Call, person: PersonId, what: &QuoteRoom) -> Outcome<Quote>;

    /// Claims the floor for this person and freezes the quote, as `Resident::book` does for oneself.
    async fn book_for(
        &self,
        call: &Call,
        person: PersonId,
        booking: &BookRoom,
    ) -> Outcome<ReservationId>;
}
