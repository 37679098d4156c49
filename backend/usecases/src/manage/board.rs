//! The board (予約状況): what is taken when, in a number of queries that does not grow with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use contract::{
    Action as Doing, BoardBooking, BoardFacility, BoardRange, BoardRoom, BoardView, Call, Outcome,
    Refusal, SeeBoard,
};
use domain::calendar::{DayPlan, Holidays, day_plan};
use domain::civil::TimeOfDay;
use domain::ids::{PersonId, ReservationId, UnitId};
use domain::span::{Cell, Span};

use super::blocks::Taken;
use super::sites::{Site, choices, named, sites};
use crate::authority::{OnDuty, Place, staff};
use crate::browse::{whole_of, wholes_before_parts};
use crate::desk::Desk;
use crate::ports::store::{BoardRow, Reading, ReservationRecord, Stored};

/// The page, in the log of views.
const PAGE: &str = "manage.board";

/// The reservations with whose they are, and what of it the reader may know.
struct Named {
    rows: Vec<BoardRow>,
    people: BTreeMap<ReservationId, (PersonId, String)>,
}

impl Desk {
    pub(super) async fn board_of(&self, call: &Call, what: &SeeBoard) -> Outcome<BoardView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeBoard, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let all = sites(&applied, &on_duty, Doing::SeeBoard);
        let shown = match &what.facility {
            Some(facility) => vec![named(&applied, &all, facility)?],
            None => all.clone(),
        };
        let dates = dates(what);
        let days: Vec<Span> = dates.iter().filter_map(|date| day(*date)).collect();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Err(Refusal::NotFound.into());
        };
        let whole = (first.start(), last.end());

        let names_shown = what.range == BoardRange::Day;
        let Named { rows, people } =
            named_rows(reading.as_ref(), &on_duty, &shown, whole, names_shown).await?;
        let units: BTreeSet<UnitId> = shown
            .iter()
            .flat_map(|site| site.facility.unit_ids())
            .filter_map(|unit| applied.units.get(unit).copied())
            .collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        let closures = reading.closures_on(&units, whole.0, whole.1).await?;
        let mut who: Vec<PersonId> = people.values().map(|(person, _)| *person).collect();
        who.sort_unstable();
        who.dedup();
        let names = self.names(call, reading.people(&who).await?)?;
        drop(reading);
        // Nobody is shown without a note of it.
        self.viewed(call, &on_duty, &who, PAGE).await?;

        let bookings: BTreeMap<ReservationId, BoardBooking> = people
            .into_iter()
            .filter_map(|(id, (person, purpose))| {
                let person = names.get(&person)?.clone();
                let booking = BoardBooking {
                    id,
                    person,
                    purpose,
                };
                Some((id, booking))
            })
            .collect();
        let holidays = Holidays::of(&applied.town);
        let facilities = shown.iter().map(|site| site.facility.as_ref());
        let taken = Taken::new(&applied, facilities, &rows, &closures);
        let facility = |site: &Site| {
            let facility = site.facility.as_ref();
            let closed = |date: &NaiveDate| match day_plan(facility, &holidays, *date) {
                DayPlan::Closed(reason) => Some(reason),
                DayPlan::Open(_) => None,
            };
            let rooms = wholes_before_parts(facility).into_iter().map(|room| {
                let day = |day: &Span| taken.day((facility, room), &holidays, *day, &bookings);
                BoardRoom {
                    room: room.id.clone(),
                    name: room.name.clone(),
                    part: whole_of(facility, room).is_some(),
                    days: days.iter().map(day).collect(),
                }
            });
            BoardFacility {
                facility: facility.id.clone(),
                name: facility.name.clone(),
                counter: on_duty.reaches(Doing::SeeCounter, site.id),
                closed: dates.iter().map(closed).collect(),
                rooms: rooms.collect(),
            }
        };
        Ok(BoardView {
            facility: what.facility.clone(),
            choices: choices(&all),
            facilities: shown.iter().map(facility).collect(),
            at: call.now(),
            may_close: on_duty.may(Doing::ManageClosures, Place::Anywhere),
            dates,
        })
    }
}

/// The days that are asked for.
fn dates(what: &SeeBoard) -> Vec<NaiveDate> {
    let days = match what.range {
        BoardRange::Day => 1,
        BoardRange::Week => 7,
    };
    (0..days)
        .filter_map(|days| what.from.checked_add_days(Days::new(days)))
        .collect()
}

/// A day in Japan; midnight is always on the grid.
fn day(date: NaiveDate) -> Option<Span> {
    let midnight = |date| Cell::at(date, TimeOfDay::MIDNIGHT).ok();
    let next = date.checked_add_days(Days::new(1))?;
    Span::new(midnight(date)?, midnight(next)?).ok()
}

/// One query: with the records where somebody's name and purpose may be shown, else without.
async fn named_rows(
    reading: &dyn Reading,
    on_duty: &OnDuty,
    shown: &[Site],
    (from, until): (Cell, Cell),
    names_shown: bool,
) -> Stored<Named> {
    let only = match shown {
        [site] => Some(site.id),
        _ => None,
    };
    let reads = |site: &Site| on_duty.reaches(Doing::SeePersonalData, site.id);
    if !names_shown || !shown.iter().any(reads) {
        let rows = reading.board(only, from, until).await?;
        let people = BTreeMap::new();
        return Ok(Named { rows, people });
    }
    let mut records = match only {
        Some(facility) => reading.reservations_at(facility, from, until).await?,
        None => reading.reservations_between(from, until).await?,
    };
    let ids: BTreeMap<_, bool> = shown.iter().map(|site| (site.id, reads(site))).collect();
    records.retain(|record| record.state.holds_floor() && ids.contains_key(&record.facility));
    let people = records
        .iter()
        .filter(|record| ids.get(&record.facility) == Some(&true))
        .map(|record| {
            let purpose = record.particulars.purpose_name.clone();
            (record.id, (record.person, purpose))
        })
        .collect();
    let rows = records.iter().map(row).collect();
    Ok(Named { rows, people })
}

fn row(record: &ReservationRecord) -> BoardRow {
    BoardRow {
        id: record.id,
        person: record.person,
        facility: record.facility,
        room: record.room,
        span: record.span,
        state: record.state.name(),
    }
}
