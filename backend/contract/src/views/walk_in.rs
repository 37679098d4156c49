//! People and free times as a clerk sees them. Names people: every view of it is logged.

use chrono::NaiveDate;
use domain::identity_document::IdentityDocument;
use domain::ids::{PersonId, ReservationId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::search_key::PersonNumber;
use domain::town::Slug;

use super::{DayView, GroupChoice, GroupLine, ReservationSummary, ResidenceView, WeekView};

/// Somebody who was found (利用者).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPerson {
    /// Who.
    pub id: PersonId,
    /// Their number (利用者番号).
    pub number: PersonNumber,
    /// The name, as received.
    pub name: Personal<String>,
    /// Its reading; no card tells it.
    pub kana: Option<Personal<String>>,
    /// The telephone number, once given.
    pub phone: Option<Personal<String>>,
    /// Lives in the town.
    pub in_town: bool,
}

/// Who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPeople {
    /// The people, by number.
    pub people: Vec<FoundPerson>,
    /// True when there are more than are shown: narrow the search.
    pub more: bool,
}

/// By what it was seen who somebody is (本人確認の方法).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeenBy {
    /// Their own card.
    Card,
    /// A document that a member of staff looked at.
    Counter {
        /// What kind of document.
        document: IdentityDocument,
        /// Who looked.
        staff: Personal<String>,
    },
}

/// Somebody, as the counter serves them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterPerson {
    /// Who.
    pub person: FoundPerson,
    /// The e-mail address, if there is one.
    pub email: Option<Personal<String>>,
    /// The day on which it was last seen who they are, in Japan.
    pub verified_on: NaiveDate,
    /// By what.
    pub verified_by: SeenBy,
    /// As what they count in the town, by what.
    pub residence: ResidenceView,
    /// The groups they represent or act for, in any state.
    pub groups: Vec<GroupLine>,
    /// What they owe besides for bookings of theirs, because they have moved away since
    /// (転出による差額), yen.
    pub differences: Vec<(ReservationId, Yen)>,
    /// What they have booked from now on at this clerk's facilities, the next one first.
    pub coming: Vec<ReservationSummary>,
}

/// A facility's day, for somebody at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterDay {
    /// For whom.
    pub person: FoundPerson,
    /// The facilities that this clerk may sell, in the town's order.
    pub choices: Vec<(Slug, String)>,
    /// The day, as it can be booked over the counter.
    pub day: DayView,
}

/// A room's week, for somebody at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterRoom {
    /// For whom.
    pub person: FoundPerson,
    /// The week, as it can be booked over the counter.
    pub week: WeekView,
    /// How they used this room the last time.
    pub usual: Option<Usual>,
    /// The groups that they can book for.
    pub groups: Vec<GroupChoice>,
}

/// How somebody used a room the last time (前回の内容).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual {
    /// How many people.
    pub people: u32,
    /// For what.
    pub purpose: Slug,
}
