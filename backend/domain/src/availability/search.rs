//! Where else and when else: the next free time, and what to offer when somebody was faster.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::{Look, SlotStatus, day_slots, slot_status};
use crate::slots::spans_on;
use crate::span::Span;
use crate::town::{Facility, Room, Slug};

/// Another room is as far away as a time an hour and a half later, for [`alternatives`].
const OTHER_ROOM_MINUTES: u64 = 90;

/// A time of a room that is free now (空いている時間).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeTime {
    /// The room.
    pub room: Slug,
    /// The time.
    pub span: Span,
}

/// What somebody wanted and could not have.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The room.
    pub room: &'a Room,
    /// The time.
    pub span: Span,
    /// How many people must fit.
    pub people: u32,
}

/// The first free slot of `rooms` within `days` days from `from`: the earliest start, of several
/// the first room. `look.claimed` covers those days.
#[must_use]
pub fn next_free<'a>(
    facility: &Facility,
    rooms: impl IntoIterator<Item = &'a Room> + Clone,
    from: NaiveDate,
    days: u64,
    look: Look<'_>,
) -> Option<FreeTime> {
    (0..days)
        .map_while(|ahead| from.checked_add_days(Days::new(ahead)))
        .find_map(|date| first_free_on(facility, rooms.clone(), date, look))
}

fn first_free_on<'a>(
    facility: &Facility,
    rooms: impl IntoIterator<Item = &'a Room>,
    date: NaiveDate,
    look: Look<'_>,
) -> Option<FreeTime> {
    rooms
        .into_iter()
        .filter_map(|room| {
            let slots = day_slots(facility, room, date, look).ok()?;
            let free = slots
                .into_iter()
                .find(|slot| slot.status == SlotStatus::Free)?;
            Some(FreeTime {
                room: room.id.clone(),
                span: free.slot.span,
            })
        })
        // The first of several minima: the facility's own order.
        .min_by_key(|free| free.span.start())
}

/// The nearest free times to what was wanted, best first, at most `count`: other times of the same
/// room and other rooms of its kind that are large enough, from `from` for `days` days, each about
/// as long as what was wanted. Of equals the earlier room of the facility and the earlier time come
/// first. `look.claimed` covers those days.
///
/// Looks at near days first and ends where nothing nearer can come: at nine o'clock hundreds ask at
/// once, and a facility of fifty rooms has a hundred thousand times in a fortnight.
#[must_use]
pub fn alternatives(
    facility: &Facility,
    wanted: Wanted<'_>,
    from: NaiveDate,
    days: u64,
    count: usize,
    look: Look<'_>,
) -> Vec<FreeTime> {
    let rooms: Vec<(usize, &Room)> = facility
        .rooms
        .iter()
        .map(Arc::as_ref)
        .enumerate()
        .filter(|(_, room)| wanted.takes(room))
        .collect();
    let mut nearest = Nearest::of(count);
    for date in by_nearness(wanted.span.date(), from, days) {
        let day_away = least_minutes_to(date, wanted.span.date());
        if nearest.is_full_within(day_away) {
            break;
        }
        for (place, room) in &rooms {
            if !nearest.is_full_within(day_away + room_away(wanted, room)) {
                nearest.look_into(facility, wanted, (*place, room), date, look);
            }
        }
    }
    nearest.into_free_times()
}

impl Wanted<'_> {
    /// True for the room itself, and for others of its kind that are large enough.
    fn takes(&self, room: &Room) -> bool {
        room.id == self.room.id || (room.kind == self.room.kind && room.capacity >= self.people)
    }
}

/// How near a free time is: minutes of patience, then the facility's order of rooms, then the time.
type Nearness = (u64, usize, Span);

/// The nearest free times found so far, best first.
struct Nearest<'a> {
    count: usize,
    found: Vec<(Nearness, &'a Room)>,
}

impl<'a> Nearest<'a> {
    const fn of(count: usize) -> Self {
        Self {
            count,
            found: Vec::new(),
        }
    }

    /// True when nothing that is `minutes` away or more can be among them any more.
    fn is_full_within(&self, minutes: u64) -> bool {
        self.found.len() >= self.count
            && self
                .found
                .last()
                .is_none_or(|((worst, ..), _)| *worst < minutes)
    }

    /// Keeps what a room has on a day and is nearer than what there is.
    fn look_into(
        &mut self,
        facility: &Facility,
        wanted: Wanted<'_>,
        (place, room): (usize, &'a Room),
        date: NaiveDate,
        look: Look<'_>,
    ) {
        let minutes = u16::try_from(wanted.span.minutes()).unwrap_or(u16::MAX);
        for span in spans_on(facility, room, look.holidays, date, minutes) {
            let apart = span.start().minutes();
            let apart = wanted.span.start().minutes().abs_diff(apart);
            let nearness = (apart + room_away(wanted, room), place, span);
            let rank = self.found.partition_point(|(other, _)| *other < nearness);
            if rank < self.count && slot_status(facility, room, span, look) == SlotStatus::Free {
                self.found.insert(rank, (nearness, room));
                self.found.truncate(self.count);
            }
        }
    }

    fn into_free_times(self) -> Vec<FreeTime> {
        let found = self.found.into_iter();
        found
            .map(|((_, _, span), room)| FreeTime {
                room: room.id.clone(),
                span,
            })
            .collect()
    }
}

/// The days from `from`, those nearest to `wanted` first.
fn by_nearness(wanted: NaiveDate, from: NaiveDate, days: u64) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = (0..days)
        .map_while(|ahead| from.checked_add_days(Days::new(ahead)))
        .collect();
    dates.sort_by_key(|date| date.signed_duration_since(wanted).num_days().unsigned_abs());
    dates
}

/// The least that a time on `date` can be apart from one on `wanted`, minutes.
fn least_minutes_to(date: NaiveDate, wanted: NaiveDate) -> u64 {
    let days = date.signed_duration_since(wanted).num_days().unsigned_abs();
    days.saturating_sub(1) * 24 * 60
}

/// What another room counts, minutes of patience.
fn room_away(wanted: Wanted<'_>, room: &Room) -> u64 {
    if room.id == wanted.room.id {
        0
    } else {
        OTHER_ROOM_MINUTES
    }
}
