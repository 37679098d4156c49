use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc, Weekday};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::Holidays;
use crate::civil::{self, TimeOfDay};
use crate::ids::ReservationId;
use crate::money::Yen;
use crate::refunds::refund_by_facility;
use crate::reservation::{CancelledBy, ReservationState, StateName};
use crate::samples;
use crate::span::Span;
use crate::town::{Facility, Slug, TimeWindow};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> TimeOfDay {
    text.parse().unwrap()
}

fn at(date: &str, clock: &str) -> DateTime<Utc> {
    civil::instant(day(date), time(clock))
}

fn between(start: &str, end: &str) -> Hours {
    Hours::Between {
        start: time(start),
        end: time(end),
    }
}

fn span(date: &str, start: &str, end: &str) -> Span {
    Span::on(day(date), time(start), time(end)).unwrap()
}

fn read(spans: &[Span]) -> Vec<String> {
    spans
        .iter()
        .map(|span| format!("{} {}", span.date(), span.clock()))
        .collect()
}

fn spread(facility: &Facility, schedule: &Schedule) -> Result<Vec<String>, ClosureRefusal> {
    schedule
        .spans(facility, &Holidays::national(), at("2026-10-01", "09:00"))
        .map(|spans| read(&spans))
}

fn units(names: &[&str]) -> BTreeSet<Slug> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

fn booked(number: u128, names: &[&str], span: Span, state: StateName) -> Booked<Slug> {
    Booked {
        reservation: ReservationId(Uuid::from_u128(number)),
        units: units(names),
        span,
        state,
    }
}

fn numbers(list: &[Booked<Slug>]) -> Vec<u128> {
    list.iter()
        .map(|booked| booked.reservation.0.as_u128())
        .collect()
}

#[test]
fn one_day_of_public_use_is_one_span() {
    // 選挙の投票所: a Sunday, from before opening.
    let schedule = Schedule::once(day("2026-11-29"), between("06:00", "22:00"));
    assert_eq!(
        spread(&samples::hall(), &schedule).unwrap(),
        ["2026-11-29 6:00–22:00"]
    );
}

#[test]
fn a_weekly_cleaning_falls_on_its_weekdays_with_both_ends() {
    let schedule = Schedule {
        from: day("2026-11-05"),
        until: day("2026-11-19"),
        weekdays: vec![Weekday::Thu, Weekday::Tue],
        hours: between("08:30", "10:00"),
    };
    assert_eq!(
        spread(&samples::hall(), &schedule).unwrap(),
        [
            "2026-11-05 8:30–10:00",
            "2026-11-10 8:30–10:00",
            "2026-11-12 8:30–10:00",
            "2026-11-17 8:30–10:00",
            "2026-11-19 8:30–10:00",
        ]
    );
}

/// 川越町 [S53] and scenario 37: the hall rests on Mondays, after a holiday on Tuesday, and over
/// New Year.
#[test]
fn whole_days_follow_the_calendar_and_pass_over_the_closing_days() {
    let hall = samples::hall();
    let days = |from, until| Schedule {
        from: day(from),
        until: day(until),
        weekdays: Vec::new(),
        hours: Hours::OpeningDay,
    };
    for (schedule, expected) in [
        // 11/23 is a holiday and a Monday: open; the rest moves to 11/24.
        (
            days("2026-11-22", "2026-11-25"),
            vec!["2026-11-22", "2026-11-23", "2026-11-25"],
        ),
        // 12/28 is a Monday, then year-end until 1/3; 1/4 is a Monday.
        (
            days("2026-12-27", "2027-01-05"),
            vec!["2026-12-27", "2027-01-05"],
        ),
    ] {
        let expected: Vec<String> = expected
            .into_iter()
            .map(|date| format!("{date} 8:30–21:30"))
            .collect();
        assert_eq!(spread(&hall, &schedule).unwrap(), expected);
    }
    assert_eq!(
        spread(&hall, &days("2026-12-28", "2027-01-04")),
        Err(ClosureRefusal::NothingToClose)
    );
}

