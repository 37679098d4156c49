//! All rooms of a facility on one day.

use std::sync::Arc;

use chrono::NaiveDate;
use contract::{Call, DayView, Outcome, RoomDay, SlotView};
use domain::availability::{Look, SlotOnDay, day_slots};
use domain::calendar::{DayPlan, day_plan};
use domain::fees::{BasisDates, room_price};
use domain::town::{Facility, Room, Slug};

use super::{Floor, Looker};
use crate::desk::Desk;

impl Desk {
    pub(crate) async fn day_view(
        &self,
        call: &Call,
        facility: &Slug,
        date: NaiveDate,
    ) -> Outcome<DayView> {
        self.day_for(call, Looker::online(call), facility, date)
            .await
    }

    /// The same as somebody else would find it.
    pub(crate) async fn day_for(
        &self,
        call: &Call,
        looker: Looker,
        facility: &Slug,
        date: NaiveDate,
    ) -> Outcome<DayView> {
        let (floor, claimed) = Floor::survey(self, call, looker, |floor| {
            let units = floor.facility(facility)?.unit_ids();
            Ok(floor.question(units, date, 1))
        })
        .await?;
        let facility = floor.facility(facility)?;
        let look = floor.look(facility, &claimed);
        let closed = match day_plan(facility, &floor.holidays, date) {
            DayPlan::Closed(reason) => Some(reason),
            DayPlan::Open(_) => None,
        };
        let rooms: Vec<RoomDay> = wholes_before_parts(facility)
            .into_iter()
            .map(|room| room_day(&floor, facility, room, date, look))
            .collect();
        let any_free = rooms
            .iter()
            .flat_map(|room| &room.slots)
            .any(|slot| slot.status.is_bookable());
        let next_free = if any_free {
            None
        } else {
            floor
                .later(facility, facility.rooms.iter().map(Arc::as_ref), date)
                .await?
        };
        Ok(DayView {
            next_free,
            facility: Arc::clone(facility),
            date,
            closed,
            rooms,
        })
    }
}

fn room_day(
    floor: &Floor,
    facility: &Facility,
    room: &Room,
    date: NaiveDate,
    look: Look<'_>,
) -> RoomDay {
    let slots = day_slots(facility, room, date, look).unwrap_or_default();
    RoomDay {
        room: room.id.clone(),
        name: room.name.clone(),
        capacity: room.capacity,
        part_of: whole_of(facility, room).map(|whole| whole.id.clone()),
        slots: slots
            .into_iter()
            .map(|slot| slot_view(floor, room, slot))
            .collect(),
    }
}

/// One slot with its price.
pub(super) fn slot_view(floor: &Floor, room: &Room, slot: SlotOnDay) -> SlotView {
    let span = slot.slot.span;
    SlotView {
        span,
        division: slot.slot.division,
        status: slot.status,
        price_yen: room_price(floor.town(), room, span, &BasisDates::all_on(floor.today)),
    }
}

/// The smallest room that has all of this room's floor and more.
pub(crate) fn whole_of<'a>(facility: &'a Facility, room: &Room) -> Option<&'a Room> {
    facility
        .rooms
        .iter()
        .map(Arc::as_ref)
        .filter(|whole| whole.units.len() > room.units.len() && room.units.is_subset(&whole.units))
        .min_by_key(|whole| whole.units.len())
}

/// The rooms of a facility, each whole before its parts.
pub(crate) fn wholes_before_parts(facility: &Facility) -> Vec<&Room> {
    fn put<'a>(facility: &'a Facility, whole: Option<&Room>, ordered: &mut Vec<&'a Room>) {
        for room in &facility.rooms {
            if whole_of(facility, room).map(|of| &of.id) == whole.map(|of| &of.id) {
                ordered.push(room);
                put(facility, Some(room), ordered);
            }
        }
    }
    let mut ordered = Vec::with_capacity(facility.rooms.len());
    put(facility, None, &mut ordered);
    ordered
}
