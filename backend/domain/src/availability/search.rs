//! Where else and when else: the next free time, and what to offer when somebody was faster.

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
/// as long as what was wanted. `look.claimed` covers those days.
#[must_use]
pub fn alternatives(
    facility: &Facility,
    wanted: Wanted<'_>,
    from: NaiveDate,
    days: u64,
    count: usize,
    look: Look<'_>,
) -> Vec<FreeTime> {
    let minutes = u16::try_from(wanted.span.minutes()).unwrap_or(u16::MAX);
    let rooms = facility.rooms.iter().filter(|room| {
        room.id == wanted.room.id
            || (room.kind == wanted.room.kind && room.capacity >= wanted.people)
    });
    let mut found: Vec<(u64, FreeTime)> = Vec::new();
    for room in rooms {
        for date in (0..days).map_while(|ahead| from.checked_add_days(Days::new(ahead))) {
            for span in spans_on(facility, room, look.holidays, date, minutes) {
                if slot_status(facility, room, span, look) == SlotStatus::Free {
                    let free = FreeTime {
                        room: room.id.clone(),
                        span,
                    };
                    found.push((distance(wanted, &free), free));
                }
            }
        }
    }
    // Stable, so that of equals the earlier room and time of the facility comes first.
    found.sort_by_key(|(distance, _)| *distance);
    found.truncate(count);
    found.into_iter().map(|(_, free)| free).collect()
}

/// How far an offer is from what was wanted, in minutes of patience.
fn distance(wanted: Wanted<'_>, free: &FreeTime) -> u64 {
    let apart = wanted
        .span
        .start()
        .minutes()
        .abs_diff(free.span.start().minutes());
    if free.room == wanted.room.id {
        apart
    } else {
        apart + OTHER_ROOM_MINUTES
    }
}
