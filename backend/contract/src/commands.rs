//! What may be asked (指示). Already typed: text was parsed at the edge.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use domain::civil::TimeOfDay;
use domain::fees::AttributeValue;
use domain::ids::{GroupId, ReservationId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::town::Slug;
use domain::window::Residence;
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
    /// For how long, minutes; the whole time when absent.
    pub minutes: Option<u32>,
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
    /// What for; some prices depend on it.
    pub purpose: Option<Slug>,
    /// The answers to the town's own questions (`commercial`, `entry_fee_yen`); those that the card
    /// answers are ignored here.
    pub attributes: BTreeMap<Slug, AttributeValue>,
    /// The group it is for (団体); for oneself when absent.
    pub group: Option<GroupId>,
    /// The reduction (減免) that is asked for. Somebody decides: until then the whole fee is owed.
    pub reduction: Option<Slug>,
}

/// Price a room for whoever it may be (料金シミュレーション): the reduction that is named is reckoned
/// as if it were granted, and nothing is taken from a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// The use.
    pub what: QuoteRoom,
    /// Where whoever uses it lives.
    pub residence: Residence,
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

/// Give up some slots of a reservation and keep the rest (一部を取り消す).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveUpSlots {
    /// Which.
    pub reservation: ReservationId,
    /// The slots, by when they begin, in Japan.
    pub slots: BTreeSet<TimeOfDay>,
    /// The refund the person saw, yen; another amount is a refusal, never a surprise.
    pub seen_refund_yen: Option<Yen>,
}

/// What a card does not say (連絡先).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateProfile {
    /// The e-mail address, at most 254 characters; `None` leaves the one there is. Another one than
    /// there was needs the card again.
    pub email: Option<Personal<String>>,
    /// The telephone number, digits and hyphens.
    pub phone: Personal<String>,
}

/// One of the own cards (登録しているカード), as a form names it: made from what the card service
/// calls the person, and gives nothing of that away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardRef([u8; 32]);

/// The text names no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text names no card")]
pub struct NotACard;

impl CardRef {
    /// From a SHA-256.
    #[must_use]
    pub const fn of(digest: [u8; 32]) -> Self {
        Self(digest)
    }
}

impl fmt::Display for CardRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for CardRef {
    type Err = NotACard;

    fn from_str(text: &str) -> Result<Self, NotACard> {
        let mut digest = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotACard);
        }
        for (at, byte) in digest.iter_mut().enumerate() {
            let digits = text.get(at * 2..at * 2 + 2).ok_or(NotACard)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_not_hex| NotACard)?;
        }
        Ok(Self(digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_named_as_it_is_written() {
        let card = CardRef::of([0xa7; 32]);
        assert_eq!(card.to_string().parse(), Ok(card));
        for none in [
            "",
            "a7",
            &"z".repeat(64),
            &"あ".repeat(22),
            &"+1".repeat(32),
        ] {
            assert_eq!(none.parse::<CardRef>(), Err(NotACard), "{none}");
        }
    }
}
