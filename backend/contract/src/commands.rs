//! What may be asked (指示). Already typed: text was parsed at the edge.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::civil::TimeOfDay;
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::personal::Personal;
use domain::town::Slug;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Look for a place (施設をさがす). Every field narrows; none is required.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFacilities {
    /// Words in a name, reading, area or kind of room.
    pub words: Option<String>,
    /// The kind of room (「体育館」).
    pub kind: Option<String>,
    /// The part of town.
    pub area: Option<String>,
    /// The day of use, in Japan; with it the next free time is sought from that day on.
    pub date: Option<NaiveDate>,
    /// How many people have to fit.
    pub people: Option<u32>,
}

/// Something booked with the room (照明・備品).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenOption {
    /// The option's slug.
    pub id: Slug,
    /// How many; at least one.
    pub quantity: u32,
}

/// Price a room without booking it (料金を見る).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRoom {
    /// The room.
    pub room: Slug,
    /// The day of use, in Japan.
    pub date: NaiveDate,
    /// From.
    pub start: TimeOfDay,
    /// Until; 24:00 is allowed.
    pub end: TimeOfDay,
    /// How many people.
    pub people: u32,
    /// What is booked with it.
    pub options: Vec<ChosenOption>,
    /// The town's own flags (`commercial`); those that the card answers are ignored here.
    pub attributes: BTreeMap<Slug, bool>,
}

/// Hold a room (この時間で予約する): claims the floor and freezes the quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookRoom {
    /// What is booked, as it is priced.
    pub what: QuoteRoom,
    /// The purpose's slug.
    pub purpose: Slug,
    /// What the person wants to add, at most 200 characters.
    pub note: String,
    /// The total the person saw, yen; another total is a refusal, never a surprise.
    pub seen_total_yen: Option<Yen>,
    /// The form's submission key: the same key twice gives the same reservation.
    pub submission: Uuid,
}

/// Cancel a reservation (取り消す).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancelReservation {
    /// Which.
    pub reservation: ReservationId,
    /// The refund the person saw, yen; another amount is a refusal, never a surprise.
    pub seen_refund_yen: Option<Yen>,
}

/// What a card does not say (連絡先).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateProfile {
    /// The e-mail address, at most 254 characters.
    pub email: Personal<String>,
    /// The telephone number, digits and hyphens.
    pub phone: Personal<String>,
}
