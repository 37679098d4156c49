use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::availability::ClosedReason;
use crate::calendar::Holidays;
use crate::civil::TimeOfDay;
use crate::samples;
use crate::span::{Cell, Span};
use crate::town::{Facility, Room, SlotRule, TimeWindow};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn room(facility: &Facility, id: &str) -> Room {
    Room::clone(facility.room(&id.parse().unwrap()).unwrap())
}

fn check(room_id: &str, date: &str, start: &str, end: &str) -> Result<String, SlotRefusal> {
    let hall = samples::hall();
    let room = room(&hall, room_id);
    let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
    check_span(&hall, &room, &Holidays::national(), day(date), start, end).map(Span::clock)
}

#[test]
fn divisions_are_booked_alone_or_in_a_row() {
    let friday = "2026-11-27";
    for (start, end) in [("8:30", "12:30"), ("8:30", "17:00"), ("13:00", "21:30")] {
        assert_eq!(
            check("meeting", friday, start, end),
            Ok(format!("{start}–{end}"))
        );
    }
    for (start, end, refusal) in [
        ("09:00", "12:30", SlotRefusal::NotADivision),
        ("12:30", "13:00", SlotRefusal::NotADivision),
        ("08:30", "13:00", SlotRefusal::NotADivision),
        ("13:00", "12:30", SlotRefusal::Empty),
        ("13:00", "13:00", SlotRefusal::Empty),
        ("08:30", "12:45", SlotRefusal::OffGrid),
        ("22:00", "23:00", SlotRefusal::NotADivision),
    ] {
        assert_eq!(
            check("meeting", friday, start, end),
            Err(refusal),
            "{start} {end}"
        );
    }
}

#[test]
fn a_grid_has_steps_and_a_shortest_and_longest_booking() {
    let friday = "2026-11-27";
    assert_eq!(
        check("study", friday, "09:00", "10:30"),
        Ok("9:00–10:30".into())
    );
    // The shortest and the longest themselves are fine, and so are the very ends of the day.
    for (start, end) in [("09:00", "10:00"), ("08:30", "12:30"), ("17:30", "21:30")] {
        assert!(check("study", friday, start, end).is_ok(), "{start} {end}");
    }
    for (start, end, refusal) in [
        ("08:00", "10:00", SlotRefusal::OutsideHours),
        ("20:00", "22:00", SlotRefusal::OutsideHours),
        ("09:00", "09:30", SlotRefusal::TooShort { min_minutes: 60 }),
        ("09:00", "13:30", SlotRefusal::TooLong { max_minutes: 240 }),
        ("09:15", "10:15", SlotRefusal::OffGrid),
    ] {
        assert_eq!(
            check("study", friday, start, end),
            Err(refusal),
            "{start} {end}"
        );
    }
}

#[test]
fn nobody_books_a_closed_day() {
    let shifted = check("meeting", "2026-11-24", "08:30", "12:30");
    assert_eq!(
        shifted,
        Err(SlotRefusal::Closed {
            date: day("2026-11-24"),
            reason: ClosedReason::Shifted,
        })
    );
}

#[test]
fn a_division_beyond_the_days_hours_is_not_offered() {
    let mut hall = samples::hall();
    let meeting = room(&hall, "meeting");
    hall.hours[0].open = vec![TimeWindow {
        start: "08:30".parse().unwrap(),
        end: "17:00".parse().unwrap(),
    }];
    let slots = slots_on(&hall, &meeting, &Holidays::national(), day("2026-11-27")).unwrap();
    let names: Vec<_> = slots
        .iter()
        .filter_map(|slot| slot.division.as_deref())
        .collect();
    assert_eq!(names, ["午前", "午後"]);
    let (start, end) = ("13:00".parse().unwrap(), "21:30".parse().unwrap());
    let national = Holidays::national();
    assert_eq!(
        check_span(&hall, &meeting, &national, day("2026-11-27"), start, end),
        Err(SlotRefusal::OutsideHours)
    );
}

