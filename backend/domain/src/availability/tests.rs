use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::*;
use crate::asker::Asker;
use crate::calendar::Holidays;
use crate::civil;
use crate::reservation::Channel;
use crate::samples;
use crate::slots::{claims, spans_on};
use crate::span::{Cell, Span};
use crate::town::{Facility, Room};
use crate::window::Residence;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(day(date), time.parse().unwrap())
}

fn room<'a>(facility: &'a Facility, id: &str) -> &'a Room {
    facility.room(&id.parse().unwrap()).unwrap()
}

fn span(date: &str, start: &str, end: &str) -> Span {
    let cell = |time: &str| Cell::at(day(date), time.parse().unwrap()).unwrap();
    Span::new(cell(start), cell(end)).unwrap()
}

const SATURDAY: &str = "2026-11-28";

struct Scene {
    facility: Facility,
    holidays: Holidays,
    claimed: Claimed,
    now: DateTime<Utc>,
    residence: Residence,
}

impl Scene {
    fn at_the(facility: Facility) -> Self {
        Self {
            facility,
            holidays: Holidays::national(),
            claimed: Claimed::default(),
            now: at("2026-11-10", "12:00"),
            residence: Residence::InTown,
        }
    }

    fn take(&mut self, room_id: &str, span: Span) {
        let units = room(&self.facility, room_id).units.clone();
        self.claimed.extend(claims(&units, span));
    }

    fn look(&self) -> Look<'_> {
        Look {
            holidays: &self.holidays,
            claimed: &self.claimed,
            asker: Asker::person(self.residence, Channel::Online),
            now: self.now,
        }
    }

    fn statuses(&self, room_id: &str, date: &str) -> Vec<SlotStatus> {
        let room = room(&self.facility, room_id);
        let slots = day_slots(&self.facility, room, day(date), self.look()).unwrap();
        slots.into_iter().map(|slot| slot.status).collect()
    }
}

#[test]
fn half_a_court_taken_leaves_the_other_half_and_marks_the_whole_as_partly_free() {
    // Scenario 7.
    let mut scene = Scene::at_the(samples::gym());
    scene.take("gym-half-north", span(SATURDAY, "18:00", "20:00"));
    use SlotStatus::{Free, Part, Taken};
    assert_eq!(scene.statuses("gym-half-north", SATURDAY), [Taken, Free]);
    assert_eq!(scene.statuses("gym-half-south", SATURDAY), [Free, Free]);
    assert_eq!(scene.statuses("gym-whole", SATURDAY), [Part, Free]);
    assert!(!Part.is_bookable());
}

#[test]
fn the_whole_court_taken_takes_both_halves() {
    let mut scene = Scene::at_the(samples::gym());
    scene.take("gym-whole", span(SATURDAY, "18:00", "20:00"));
    use SlotStatus::{Free, Taken};
    for room in ["gym-whole", "gym-half-north", "gym-half-south"] {
        assert_eq!(scene.statuses(room, SATURDAY), [Taken, Free], "{room}");
    }
}

#[test]
fn closed_floor_says_so_and_a_half_that_is_open_is_still_offered() {
    let mut scene = Scene::at_the(samples::gym());
    let closed = span(SATURDAY, "18:00", "20:00");
    let units = room(&scene.facility, "gym-half-north").units.clone();
    for (unit, cell) in claims(&units, closed) {
        scene.claimed.close(&unit, cell);
    }
    use SlotStatus::{Closed, Free, Part};
    let closure = || Closed(ClosedReason::Closure);
    assert_eq!(
        scene.statuses("gym-half-north", SATURDAY),
        [closure(), Free]
    );
    assert_eq!(scene.statuses("gym-whole", SATURDAY), [Part, Free]);
    scene.take("gym-half-south", closed);
    assert_eq!(scene.statuses("gym-whole", SATURDAY), [closure(), Free]);
}

