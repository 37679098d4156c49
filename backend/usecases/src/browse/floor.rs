//! A municipality's floor as it is now: its town, its holidays, and who looks.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use contract::{Action as Doing, Call, Failure, Outcome, Refusal, SlotOffer, permission};
use domain::availability::{Claimed, Look, next_free};
use domain::calendar::Holidays;
use domain::civil::{self, TimeOfDay};
use domain::ids::UnitId;
use domain::span::Cell;
use domain::town::{Facility, Room, Slug, Town};
use domain::window::Residence;

use super::offers::offer;
use crate::desk::Desk;
use crate::ports::store::{AppliedTown, Reading};

/// How far ahead a free time is sought for somebody who found none.
const LATER_DAYS: u64 = 100;

/// What every question about availability starts from.
pub(crate) struct Floor {
    pub(crate) applied: Arc<AppliedTown>,
    pub(crate) holidays: Holidays,
    /// Of whoever looks; somebody who has not signed in is shown what a resident sees, and the
    /// booking itself tells them apart.
    pub(crate) residence: Residence,
    pub(crate) today: NaiveDate,
    reading: Box<dyn Reading>,
    call: Call,
}

impl Floor {
    /// Opens a reading for a call.
    pub(crate) async fn open(desk: &Desk, call: &Call) -> Outcome<Self> {
        permission(call.actor(), Doing::BrowseFacilities).check()?;
        let reading = desk.store.read(call.municipality()).await?;
        let applied = reading
            .town()
            .await?
            .ok_or(Failure::Refused(Refusal::NotFound))?;
        let in_town = match call.person() {
            Some(id) => reading
                .person(id)
                .await?
                .is_none_or(|person| person.in_town),
            None => true,
        };
        Ok(Self {
            holidays: Holidays::of(&applied.town),
            residence: residence(in_town),
            today: civil::date_at(call.now()),
            applied,
            reading,
            call: *call,
        })
    }

    pub(crate) fn town(&self) -> &Town {
        &self.applied.town
    }

    pub(crate) fn facility(&self, id: &Slug) -> Result<&Facility, Refusal> {
        self.town().facility(id).ok_or(Refusal::NotFound)
    }

    pub(crate) fn room(&self, id: &Slug) -> Result<(&Facility, &Room), Refusal> {
        self.town().room(id).ok_or(Refusal::NotFound)
    }

    /// What is taken of these units for `days` days from `from`, in one question.
    pub(crate) async fn claimed<'a>(
        &self,
        units: impl IntoIterator<Item = &'a Slug>,
        from: NaiveDate,
        days: u64,
    ) -> Outcome<Claimed> {
        let slugs: BTreeMap<UnitId, &Slug> = units
            .into_iter()
            .filter_map(|unit| Some((*self.applied.units.get(unit)?, unit)))
            .collect();
        let until = from.checked_add_days(Days::new(days)).unwrap_or(from);
        let (Ok(first), Ok(last)) = (
            Cell::at(from, TimeOfDay::MIDNIGHT),
            Cell::at(until, TimeOfDay::MIDNIGHT),
        ) else {
            // Midnight is always on the grid.
            return Ok(Claimed::default());
        };
        let units: Vec<UnitId> = slugs.keys().copied().collect();
        let cells = self.reading.claimed(&units, first, last).await?;
        Ok(cells
            .into_iter()
            .filter_map(|(unit, cell)| Some(((*slugs.get(&unit)?).clone(), cell)))
            .collect())
    }

    /// The first free time of these rooms from a day on: asked only where a whole page has none, so
    /// it may look further than [`NEXT_FREE_DAYS`](super::offers::NEXT_FREE_DAYS).
    pub(crate) async fn later<'a>(
        &self,
        facility: &Facility,
        rooms: impl IntoIterator<Item = &'a Room> + Clone,
        from: NaiveDate,
    ) -> Outcome<Option<SlotOffer>> {
        let from = from.max(self.today);
        let units = rooms.clone().into_iter().flat_map(|room| &room.units);
        let claimed = self.claimed(units, from, LATER_DAYS).await?;
        let free = next_free(facility, rooms, from, LATER_DAYS, self.look(&claimed));
        Ok(free.and_then(|free| offer(facility, free)))
    }

    pub(crate) fn look<'a>(&'a self, claimed: &'a Claimed) -> Look<'a> {
        Look {
            holidays: &self.holidays,
            claimed,
            residence: self.residence,
            now: self.call.now(),
        }
    }
}

pub(crate) const fn residence(in_town: bool) -> Residence {
    if in_town {
        Residence::InTown
    } else {
        Residence::Outside
    }
}
