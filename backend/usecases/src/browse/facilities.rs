//! Facilities: the town, the search, one facility.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::{
    Action as Doing, Call, FacilityCard, FacilityView, Outcome, RoomCard, SearchChoices,
    SearchFacilities, TownView, permission,
};
use domain::availability::next_free;
use domain::fees::{BasisDates, room_price};
use domain::money::Yen;
use domain::slots::slots_on;
use domain::town::{Facility, Room, Slug, Town};
use domain::words;

use super::offers::{NEXT_FREE_DAYS, offer};
use super::{Floor, Looker};
use crate::desk::Desk;

/// How far ahead an open day is sought to say what a room costs.
const PRICE_DAYS: usize = 14;

impl Desk {
    pub(crate) async fn town_view(&self, call: &Call) -> Outcome<TownView> {
        let floor = Floor::open(self, call).await?;
        Ok(town_view(floor.town()))
    }

    /// The town as this process read it last; read now if it never was.
    pub(crate) async fn town_as_known(&self, call: &Call) -> Outcome<TownView> {
        permission(call.actor(), Doing::BrowseFacilities).check()?;
        let reading = self.store.read(call.municipality()).await?;
        match reading.known_town() {
            Some(applied) => Ok(town_view(&applied.town)),
            None => self.town_view(call).await,
        }
    }

    pub(crate) async fn choices(&self, call: &Call) -> Outcome<SearchChoices> {
        let floor = Floor::open(self, call).await?;
        let facilities = &floor.town().facilities;
        let rooms = facilities.iter().flat_map(|facility| &facility.rooms);
        Ok(SearchChoices {
            kinds: each_once(rooms.map(|room| room.kind.as_str())),
            areas: each_once(facilities.iter().map(|facility| facility.area.as_str())),
        })
    }

    pub(crate) async fn find(
        &self,
        call: &Call,
        query: &SearchFacilities,
    ) -> Outcome<Vec<FacilityCard>> {
        let from = |floor: &Floor| query.date.unwrap_or(floor.today).max(floor.today);
        let (floor, claimed) = Floor::survey(self, call, Looker::online(call), |floor| {
            let fitting = facilities_that_fit(floor.town(), query).into_iter();
            let units = fitting.flat_map(|(facility, _)| facility.unit_ids());
            Ok(floor.question(units, from(floor), NEXT_FREE_DAYS))
        })
        .await?;
        let from = from(&floor);
        let fitting = facilities_that_fit(floor.town(), query);
        let card = |(facility, rooms): (&Facility, Vec<&Room>)| FacilityCard {
            id: facility.id.clone(),
            name: facility.name.clone(),
            area: facility.area.clone(),
            address: facility.address.clone(),
            illustrative: facility.illustrative,
            rooms: rooms
                .iter()
                .map(|room| room_card(&floor, facility, room))
                .collect(),
            next_free: next_free(
                facility,
                rooms.iter().copied(),
                from,
                NEXT_FREE_DAYS,
                floor.look(facility, &claimed),
            )
            .and_then(|free| offer(facility, free)),
        };
        Ok(fitting.into_iter().map(card).collect())
    }

    pub(crate) async fn facility_view(&self, call: &Call, id: &Slug) -> Outcome<FacilityView> {
        let (floor, claimed) = Floor::survey(self, call, Looker::online(call), |floor| {
            let units = floor.facility(id)?.unit_ids();
            Ok(floor.question(units, floor.today, NEXT_FREE_DAYS))
        })
        .await?;
        let facility = floor.facility(id)?;
        let look = floor.look(facility, &claimed);
        let next = |room: &Arc<Room>| {
            let free = next_free(facility, [room.as_ref()], floor.today, NEXT_FREE_DAYS, look);
            (room.id.clone(), free.and_then(|free| offer(facility, free)))
        };
        Ok(FacilityView {
            next_free: facility.rooms.iter().map(next).collect(),
            facility: Arc::clone(facility),
        })
    }
}

fn town_view(town: &Town) -> TownView {
    let asked = town.attributes.iter();
    TownView {
        registers_groups: town.group.is_some(),
        name: town.name.clone(),
        prefecture: town.prefecture.clone(),
        contact: town.contact.clone(),
        asked_attributes: asked
            .filter(|attribute| !attribute.from_residence)
            .cloned()
            .collect(),
        reductions: town.reductions.clone(),
    }
}

/// The facilities with rooms that fit, and those.
fn facilities_that_fit<'a>(
    town: &'a Town,
    query: &SearchFacilities,
) -> Vec<(&'a Facility, Vec<&'a Room>)> {
    town.facilities
        .iter()
        .map(|facility| (facility.as_ref(), rooms_that_fit(facility, query)))
        .filter(|(_, rooms)| !rooms.is_empty())
        .collect()
}

fn each_once<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts
        .filter(|text| seen.insert(*text))
        .map(str::to_owned)
        .collect()
}

fn rooms_that_fit<'a>(facility: &'a Facility, query: &SearchFacilities) -> Vec<&'a Room> {
    if query
        .area
        .as_ref()
        .is_some_and(|area| *area != facility.area)
    {
        return Vec::new();
    }
    let by_words = |room: &Room| {
        query.words.as_deref().is_none_or(|wanted| {
            let purposes = room.purposes.iter().map(|purpose| purpose.name.as_str());
            let texts: Vec<&str> = [
                facility.name.as_str(),
                facility.kana.as_str(),
                facility.area.as_str(),
                room.name.as_str(),
                room.kind.as_str(),
            ]
            .into_iter()
            .chain(purposes)
            .collect();
            words::all_found(wanted, &texts)
        })
    };
    facility
        .rooms
        .iter()
        .map(Arc::as_ref)
        .filter(|room| query.kind.as_ref().is_none_or(|kind| *kind == room.kind))
        .filter(|room| query.people.is_none_or(|people| people <= room.capacity))
        .filter(|room| by_words(room))
        .collect()
}

fn room_card(floor: &Floor, facility: &Facility, room: &Room) -> RoomCard {
    RoomCard {
        id: room.id.clone(),
        name: room.name.clone(),
        kind: room.kind.clone(),
        capacity: room.capacity,
        price_from_yen: cheapest_slot(floor, facility, room),
    }
}

/// The cheapest slot of the next open day.
fn cheapest_slot(floor: &Floor, facility: &Facility, room: &Room) -> Yen {
    floor
        .today
        .iter_days()
        .take(PRICE_DAYS)
        .filter_map(|date| slots_on(facility, room, &floor.holidays, date).ok())
        .find_map(|slots| {
            let basis = BasisDates::all_on(floor.today);
            slots
                .iter()
                .filter_map(|slot| room_price(floor.town(), room, slot.span, &basis))
                .min()
        })
        .unwrap_or(Yen::ZERO)
}