#[test]
fn what_has_not_opened_is_closed_or_past_says_so() {
    let mut scene = Scene::at_the(samples::gym());
    assert_eq!(
        scene.statuses("gym-whole", "2027-02-01")[0],
        SlotStatus::NotYet {
            opens_at: at("2026-12-01", "09:00")
        }
    );
    scene.residence = Residence::Outside;
    assert_eq!(
        scene.statuses("gym-whole", "2027-01-15")[0],
        SlotStatus::NotYet {
            opens_at: at("2026-12-01", "09:00")
        }
    );
    scene.now = at(SATURDAY, "18:30");
    assert_eq!(
        scene.statuses("gym-whole", SATURDAY),
        [SlotStatus::Past, SlotStatus::Free]
    );
    let whole = room(&scene.facility, "gym-whole");
    assert_eq!(
        day_slots(&scene.facility, whole, day("2026-12-30"), scene.look()),
        Err(ClosedReason::Yearly)
    );
}

#[test]
fn taken_floor_is_taken_even_where_only_the_counter_could_help() {
    let mut scene = Scene::at_the(samples::hall());
    scene.now = at("2026-11-26", "12:00");
    scene.take("meeting", span(SATURDAY, "13:00", "17:00"));
    let ended_on = day("2026-11-25");
    assert_eq!(
        scene.statuses("meeting", SATURDAY),
        [
            SlotStatus::CounterOnly { ended_on },
            SlotStatus::Taken,
            SlotStatus::CounterOnly { ended_on },
        ]
    );
}

#[test]
fn the_next_free_time_passes_over_full_and_closed_days() {
    let mut scene = Scene::at_the(samples::hall());
    scene.now = at("2026-11-15", "12:00");
    let find = |scene: &Scene, days| {
        let rooms = [room(&scene.facility, "meeting")];
        next_free(
            &scene.facility,
            rooms,
            day("2026-11-20"),
            days,
            scene.look(),
        )
        .map(|free| free.span)
    };
    assert_eq!(find(&scene, 1), Some(span("2026-11-20", "08:30", "12:30")));
    for date in ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"] {
        scene.take("meeting", span(date, "08:30", "21:30"));
    }
    // 11/24 is closed in place of the holiday on Monday.
    assert_eq!(find(&scene, 5), None);
    assert_eq!(find(&scene, 6), Some(span("2026-11-25", "08:30", "12:30")));
}

#[test]
fn somebody_who_was_too_late_is_offered_the_nearest_times_and_rooms() {
    let mut scene = Scene::at_the(samples::hall());
    let wanted = span(SATURDAY, "13:00", "17:00");
    scene.take("meeting", wanted);
    let ask = |people| {
        let wanted = Wanted {
            room: room(&scene.facility, "meeting"),
            span: wanted,
            people,
        };
        alternatives(
            &scene.facility,
            wanted,
            day("2026-11-27"),
            3,
            4,
            scene.look(),
        )
        .into_iter()
        .map(|free| (free.room.to_string(), free.span))
        .collect::<Vec<_>>()
    };
    let meeting = |start, end| ("meeting".to_owned(), span(SATURDAY, start, end));
    let study = |start, end| ("study".to_owned(), span(SATURDAY, start, end));
    assert_eq!(
        ask(10),
        [
            study("13:00", "17:00"),
            study("12:30", "16:30"),
            study("13:30", "17:30"),
            study("12:00", "16:00"),
        ]
    );
    let next_day = |start, end| ("meeting".to_owned(), span("2026-11-29", start, end));
    let day_before = |start, end| ("meeting".to_owned(), span("2026-11-27", start, end));
    // 25 people do not fit into the 研修室.
    assert_eq!(
        ask(25),
        [
            meeting("08:30", "12:30"),
            meeting("17:30", "21:30"),
            day_before("17:30", "21:30"),
            next_day("08:30", "12:30"),
        ]
    );
}

