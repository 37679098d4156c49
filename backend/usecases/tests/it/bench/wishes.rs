//! What people ask for, and what they are told.

use std::collections::{BTreeMap, BTreeSet};

use contract::{
    BookRoom, ChosenOption, Failure, Outcome, QuoteRoom, Refusal, ReservationState,
    ReservationView, Resident as _, SaleCancel, SlotOffer,
};
use domain::ids::{PersonId, ReservationId};
use domain::money::Yen;
use domain::refunds::Because;
use domain::reservation::ReservationState as Stored;
use domain::town::Slug;
use usecases::ports::chance::Chance as _;
use usecases::ports::store::ReservationRecord;

use super::Bench;

impl Bench {
    /// A filled-in form for a room by its slug, the day and times as `2026-11-28`, `09:00`.
    pub fn form(&self, room: &str, day: &str, start: &str, end: &str) -> BookRoom {
        let room: Slug = room.parse().unwrap();
        let (_, known) = self.world().town.town.room(&room).unwrap();
        BookRoom {
            purpose: known.purposes[0].id.clone(),
            what: QuoteRoom {
                room,
                date: day.parse().unwrap(),
                start: start.parse().unwrap(),
                end: end.parse().unwrap(),
                people: 10,
                options: Vec::new(),
                purpose: None,
                attributes: BTreeMap::new(),
                group: None,
                reduction: None,
            },
            note: String::new(),
            seen_total_yen: None,
            submission: self.world().chance.id(self.now()),
        }
    }

    /// A filled-in form for a time that was offered.
    pub fn form_for(&self, offer: &SlotOffer) -> BookRoom {
        let (start, end) = offer.span.times();
        let day = offer.span.date().to_string();
        let mut form = self.form(offer.room.as_str(), &day, "09:00", "10:00");
        (form.what.start, form.what.end) = (start, end);
        form
    }

    /// The whole gym on a Saturday evening: 1,600 円.
    pub fn gym(&self) -> BookRoom {
        self.form("gym-full", "2026-12-05", "18:00", "20:00")
    }

    /// The hall on a Saturday morning: free of charge.
    pub fn hall(&self) -> BookRoom {
        self.form("hall-room", "2026-12-05", "09:00", "12:00")
    }

    /// Books as [`Self::me`].
    pub async fn book(&self, form: &BookRoom) -> Outcome<ReservationId> {
        self.book_as(self.me(), form).await
    }

    /// Books as somebody.
    pub async fn book_as(&self, person: PersonId, form: &BookRoom) -> Outcome<ReservationId> {
        self.desk().book(&self.call_of(person), form).await
    }

    /// The reservation as [`Self::me`] sees it.
    pub async fn view(&self, id: ReservationId) -> ReservationView {
        self.desk().reservation(&self.call(), id).await.unwrap()
    }

    /// The state as [`Self::me`] sees it.
    pub async fn state(&self, id: ReservationId) -> ReservationState {
        self.view(id).await.state
    }

    /// It as it is stored, whoever booked it.
    pub async fn record(&self, id: ReservationId) -> ReservationRecord {
        let reading = self.store().read(self.world().municipality).await.unwrap();
        reading.reservation(id).await.unwrap().unwrap()
    }

    /// Its state as it is stored.
    pub async fn stored(&self, id: ReservationId) -> Stored {
        self.record(id).await.state
    }
}

/// One of an option.
pub fn one(option: &str) -> ChosenOption {
    ChosenOption {
        id: option.parse().unwrap(),
        quantity: 1,
        minutes: None,
    }
}

/// All of a reservation, given up at the counter for the person's own convenience.
pub fn whole(reservation: ReservationId) -> SaleCancel {
    SaleCancel {
        reservation,
        slots: BTreeSet::new(),
        because: Because::Own,
    }
}

/// The refusal that was expected.
pub fn refusal<T: std::fmt::Debug>(outcome: Outcome<T>) -> Refusal {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// The code of the refusal that was expected.
pub fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> &'static str {
    refusal(outcome).code()
}

/// Whole yen.
pub fn yen(yen: u32) -> Yen {
    Yen::new(yen)
}