#[test]
fn a_day_with_a_midday_break_is_closed_in_two_spans() {
    let mut hall = samples::hall();
    hall.hours[0].open = vec![
        TimeWindow {
            start: time("09:00"),
            end: time("12:00"),
        },
        TimeWindow {
            start: time("13:00"),
            end: time("17:00"),
        },
    ];
    assert_eq!(
        spread(&hall, &Schedule::once(day("2026-11-28"), Hours::OpeningDay)).unwrap(),
        ["2026-11-28 9:00–12:00", "2026-11-28 13:00–17:00"]
    );
}

#[test]
fn a_schedule_that_makes_no_sense_is_refused() {
    let hall = samples::hall();
    let schedule = |from, until, weekdays: &[Weekday], hours| Schedule {
        from: day(from),
        until: day(until),
        weekdays: weekdays.to_vec(),
        hours,
    };
    let morning = between("09:00", "12:00");
    let most = MOST_OCCURRENCES;
    for (schedule, refusal) in [
        (
            schedule("2026-11-02", "2026-11-01", &[], morning),
            ClosureRefusal::Backwards,
        ),
        (
            schedule("2026-11-01", "2026-11-01", &[], between("12:00", "12:00")),
            ClosureRefusal::Empty,
        ),
        (
            schedule("2026-11-01", "2026-11-01", &[], between("12:00", "09:00")),
            ClosureRefusal::Empty,
        ),
        (
            schedule("2026-11-01", "2026-11-01", &[], between("09:10", "12:00")),
            ClosureRefusal::OffGrid,
        ),
        (
            schedule("2026-11-01", "2026-11-05", &[Weekday::Sat], morning),
            ClosureRefusal::NothingToClose,
        ),
        (
            schedule("2026-11-01", "2027-11-02", &[], morning),
            ClosureRefusal::TooMany { most },
        ),
        (
            schedule(
                "2026-11-01",
                "9999-12-31",
                &[Weekday::Mon],
                Hours::OpeningDay,
            ),
            ClosureRefusal::TooMany { most },
        ),
        (
            schedule("2026-09-01", "2026-09-30", &[], morning),
            ClosureRefusal::Past,
        ),
    ] {
        assert_eq!(spread(&hall, &schedule), Err(refusal), "{schedule:?}");
    }
    let a_year = schedule("2026-11-01", "2027-11-01", &[], morning);
    assert_eq!(spread(&hall, &a_year).unwrap().len(), MOST_OCCURRENCES);
}

#[test]
fn what_has_passed_is_not_closed_but_the_cell_that_runs_is() {
    let hall = samples::hall();
    let closed = |now| {
        Schedule {
            from: day("2026-11-26"),
            until: day("2026-11-28"),
            weekdays: Vec::new(),
            hours: Hours::OpeningDay,
        }
        .spans(&hall, &Holidays::national(), now)
        .map(|spans| read(&spans))
    };
    assert_eq!(
        closed(at("2026-11-27", "14:10")).unwrap(),
        ["2026-11-27 14:00–21:30", "2026-11-28 8:30–21:30"]
    );
    assert_eq!(
        closed(at("2026-11-28", "21:29")).unwrap(),
        ["2026-11-28 21:00–21:30"]
    );
    assert_eq!(closed(at("2026-11-28", "21:30")), Err(ClosureRefusal::Past));
}

#[test]
fn closing_a_half_court_takes_its_floor_and_with_it_the_whole() {
    let gym = samples::gym();
    let rooms = |names: &[&str]| Place::Rooms(units(names));
    assert_eq!(
        rooms(&["gym-half-north"]).units(&gym).unwrap(),
        units(&["gym-north"])
    );
    assert_eq!(
        rooms(&["gym-whole", "gym-half-north"]).units(&gym).unwrap(),
        units(&["gym-north", "gym-south"])
    );
    assert_eq!(
        Place::Facility.units(&gym).unwrap(),
        units(&["gym-north", "gym-south"])
    );
    assert_eq!(rooms(&[]).units(&gym), Err(ClosureRefusal::NoRoom));
    assert_eq!(
        rooms(&["meeting"]).units(&gym),
        Err(ClosureRefusal::UnknownRoom {
            room: "meeting".to_owned()
        })
    );
}

