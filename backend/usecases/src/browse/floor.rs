//! A municipality's floor as it is now: its town, its holidays, and who looks.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use contract::{Action as Doing, Call, Failure, Outcome, Refusal, SlotOffer, permission};
use domain::asker::{Asker, Booker};
use domain::availability::{Claimed, Look, next_free};
use domain::calendar::Holidays;
use domain::civil::{self, TimeOfDay};
use domain::ids::{PersonId, UnitId};
use domain::reservation::Channel;
use domain::span::{Cell, Span};
use domain::town::{Facility, Room, Slug, Town};
use domain::window::Residence;
use uuid::Uuid;

use super::offers::offer;
use crate::desk::Desk;
use crate::ports::store::{AppliedTown, PersonRecord, Reading, TakenCell};

/// How far ahead a free time is sought for somebody who found none.
const LATER_DAYS: u64 = 100;

/// Who looks for a time, and through which channel they would book it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looker {
    /// For whom; somebody who has not signed in is nobody yet.
    pub(crate) person: Option<PersonId>,
    /// Where.
    pub(crate) channel: Channel,
}

impl Looker {
    /// Whoever calls, online.
    pub(crate) const fn online(call: &Call) -> Self {
        Self {
            person: call.person(),
            channel: Channel::Online,
        }
    }

    /// Somebody whom a clerk serves.
    pub(crate) const fn at_the_counter(person: PersonId) -> Self {
        Self {
            person: Some(person),
            channel: Channel::Counter,
        }
    }
}

/// What every question about availability starts from.
pub(crate) struct Floor {
    pub(crate) applied: Arc<AppliedTown>,
    pub(crate) holidays: Holidays,
    /// Of whoever looks; somebody who has not signed in is shown what a resident sees, and the
    /// booking itself tells them apart.
    pub(crate) residence: Residence,
    pub(crate) today: NaiveDate,
    /// Whoever looks, if they are known.
    pub(crate) person: Option<PersonRecord>,
    channel: Channel,
    booker: Booker,
    classes: Vec<Slug>,
    reading: Box<dyn Reading>,
    call: Call,
}

/// What is asked of the floor: these units over these days.
pub(crate) struct Question {
    units: BTreeMap<UnitId, Slug>,
    first: Cell,
    until: Cell,
}

impl Floor {
    /// Opens a reading for whoever calls.
    pub(crate) async fn open(desk: &Desk, call: &Call) -> Outcome<Self> {
        Self::open_for(desk, call, Looker::online(call)).await
    }

    /// Opens a reading for somebody.
    pub(crate) async fn open_for(desk: &Desk, call: &Call, looker: Looker) -> Outcome<Self> {
        permission(call.actor(), Doing::BrowseFacilities).check()?;
        let reading = desk.store.read(call.municipality()).await?;
        let applied = reading
            .town()
            .await?
            .ok_or(Failure::Refused(Refusal::NotFound))?;
        Self::of(applied, reading, call, looker).await
    }

    /// Opens a reading and puts a page's first question to it. That is one question to the database
    /// where the town file that this process read last is still in force; where another is, `ask` is
    /// asked again.
    pub(crate) async fn survey(
        desk: &Desk,
        call: &Call,
        looker: Looker,
        ask: impl Fn(&Self) -> Result<Question, Refusal> + Send,
    ) -> Outcome<(Self, Claimed)> {
        permission(call.actor(), Doing::BrowseFacilities).check()?;
        let reading = desk.store.read(call.municipality()).await?;
        if let Some(known) = reading.known_town() {
            let floor = Self::of(known, reading, call, looker).await?;
            // What this version does not have, the next may.
            if let Ok(question) = ask(&floor)
                && let Some(claimed) = floor.claimed_if_in_force(&question).await?
            {
                return Ok((floor, claimed));
            }
        }
        let floor = Self::open_for(desk, call, looker).await?;
        let claimed = floor.claimed(&ask(&floor)?).await?;
        Ok((floor, claimed))
    }

    async fn of(
        applied: Arc<AppliedTown>,
        reading: Box<dyn Reading>,
        call: &Call,
        looker: Looker,
    ) -> Outcome<Self> {
        let person = match looker.person {
            Some(id) => reading.person(id).await?,
            None => None,
        };
        let in_town = person.as_ref().is_none_or(|person| person.in_town);
        Ok(Self {
            holidays: Holidays::of(&applied.town),
            residence: residence(in_town),
            today: civil::date_at(call.now()),
            person,
            channel: looker.channel,
            booker: Booker::Person,
            classes: Vec::new(),
            applied,
            reading,
            call: *call,
        })
    }