#[test]
fn an_hour_later_in_the_same_room_is_nearer_than_another_room() {
    let mut scene = Scene::at_the(samples::hall());
    let wanted = span(SATURDAY, "13:00", "14:00");
    scene.take("study", wanted);
    let wanted = Wanted {
        room: room(&scene.facility, "study"),
        span: wanted,
        people: 10,
    };
    let found = alternatives(&scene.facility, wanted, day(SATURDAY), 1, 3, scene.look());
    let found: Vec<_> = found
        .iter()
        .map(|free| (free.room.as_str(), free.span.clock()))
        .collect();
    let expected = [
        ("study", "12:00–13:00"),
        ("study", "14:00–15:00"),
        ("meeting", "13:00–17:00"),
    ];
    assert_eq!(
        found,
        expected.map(|(room, clock)| (room, clock.to_owned()))
    );
}

#[test]
fn the_nearest_of_a_fortnight_are_those_that_looking_at_everything_finds() {
    let mut scene = Scene::at_the(samples::hall());
    let wanted_span = span(SATURDAY, "13:00", "14:00");
    for (room, start, end) in [
        ("study", "10:00", "16:00"),
        ("meeting", "08:30", "21:30"),
        ("study", "17:00", "21:00"),
    ] {
        scene.take(room, span(SATURDAY, start, end));
    }
    for people in [1, 10, 25] {
        for wanted in scene.facility.rooms.iter().map(|room| Wanted {
            room,
            span: wanted_span,
            people,
        }) {
            let from = day("2026-11-20");
            let found = alternatives(&scene.facility, wanted, from, 17, 7, scene.look());
            assert_eq!(found, everything(&scene, wanted, from, 17, 7), "{people}");
        }
    }
}

/// The same by looking at every time of every room.
fn everything(
    scene: &Scene,
    wanted: Wanted<'_>,
    from: NaiveDate,
    days: u64,
    count: usize,
) -> Vec<FreeTime> {
    let minutes = u16::try_from(wanted.span.minutes()).unwrap();
    let mut all = Vec::new();
    for room in &scene.facility.rooms {
        let own = room.id == wanted.room.id;
        if !own && (room.kind != wanted.room.kind || room.capacity < wanted.people) {
            continue;
        }
        for ahead in 0..days {
            let date = from + chrono::Days::new(ahead);
            let look = scene.look();
            for span in spans_on(&scene.facility, room, look.holidays, date, minutes) {
                if slot_status(&scene.facility, room, span, look) == SlotStatus::Free {
                    let apart = (span.start().minutes() - wanted.span.start().minutes()).abs();
                    let free = FreeTime {
                        room: room.id.clone(),
                        span,
                    };
                    all.push((apart + if own { 0 } else { 90 }, free));
                }
            }
        }
    }
    // Stable: of equals the earlier room and time.
    all.sort_by_key(|(distance, _)| *distance);
    all.into_iter().take(count).map(|(_, free)| free).collect()
}

proptest! {
    /// Whatever is taken: a free slot can be claimed, and claiming it leaves no room that shares
    /// its floor free.
    #[test]
    fn free_means_that_nobody_has_any_of_the_floor(
        taken in prop::collection::vec((0_usize..3, 0_usize..2, 0_u64..5), 0..12),
    ) {
        let mut scene = Scene::at_the(samples::gym());
        let times = [("18:00", "20:00"), ("20:00", "22:00")];
        let rooms: Vec<String> = scene.facility.rooms.iter().map(|r| r.id.to_string()).collect();
        let mut booked: Vec<(usize, Span)> = Vec::new();
        for (which, time, offset) in taken {
            let date = (day(SATURDAY) + chrono::Days::new(offset)).to_string();
            let span = span(&date, times[time].0, times[time].1);
            let room = room(&scene.facility, &rooms[which]);
            let status = slot_status(&scene.facility, room, span, scene.look());
            let free = booked.iter().all(|(other, at)| {
                !(at.overlaps(span) && scene.facility.rooms[*other].conflicts_with(room))
            });
            prop_assert_eq!(status == SlotStatus::Free, free);
            if free {
                scene.take(&rooms[which], span);
                booked.push((which, span));
            }
        }
    }
}
