//! What somebody wants closed, spread out into floor and time.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use contract::{Action as Doing, Call, CloseRooms, Refusal};
use domain::calendar::Holidays;
use domain::closure::Place as Floor;
use domain::ids::UnitId;
use domain::span::Span;
use domain::town::Facility;

use super::sites::{Site, named, sites};
use crate::authority::{OnDuty, Place, staff};
use crate::ports::store::Reading;
use crate::transact::Abort;

/// A closure before it is made.
pub(super) struct Plan {
    pub(super) on_duty: OnDuty,
    pub(super) site: Site,
    pub(super) units: BTreeSet<UnitId>,
    pub(super) spans: Vec<Span>,
    /// The rooms' names; empty for the whole facility.
    pub(super) rooms: Vec<String>,
}

impl Plan {
    /// Checks who asks and what for.
    pub(super) async fn of(
        reading: &dyn Reading,
        call: &Call,
        wish: &CloseRooms,
    ) -> Result<Self, Abort> {
        let on_duty = staff(reading, call, Doing::ManageClosures, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let theirs = sites(&applied, &on_duty, Doing::ManageClosures);
        let site = named(&applied, &theirs, &wish.facility)?;
        let facility = site.facility.as_ref();
        let slugs = wish.place.units(facility).map_err(Refusal::from)?;
        let units = slugs
            .iter()
            .filter_map(|unit| applied.units.get(unit).copied())
            .collect();
        let spans = wish
            .schedule
            .spans(facility, &Holidays::of(&applied.town), call.now())
            .map_err(Refusal::from)?;
        let rooms = room_names(facility, &wish.place);
        Ok(Self {
            on_duty,
            units,
            spans,
            rooms,
            site,
        })
    }

    /// Its units, as the store asks for them.
    pub(super) fn unit_list(&self) -> Vec<UnitId> {
        self.units.iter().copied().collect()
    }
}

/// The names of the rooms that are closed; none for the whole facility.
pub(super) fn room_names(facility: &Facility, place: &Floor) -> Vec<String> {
    match place {
        Floor::Facility => Vec::new(),
        Floor::Rooms(rooms) => rooms
            .iter()
            .map(|room| match facility.room(room) {
                Some(room) => room.name.clone(),
                // Given up since: its slug is all there is.
                None => room.to_string(),
            })
            .collect(),
    }
}

/// Whether a time has wholly passed.
pub(super) fn is_past(span: Span, now: DateTime<Utc>) -> bool {
    span.end().instant() <= now
}
