//! From rows to figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Attendance, BookingRow, Money, MoneyRow, Month, Occupancy, Ratio, RoomOffer, RoomRef, Rows,
    Tally,
};
use crate::availability::Claimed;
use crate::reservation::Channel;
use crate::slots::claims;
use crate::span::Span;
use crate::town::Slug;

/// The figures of a month (利用実績).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The month.
    pub month: Month,
    /// Each facility, in the order of the offers; last those that only rows name.
    pub facilities: Vec<FacilityFigures>,
    /// All of them.
    pub total: Tally,
}

/// The figures of a facility (施設別).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityFigures {
    /// The facility.
    pub facility: Named,
    /// Each of its rooms.
    pub rooms: Vec<RoomFigures>,
    /// All of them.
    pub total: Tally,
}

/// The figures of a room (室場別).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomFigures {
    /// The room.
    pub room: Named,
    /// Whether its floor is in the facility's occupancy.
    pub in_total: InTotal,
    /// Its row.
    pub tally: Tally,
}

/// Whether a room's floor is counted in the facility's occupancy. Bookings and money always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InTotal {
    /// It is.
    Counted,
    /// Other rooms on the same floor are counted in its place: the halves of a whole.
    OtherRooms,
}

/// Something with its slug and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The slug.
    pub id: Slug,
    /// The name as people read it.
    pub name: String,
}

/// The figures of a month from its rows. Rows of rooms that nothing offers, closed down since or
/// renamed, keep their bookings and money under their slug: nothing is lost from the total.
#[must_use]
pub fn figures(month: Month, rows: &Rows<'_>) -> Figures {
    let floor = Floor::of(rows);
    let mut tallies: BTreeMap<RoomRef, Tally> = BTreeMap::new();
    for booking in rows.bookings {
        count_booking(
            tallies.entry(booking.of.clone()).or_default(),
            month,
            booking,
        );
    }
    for row in rows.money.iter().filter(|row| month.contains(row.on)) {
        count_money(tallies.entry(row.of.clone()).or_default(), row);
    }

    let mut facilities: Vec<FacilityFigures> = Vec::new();
    for (place, offer) in rows.offers.iter().enumerate() {
        let mut tally = tallies.remove(&offer.room_ref()).unwrap_or_default();
        (tally.days, tally.blocks) = floor.occupancy(month, offer);
        let room = RoomFigures {
            room: offer.room.clone(),
            in_total: in_total(place, rows.offers),
            tally,
        };
        enter(&mut facilities, &offer.facility, room);
    }
    for (of, tally) in tallies
        .into_iter()
        .filter(|(_, it)| *it != Tally::default())
    {
        let unnamed = |id: Slug| Named {
            name: id.to_string(),
            id,
        };
        let room = RoomFigures {
            room: unnamed(of.room),
            in_total: InTotal::Counted,
            tally,
        };
        enter(&mut facilities, &unnamed(of.facility), room);
    }

    let mut total = Tally::default();
    for facility in &facilities {
        total += facility.total;
    }
    Figures {
        month,
        facilities,
        total,
    }
}

fn enter(facilities: &mut Vec<FacilityFigures>, facility: &Named, room: RoomFigures) {
    let counted = match room.in_total {
        InTotal::Counted => room.tally,
        InTotal::OtherRooms => room.tally.without_floor(),
    };
    let known = facilities
        .iter_mut()
        .find(|it| it.facility.id == facility.id);
    if let Some(known) = known {
        known.total += counted;
        known.rooms.push(room);
    } else {
        facilities.push(FacilityFigures {
            facility: facility.clone(),
            total: counted,
            rooms: vec![room],
        });
    }
}

/// A room is counted unless smaller rooms of its facility make up all of its floor, or an earlier
/// room has the same floor.
fn in_total(place: usize, offers: &[RoomOffer]) -> InTotal {
    let Some(room) = offers.get(place) else {
        return InTotal::Counted;
    };
    let siblings = || {
        offers
            .iter()
            .enumerate()
            .filter(|(_, other)| other.facility.id == room.facility.id)
    };
    let same_floor_earlier = siblings().any(|(at, other)| at < place && other.units == room.units);
    let in_parts: BTreeSet<&Slug> = siblings()
        .map(|(_, other)| &other.units)
        .filter(|units| units.len() < room.units.len() && units.is_subset(&room.units))
        .flatten()
        .collect();
    if same_floor_earlier || (!in_parts.is_empty() && in_parts.len() == room.units.len()) {
        InTotal::OtherRooms
    } else {
        InTotal::Counted
    }
}

fn count_booking(tally: &mut Tally, month: Month, booking: &BookingRow) {
    if booking.accepted_on.is_some_and(|day| month.contains(day)) {
        tally.online += Ratio::new(u64::from(booking.channel == Channel::Online), 1);
    }
    if booking.attendance.stands() && month.contains(booking.span.date()) {
        tally.bookings += 1;
        tally.checked_in += u64::from(booking.attendance == Attendance::CheckedIn);
        tally.no_shows += u64::from(booking.attendance == Attendance::NoShow);
    }
}

fn count_money(tally: &mut Tally, row: &MoneyRow) {
    match row.money {
        Money::Received { means, amount } => {
            let yen = u64::from(amount.get());
            let cashless = u64::from(means.is_cashless());
            tally.received_yen += yen;
            tally.cashless_yen += Ratio::new(yen * cashless, yen);
            if !amount.is_zero() {
                tally.cashless_count += Ratio::new(cashless, 1);
            }
        }
        Money::Refunded { amount } => tally.refunded_yen += amount.as_i64(),
        Money::CameBack { amount } => tally.refunded_yen -= amount.as_i64(),
        Money::Reduced { amount } => tally.reduced_yen += u64::from(amount.get()),
    }
}

/// What stood on which floor when.
struct Floor {
    closed: Claimed,
    booked: Claimed,
    checked_in: Claimed,
}

impl Floor {
    fn of(rows: &Rows<'_>) -> Self {
        let claimed = |keep: fn(Attendance) -> bool| {
            rows.bookings
                .iter()
                .filter(|booking| keep(booking.attendance))
                .flat_map(|booking| claims(&booking.units, booking.span))
                .collect()
        };
        Self {
            closed: rows
                .closed
                .iter()
                .flat_map(|floor| claims(&floor.units, floor.span))
                .collect(),
            booked: claimed(Attendance::stands),
            checked_in: claimed(|attendance| attendance == Attendance::CheckedIn),
        }
    }

    /// By days and by blocks.
    fn occupancy(&self, month: Month, offer: &RoomOffer) -> (Occupancy, Occupancy) {
        let open = offer.blocks.iter().copied().filter(|block| {
            month.contains(block.date()) && !self.closed.touches(&offer.units, *block)
        });
        let open: Vec<Span> = open.collect();
        let met = |claimed: &Claimed| -> Vec<Span> {
            let blocks = open.iter().copied();
            blocks
                .filter(|block| claimed.touches(&offer.units, *block))
                .collect()
        };
        let (booked, checked_in) = (met(&self.booked), met(&self.checked_in));
        let occupancy = |count: fn(&[Span]) -> u64| Occupancy {
            open: count(&open),
            booked: count(&booked),
            checked_in: count(&checked_in),
        };
        (occupancy(days), occupancy(blocks))
    }
}

fn days(spans: &[Span]) -> u64 {
    let days: BTreeSet<_> = spans.iter().map(|span| span.date()).collect();
    u64::try_from(days.len()).unwrap_or(u64::MAX)
}

fn blocks(spans: &[Span]) -> u64 {
    u64::try_from(spans.len()).unwrap_or(u64::MAX)
}