#[test]
fn a_reason_is_a_kind_and_a_note_and_other_says_what() {
    let reason = |kind, note| ClosureReason::new(kind, note).map(|reason| reason.to_string());
    assert_eq!(reason(ClosureKind::Works, " ").unwrap(), "工事");
    assert_eq!(
        reason(ClosureKind::Works, "屋根の修理 ").unwrap(),
        "工事（屋根の修理）"
    );
    assert_eq!(reason(ClosureKind::Other, "停電").unwrap(), "停電");
    assert_eq!(
        reason(ClosureKind::Other, "\u{3000}"),
        Err(ClosureRefusal::ReasonMissing)
    );
    assert_eq!(
        reason(ClosureKind::Cleaning, &"字".repeat(LONGEST_NOTE + 1)),
        Err(ClosureRefusal::ReasonTooLong { most: LONGEST_NOTE })
    );
    let json = serde_json::json!({ "kind": "other", "note": "" });
    assert!(serde_json::from_value::<ClosureReason>(json).is_err());
    let shelter = ClosureReason::new(ClosureKind::Shelter, "台風10号").unwrap();
    assert_eq!(shelter.for_cancelling(), "施設の都合：避難所（台風10号）");
    let json = serde_json::to_value(&shelter).unwrap();
    assert_eq!(json["kind"], ClosureKind::Shelter.as_str());
    assert_eq!(
        serde_json::from_value::<ClosureReason>(json).unwrap(),
        shelter
    );
}

const SATURDAY: &str = "2026-11-28";

fn evening() -> Span {
    span(SATURDAY, "18:00", "20:00")
}

/// Every state, at noon before the evening, and when the evening runs.
#[test]
fn a_closure_cancels_what_is_to_come_and_not_who_is_inside() {
    use StateName::{
        AwaitingPayment, AwaitingReview, Cancelled, CheckedIn, Completed, Confirmed, Held, NoShow,
        Refused, Released,
    };
    let states = [
        Held,
        AwaitingReview,
        AwaitingPayment,
        Confirmed,
        CheckedIn,
        Completed,
        NoShow,
        Released,
        Cancelled,
        Refused,
    ];
    let met = |now| {
        let bookings = (1..)
            .zip(states)
            .map(|(number, state)| booked(number, &["gym-north"], evening(), state));
        let all = units(&["gym-north", "gym-south"]);
        let whole_day = span(SATURDAY, "09:00", "22:00");
        let impact = impact(&all, &[whole_day], bookings, now);
        [impact.cancelled, impact.inside, impact.over].map(|list| numbers(&list))
    };
    assert_eq!(
        met(at(SATURDAY, "12:00")),
        [vec![1, 2, 3, 4], vec![5], vec![6, 7]]
    );
    assert_eq!(
        met(at(SATURDAY, "18:00")),
        [vec![1, 2, 3], vec![4, 5], vec![6, 7]]
    );
}

#[test]
fn only_bookings_on_the_floor_and_in_the_time_are_met() {
    let closed = [
        span(SATURDAY, "12:00", "18:00"),
        span("2026-12-05", "12:00", "18:00"),
    ];
    let confirmed = |number, unit, span| booked(number, &[unit], span, StateName::Confirmed);
    let bookings = vec![
        confirmed(1, "gym-north", span("2026-12-05", "17:30", "20:00")),
        confirmed(2, "gym-north", span(SATURDAY, "18:00", "20:00")),
        confirmed(3, "gym-north", span(SATURDAY, "10:00", "12:00")),
        confirmed(4, "gym-south", span(SATURDAY, "12:00", "14:00")),
        confirmed(5, "gym-north", span(SATURDAY, "11:00", "12:30")),
        booked(
            6,
            &["gym-north", "gym-south"],
            span(SATURDAY, "14:00", "16:00"),
            StateName::Held,
        ),
    ];
    let impact = impact(
        &units(&["gym-north"]),
        &closed,
        bookings,
        at("2026-11-01", "09:00"),
    );
    assert_eq!(numbers(&impact.cancelled), [5, 6, 1]);
    assert!(!impact.is_nothing());
}

