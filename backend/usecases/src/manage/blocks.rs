//! A room's time, cut where something else is the case.

use std::collections::{BTreeMap, BTreeSet};

use contract::{BoardBlock, BoardBooking, BoardState};
use domain::calendar::{DayPlan, Holidays, day_plan};
use domain::ids::{ReservationId, UnitId};
use domain::reservation::StateName;
use domain::span::{Cell, Span};
use domain::town::{Facility, Room, Slug};

use crate::ports::store::{AppliedTown, BoardRow, ClosureOn};

/// What is taken, by the floor.
pub(super) struct Taken<'a> {
    /// The reservations on each unit, with the room that each is for.
    booked: BTreeMap<&'a Slug, Vec<(&'a BoardRow, &'a Room)>>,
    /// Why a cell of a unit is closed.
    closed: BTreeMap<&'a Slug, BTreeMap<Cell, &'a ClosureOn>>,
}

/// What a cell is.
#[derive(Clone, Copy)]
enum Mark<'a> {
    Free,
    Elsewhere(&'a BoardRow, &'a Room),
    Closed(&'a ClosureOn),
    Own(&'a BoardRow),
}

impl Mark<'_> {
    /// Whether both are one block.
    fn goes_on(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Free, Self::Free) => true,
            (Self::Own(one), Self::Own(other)) => one.id == other.id,
            (Self::Elsewhere(one, _), Self::Elsewhere(other, _)) => one.id == other.id,
            (Self::Closed(one), Self::Closed(other)) => one.closure.series == other.closure.series,
            _ => false,
        }
    }
}

impl<'a> Taken<'a> {
    /// Sorts bookings and closures by the floor that they take.
    pub(super) fn new(
        applied: &'a AppliedTown,
        facilities: impl IntoIterator<Item = &'a Facility>,
        rows: &'a [BoardRow],
        closures: &'a [ClosureOn],
    ) -> Self {
        let mut rooms = BTreeMap::new();
        for room in facilities.into_iter().flat_map(|one| &one.rooms) {
            if let Some(id) = applied.rooms.get(&room.id) {
                rooms.insert(*id, room.as_ref());
            }
        }
        let mut booked: BTreeMap<&Slug, Vec<_>> = BTreeMap::new();
        for row in rows {
            if let Some(room) = rooms.get(&row.room).copied() {
                for unit in &room.units {
                    booked.entry(unit).or_default().push((row, room));
                }
            }
        }
        let names: BTreeMap<UnitId, &Slug> =
            applied.units.iter().map(|(slug, id)| (*id, slug)).collect();
        let mut closed: BTreeMap<&Slug, BTreeMap<Cell, &ClosureOn>> = BTreeMap::new();
        for closure in closures {
            for (unit, cell) in &closure.cells {
                if let Some(unit) = names.get(unit) {
                    closed.entry(unit).or_default().insert(*cell, closure);
                }
            }
        }
        Self { booked, closed }
    }

    /// A room's day, in order. What cannot be booked by the opening hours is left out, unless
    /// something is there all the same.
    pub(super) fn day(
        &self,
        (facility, room): (&Facility, &Room),
        holidays: &Holidays,
        day: Span,
        names: &BTreeMap<ReservationId, BoardBooking>,
    ) -> Vec<BoardBlock> {
        let mut marks: BTreeMap<Cell, Mark<'_>> = BTreeMap::new();
        if let DayPlan::Open(windows) = day_plan(facility, holidays, day.date()) {
            let spans = windows
                .iter()
                .filter_map(|window| Span::on(day.date(), window.start, window.end).ok());
            marks.extend(spans.flat_map(Span::cells).map(|cell| (cell, Mark::Free)));
        }
        let (own, others): (Vec<_>, Vec<_>) = self
            .rows(room)
            .filter(|(row, _)| row.span.overlaps(day))
            .partition(|(_, of)| of.id == room.id);
        for (row, of) in others {
            marks.extend(
                row.span
                    .cells()
                    .map(|cell| (cell, Mark::Elsewhere(row, of))),
            );
        }
        for unit in &room.units {
            let cells = self.closed.get(unit).into_iter();
            let of_day = cells.flat_map(|cells| cells.range(day.start()..day.end()));
            marks.extend(of_day.map(|(cell, closure)| (*cell, Mark::Closed(closure))));
        }
        for (row, _) in own {
            marks.extend(row.span.cells().map(|cell| (cell, Mark::Own(row))));
        }
        runs(&marks)
            .into_iter()
            .map(|(span, mark)| block(span, mark, names))
            .collect()
    }

    /// The bookings that take floor of a room, each once.
    fn rows(&self, room: &Room) -> impl Iterator<Item = (&'a BoardRow, &'a Room)> {
        let mut seen = BTreeSet::new();
        room.units
            .iter()
            .filter_map(|unit| self.booked.get(unit))
            .flatten()
            .copied()
            .filter(move |(row, _)| seen.insert(row.id))
    }
}

fn runs<'m>(marks: &BTreeMap<Cell, Mark<'m>>) -> Vec<(Span, Mark<'m>)> {
    let mut runs: Vec<(Span, Mark<'m>)> = Vec::new();
    for (cell, mark) in marks {
        let Ok(this) = Span::new(*cell, cell.plus(1)) else {
            continue;
        };
        match runs.last_mut() {
            Some((span, before)) if span.end() == *cell && before.goes_on(mark) => {
                *span = Span::new(span.start(), this.end()).unwrap_or(this);
            }
            _ => runs.push((this, *mark)),
        }
    }
    runs
}

fn block(span: Span, mark: Mark<'_>, names: &BTreeMap<ReservationId, BoardBooking>) -> BoardBlock {
    let (state, why, booking) = match mark {
        Mark::Free => (BoardState::Free, String::new(), None),
        Mark::Elsewhere(_, room) => (BoardState::Elsewhere, room.name.clone(), None),
        Mark::Closed(closure) => (BoardState::Closed, closure.closure.reason.to_string(), None),
        Mark::Own(row) => (state(row.state), String::new(), names.get(&row.id).cloned()),
    };
    BoardBlock {
        span,
        state,
        why,
        booking,
    }
}

const fn state(name: StateName) -> BoardState {
    match name {
        StateName::Held | StateName::AwaitingReview | StateName::AwaitingPayment => {
            BoardState::Held
        }
        StateName::CheckedIn => BoardState::Inside,
        StateName::Completed => BoardState::Over,
        StateName::NoShow => BoardState::Missed,
        // The others hold no floor and are not on the board.
        StateName::Confirmed | StateName::Released | StateName::Cancelled | StateName::Refused => {
            BoardState::Booked
        }
    }
}