#[test]
fn a_grid_offers_every_start_from_which_the_shortest_booking_fits() {
    let mut hall = samples::hall();
    let study = room(&hall, "study");
    hall.hours[0].open = vec![TimeWindow {
        start: "09:00".parse().unwrap(),
        end: "11:00".parse().unwrap(),
    }];
    let slots = slots_on(&hall, &study, &Holidays::national(), day("2026-11-27")).unwrap();
    let times: Vec<_> = slots.iter().map(|slot| slot.span.clock()).collect();
    assert_eq!(times, ["9:00–10:00", "9:30–10:30", "10:00–11:00"]);
}

#[test]
fn other_times_of_about_the_same_length_are_found() {
    let hall = samples::hall();
    let spans = |id: &str, minutes| -> Vec<String> {
        let room = room(&hall, id);
        spans_on(
            &hall,
            &room,
            &Holidays::national(),
            day("2026-11-27"),
            minutes,
        )
        .into_iter()
        .map(Span::clock)
        .collect()
    };
    assert_eq!(
        spans("meeting", 240),
        ["8:30–12:30", "13:00–17:00", "17:30–21:30"]
    );
    assert_eq!(spans("meeting", 300), ["8:30–17:00", "13:00–21:30"]);
    assert_eq!(spans("study", 600).last().unwrap(), "17:30–21:30");
}

#[test]
fn claims_come_in_unit_and_cell_order() {
    let gym = samples::gym();
    let whole = room(&gym, "gym-whole");
    let cell = |time: &str| Cell::at(day("2026-11-27"), time.parse().unwrap()).unwrap();
    let span = Span::new(cell("18:00"), cell("20:00")).unwrap();
    let rows: Vec<_> = claims(&whole.units, span).collect();
    assert_eq!(rows.len(), 8);
    assert!(rows.is_sorted());
}

fn any_time() -> impl Strategy<Value = TimeOfDay> {
    (0_u16..=48).prop_map(|half_hours| TimeOfDay::from_minutes(half_hours * 30).unwrap())
}

proptest! {
    /// Two bookings exclude each other in the claims exactly when they share floor and time.
    #[test]
    fn claims_meet_exactly_when_floor_and_time_are_shared(
        a_units in prop::collection::btree_set(0_u8..6, 1..4),
        b_units in prop::collection::btree_set(0_u8..6, 1..4),
        a in (0_i64..40, 1_i64..12),
        b in (0_i64..40, 1_i64..12),
    ) {
        let span = |(start, length): (i64, i64)| {
            let cell = |n: i64| Cell::new(n * 30).unwrap();
            Span::new(cell(start), cell(start + length)).unwrap()
        };
        let (a, b) = (span(a), span(b));
        let first: BTreeSet<_> = claims(&a_units, a).collect();
        let second: BTreeSet<_> = claims(&b_units, b).collect();
        let meet = !first.is_disjoint(&second);
        prop_assert_eq!(meet, !a_units.is_disjoint(&b_units) && a.overlaps(b));
    }

    /// Every slot that is shown can be booked, and every booking that passes lies in the hours.
    #[test]
    fn what_is_offered_can_be_booked(offset in 0_u64..800, start in any_time(), end in any_time()) {
        let hall = samples::hall();
        let national = Holidays::national();
        let date = day("2026-01-01") + chrono::Days::new(offset);
        for room in &hall.rooms {
            for slot in slots_on(&hall, room, &national, date).unwrap_or_default() {
                let (start, end) = slot.span.times();
                let checked = check_span(&hall, room, &national, date, start, end);
                prop_assert_eq!(checked, Ok(slot.span));
            }
            if let Ok(span) = check_span(&hall, room, &national, date, start, end) {
                let (start, end) = span.times();
                prop_assert!(start.minutes() >= 8 * 60 + 30 && end.minutes() <= 21 * 60 + 30);
                if let SlotRule::Grid { max_minutes, .. } = room.slots {
                    prop_assert!(span.minutes() <= u32::from(max_minutes));
                }
            }
        }
    }
}