/// 「a closure over checked-in users」
#[test]
fn where_people_are_inside_a_closure_is_refused_or_goes_around_them() {
    let floor = units(&["gym-north", "gym-south"]);
    let now = at(SATURDAY, "18:40");
    let spans = [span(SATURDAY, "18:30", "22:00")];
    let inside = booked(1, &["gym-north"], evening(), StateName::CheckedIn);
    let late = booked(
        2,
        &["gym-north"],
        span(SATURDAY, "20:00", "22:00"),
        StateName::Confirmed,
    );
    let missed = booked(3, &["gym-south"], evening(), StateName::NoShow);
    let impact = impact(&floor, &spans, [inside, late, missed], now);
    assert_eq!(
        impact.claims(&floor, &spans, [], PeopleInside::Refuse),
        Err(ClosureRefusal::PeopleInside { count: 1 })
    );
    let claims = impact
        .claims(&floor, &spans, [], PeopleInside::LeaveOut)
        .unwrap();
    // Both halves from 20:00 to 22:00, four cells each: until then the floor is somebody's.
    assert_eq!(claims.len(), 8);
    let opens = span(SATURDAY, "20:00", "22:00").start();
    assert!(claims.iter().all(|(_, cell)| *cell >= opens));
}

#[test]
fn when_everybody_stays_there_is_nothing_to_close() {
    let floor = units(&["gym-north"]);
    let spans = [evening()];
    let inside = booked(1, &["gym-north"], evening(), StateName::CheckedIn);
    let impact = impact(&floor, &spans, [inside], at(SATURDAY, "18:00"));
    assert_eq!(
        impact.claims(&floor, &spans, [], PeopleInside::LeaveOut),
        Err(ClosureRefusal::NothingToClose)
    );
}

#[test]
fn a_closure_leaves_another_closures_floor_alone() {
    let floor = units(&["gym-north", "gym-south"]);
    let north = units(&["gym-north"]);
    let nobody = impact(&floor, &[evening()], [], at(SATURDAY, "09:00"));
    let cleaning = span(SATURDAY, "18:00", "19:00");
    let claims = nobody
        .claims(
            &floor,
            &[evening()],
            [(&north, cleaning)],
            PeopleInside::Refuse,
        )
        .unwrap();
    assert_eq!(claims.len(), 8 - 2);
}

/// Scenarios 33 and 47: works or a storm; whatever the town's tiers say, everything comes back.
#[test]
fn whoever_loses_a_booking_by_a_closure_gets_everything_back() {
    let hall = samples::hall();
    let shelter = ClosureReason::new(ClosureKind::Shelter, "台風10号").unwrap();
    let now = at(SATURDAY, "17:59");
    let schedule = Schedule::once(day(SATURDAY), Hours::OpeningDay);
    let spans = schedule.spans(&hall, &Holidays::national(), now).unwrap();
    let floor = Place::Facility.units(&hall).unwrap();
    let met = booked(1, &["meeting-floor"], evening(), StateName::Confirmed);
    let impact = impact(&floor, &spans, [met], now);
    assert_eq!(numbers(&impact.cancelled), [1]);
    let confirmed = ReservationState::Confirmed { at: now };
    let cancelled = confirmed
        .cancel(
            now,
            evening(),
            CancelledBy::Facility,
            &shelter.for_cancelling(),
        )
        .unwrap();
    assert!(!cancelled.holds_floor());
    let back = refund_by_facility(&hall.refund, Yen::new(1_845));
    assert_eq!(back.refund_yen, Yen::new(1_845));
}

