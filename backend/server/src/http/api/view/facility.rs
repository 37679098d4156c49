//! Facilities.

use std::sync::Arc;

use contract::{FacilityCard, FacilityView, RoomCard, SlotOffer, TownView};
use domain::money::Yen;
use domain::town::{FeeOption, OptionPrice, Room, Slug};
use serde::Serialize;
use utoipa::ToSchema;

use super::Offer;

/// Facilities that fit a search.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct FacilityList {
    items: Vec<FacilitySummary>,
}

/// A facility (施設) in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct FacilitySummary {
    id: String,
    name: String,
    /// The part of town.
    area: String,
    address: String,
    /// True when some facts are only an example (見本).
    illustrative: bool,
    /// The rooms that fit.
    rooms: Vec<RoomSummary>,
    /// The next time any of them can be booked, within the coming weeks.
    next_free: Option<Offer>,
}

/// A room (室場) in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomSummary {
    id: String,
    name: String,
    /// What kind of place it is.
    kind: String,
    /// How many people fit.
    capacity: u32,
    /// The cheapest slot, yen, tax included; 0 for a free room.
    price_from_yen: u32,
}

/// A facility with all its rooms.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct FacilityDetail {
    id: String,
    name: String,
    /// The reading in katakana.
    kana: String,
    /// The part of town.
    area: String,
    address: String,
    phone: String,
    description: String,
    /// What to bring and to know on the day.
    notices: Vec<String>,
    /// The ordinance and pages the facts are from.
    sources: Vec<String>,
    /// True when some facts are only an example (見本).
    illustrative: bool,
    /// How long a hold lasts, minutes.
    hold_minutes: u16,
    /// What the town asks about a use; names for `attributes` of a quote.
    attributes: Vec<Named>,
    rooms: Vec<RoomDetail>,
}

/// A room with what can be chosen.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomDetail {
    id: String,
    name: String,
    /// What kind of place it is.
    kind: String,
    /// How many people fit.
    capacity: u32,
    /// The pieces of floor it covers; rooms that share one are never lent at the same time.
    units: Vec<String>,
    /// What it is lent for.
    purposes: Vec<Named>,
    /// What can be booked with it.
    options: Vec<OptionDetail>,
    /// The next time it can be booked, within the coming weeks.
    next_free: Option<Offer>,
}

/// Something with an id and a name.
#[derive(Serialize, ToSchema)]
pub(super) struct Named {
    id: String,
    name: String,
}

/// Something that can be booked with a room (照明・備品).
#[derive(Serialize, ToSchema)]
pub(super) struct OptionDetail {
    id: String,
    name: String,
    /// How many can be had at most.
    max_quantity: u32,
    /// What `unit_yen` is for.
    per: Per,
    /// Yen, tax included; absent where it varies.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_yen: Option<u32>,
    /// The article.
    article: String,
    /// True when the price is only an example (見本).
    illustrative: bool,
}

/// What a price is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Per {
    /// A started hour.
    Hour,
    /// Started 30 minutes.
    HalfHour,
    /// A division or booking.
    Use,
    /// A piece, however long.
    Piece,
    /// A person who comes.
    Person,
    /// Nothing fixed: it depends on the time, the user or the room's price. Ask for a quote.
    Varies,
}

impl From<Vec<FacilityCard>> for FacilityList {
    fn from(cards: Vec<FacilityCard>) -> Self {
        Self {
            items: cards.into_iter().map(FacilitySummary::from).collect(),
        }
    }
}

impl From<FacilityCard> for FacilitySummary {
    fn from(card: FacilityCard) -> Self {
        Self {
            id: card.id.into(),
            name: card.name,
            area: card.area,
            address: card.address,
            illustrative: card.illustrative,
            rooms: card.rooms.into_iter().map(RoomSummary::from).collect(),
            next_free: card.next_free.as_ref().map(Offer::of),
        }
    }
}

impl From<RoomCard> for RoomSummary {
    fn from(card: RoomCard) -> Self {
        Self {
            id: card.id.into(),
            name: card.name,
            kind: card.kind,
            capacity: card.capacity,
            price_from_yen: card.price_from_yen.get(),
        }
    }
}

/// A facility, with what its town asks.
impl From<(FacilityView, TownView)> for FacilityDetail {
    fn from((view, town): (FacilityView, TownView)) -> Self {
        let FacilityView {
            facility,
            next_free,
        } = view;
        let facility = Arc::unwrap_or_clone(facility);
        let rooms = facility
            .rooms
            .into_iter()
            .map(|room| RoomDetail::of(Arc::unwrap_or_clone(room), &next_free));
        let attributes = town.asked_attributes.into_iter();
        Self {
            rooms: rooms.collect(),
            id: facility.id.into(),
            name: facility.name,
            kana: facility.kana,
            area: facility.area,
            address: facility.address,
            phone: facility.phone,
            description: facility.description,
            notices: facility.notices,
            sources: facility.sources,
            illustrative: facility.illustrative,
            hold_minutes: facility.hold_minutes,
            attributes: attributes
                .map(|asked| Named::of(asked.id, asked.label))
                .collect(),
        }
    }
}

impl RoomDetail {
    fn of(room: Room, next_free: &[(Slug, Option<SlotOffer>)]) -> Self {
        let next = next_free.iter().find(|(id, _)| *id == room.id);
        Self {
            next_free: next.and_then(|(_, offer)| offer.as_ref()).map(Offer::of),
            id: room.id.into(),
            name: room.name,
            kind: room.kind,
            capacity: room.capacity,
            units: room.units.into_iter().map(String::from).collect(),
            purposes: room
                .purposes
                .into_iter()
                .map(|one| Named::of(one.id, one.name))
                .collect(),
            options: room.options.into_iter().map(OptionDetail::from).collect(),
        }
    }
}

impl Named {
    fn of(id: Slug, name: String) -> Self {
        Self {
            id: id.into(),
            name,
        }
    }
}

impl From<FeeOption> for OptionDetail {
    fn from(option: FeeOption) -> Self {
        let (per, yen) = match option.price {
            OptionPrice::PerHour(yen) => (Per::Hour, Some(yen)),
            OptionPrice::PerHalfHour(yen) => (Per::HalfHour, Some(yen)),
            OptionPrice::PerUse(yen) => (Per::Use, Some(yen)),
            OptionPrice::PerPiece(yen) => (Per::Piece, Some(yen)),
            OptionPrice::PerPerson(yen) => (Per::Person, Some(yen)),
            OptionPrice::HourAndHalf { .. }
            | OptionPrice::PerDivision(_)
            | OptionPrice::PerHourByTime(_)
            | OptionPrice::ShareOfRoom { .. }
            | OptionPrice::Table(_) => (Per::Varies, None),
        };
        Self {
            id: option.id.into(),
            name: option.name,
            max_quantity: option.max_quantity,
            per,
            unit_yen: yen.map(Yen::get),
            article: option.article,
            illustrative: option.illustrative,
        }
    }
}