    pub(crate) fn town(&self) -> &Town {
        &self.applied.town
    }

    pub(crate) fn facility(&self, id: &Slug) -> Result<&Arc<Facility>, Refusal> {
        self.town().facility(id).ok_or(Refusal::NotFound)
    }

    pub(crate) fn room(&self, id: &Slug) -> Result<(&Arc<Facility>, &Arc<Room>), Refusal> {
        self.town().room(id).ok_or(Refusal::NotFound)
    }

    /// What to ask about these units for `days` days from `from`.
    pub(crate) fn question<'a>(
        &self,
        units: impl IntoIterator<Item = &'a Slug>,
        from: NaiveDate,
        days: u64,
    ) -> Question {
        // Midnight is always on the grid.
        let midnight = |date| Cell::at(date, TimeOfDay::MIDNIGHT).unwrap_or_default();
        let ids = |unit: &'a Slug| Some((*self.applied.units.get(unit)?, unit.clone()));
        Question {
            units: units.into_iter().filter_map(ids).collect(),
            first: midnight(from),
            until: midnight(from.checked_add_days(Days::new(days)).unwrap_or(from)),
        }
    }

    /// What to ask about one room at one time.
    pub(crate) fn question_of(&self, room: &Room, span: Span) -> Question {
        let ids = |unit: &Slug| Some((*self.applied.units.get(unit)?, unit.clone()));
        Question {
            units: room.units.iter().filter_map(ids).collect(),
            first: span.start(),
            until: span.end(),
        }
    }

    /// What is taken.
    pub(crate) async fn claimed(&self, question: &Question) -> Outcome<Claimed> {
        let units: Vec<UnitId> = question.units.keys().copied().collect();
        let cells = self
            .reading
            .taken(&units, question.first, question.until)
            .await?;
        Ok(question.answer(&cells))
    }

    async fn claimed_if_in_force(&self, question: &Question) -> Outcome<Option<Claimed>> {
        let units: Vec<UnitId> = question.units.keys().copied().collect();
        let cells = self
            .reading
            .claimed_under(self.applied.version, &units, question.first, question.until)
            .await?;
        Ok(cells.map(|cells| question.answer(&cells)))
    }

    /// True when this form of the person's was taken before.
    pub(crate) async fn submitted(&self, person: PersonId, submission: Uuid) -> Outcome<bool> {
        Ok(self
            .reading
            .by_submission(person, submission)
            .await?
            .is_some())
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
        let question = self.question(units, from, LATER_DAYS);
        let claimed = self.claimed(&question).await?;
        let free = next_free(facility, rooms, from, LATER_DAYS, self.look(&claimed));
        Ok(free.and_then(|free| offer(facility, free)))
    }

    /// Where everything else is read.
    pub(crate) fn reading(&self) -> &dyn Reading {
        self.reading.as_ref()
    }

    /// More is known of whoever looks: in whose name, and what they answered.
    pub(crate) fn asked_by(&mut self, asker: &Asker<'_>) {
        self.residence = asker.residence;
        self.booker = asker.booker;
        self.classes = asker.classes.to_vec();
    }

    /// Who looks.
    pub(crate) fn asker(&self) -> Asker<'_> {
        Asker {
            residence: self.residence,
            channel: self.channel,
            booker: self.booker,
            classes: &self.classes,
        }
    }

    pub(crate) fn look<'a>(&'a self, claimed: &'a Claimed) -> Look<'a> {
        Look {
            holidays: &self.holidays,
            claimed,
            asker: self.asker(),
            now: self.call.now(),
        }
    }
}

impl Question {
    fn answer(&self, cells: &[TakenCell]) -> Claimed {
        let mut claimed = Claimed::default();
        for taken in cells {
            match self.units.get(&taken.unit) {
                Some(slug) if taken.closed => claimed.close(slug, taken.cell),
                Some(slug) => claimed.add(slug, taken.cell),
                None => {}
            }
        }
        claimed
    }
}

pub(crate) const fn residence(in_town: bool) -> Residence {
    if in_town {
        Residence::InTown
    } else {
        Residence::Outside
    }
}