#[test]
fn one_day_or_the_rest_of_a_series_is_lifted() {
    let series = [
        span("2026-11-10", "09:00", "10:00"),
        span("2026-11-17", "09:00", "10:00"),
        span("2026-11-24", "09:00", "10:00"),
        span("2026-12-01", "09:00", "10:00"),
    ];
    let now = at("2026-11-12", "12:00");
    let freed = |what| {
        lift(&series, what, now).map(|lifted| {
            let freed: Vec<Span> = lifted.into_iter().map(Lifted::freed).collect();
            read(&freed)
        })
    };
    assert_eq!(
        freed(Lift::Day(day("2026-11-17"))).unwrap(),
        ["2026-11-17 9:00–10:00"]
    );
    assert_eq!(
        freed(Lift::From(day("2026-11-18"))).unwrap(),
        ["2026-11-24 9:00–10:00", "2026-12-01 9:00–10:00"]
    );
    assert_eq!(freed(Lift::All).unwrap().len(), 3);
    for nothing in [
        Lift::Day(day("2026-11-10")),
        Lift::Day(day("2026-11-18")),
        Lift::From(day("2026-12-02")),
    ] {
        assert_eq!(freed(nothing), Err(ClosureRefusal::NothingToLift));
    }
}

#[test]
fn a_closure_that_runs_is_lifted_from_the_next_cell_on() {
    let works = [span(SATURDAY, "09:00", "17:00")];
    let lifted = |clock| lift(&works, Lift::All, at(SATURDAY, clock));
    assert_eq!(
        lifted("12:10").unwrap(),
        [Lifted {
            was: works[0],
            left: Some(span(SATURDAY, "09:00", "12:30")),
        }]
    );
    assert_eq!(
        lifted("12:10").unwrap()[0].freed(),
        span(SATURDAY, "12:30", "17:00")
    );
    assert_eq!(lifted("08:59").unwrap()[0].left, None);
    assert_eq!(lifted("16:30"), Err(ClosureRefusal::NothingToLift));
}

proptest! {
    /// No claim of a closure is anybody's who stays, and every other cell of it is taken.
    #[test]
    fn a_closure_takes_all_but_the_floor_of_those_who_stay(
        bookings in prop::collection::vec(
            (0_i64..46, 1_i64..6, 0_usize..3, 0_usize..10),
            0..12,
        ),
        first in 0_i64..40,
        length in 1_i64..20,
        now in 0_i64..1_500,
    ) {
        use StateName::{
            AwaitingPayment, AwaitingReview, Cancelled, CheckedIn, Completed, Confirmed, Held,
            NoShow, Refused, Released,
        };
        let midnight = span(SATURDAY, "00:00", "00:30").start();
        let stretch = |from, length| Span::new(midnight.plus(from), midnight.plus(from + length)).unwrap();
        let floors: [&[&str]; 3] = [&["gym-north"], &["gym-south"], &["gym-north", "gym-south"]];
        let states = [
            Held, AwaitingReview, AwaitingPayment, Confirmed, CheckedIn, Completed, NoShow,
            Released, Cancelled, Refused,
        ];
        let bookings: Vec<_> = (1_u128..)
            .zip(bookings)
            .map(|(number, (from, length, floor, state))| {
                booked(number, floors[floor], stretch(from, length), states[state])
            })
            .collect();
        let closed = stretch(first, length);
        let floor = units(&["gym-north"]);
        let now = midnight.instant() + Duration::minutes(now);
        let impact = impact(&floor, &[closed], bookings.clone(), now);
        let claims = impact
            .claims(&floor, &[closed], [], PeopleInside::LeaveOut)
            .unwrap_or_default();
        let cancelled = numbers(&impact.cancelled);
        for cell in closed.cells() {
            let stays = bookings.iter().any(|booked| {
                booked.state.holds_floor()
                    && !cancelled.contains(&booked.reservation.0.as_u128())
                    && booked.units.contains(&"gym-north".parse().unwrap())
                    && booked.span.cells().any(|at| at == cell)
            });
            let taken = claims.contains(&("gym-north".parse().unwrap(), cell));
            prop_assert_ne!(stays, taken);
        }
        prop_assert!(claims.len() <= closed.cells().count());
    }
}
