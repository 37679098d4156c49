use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;

use super::*;
use crate::civil;
use crate::span::{Cell, Span};

fn span() -> Span {
    let date = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let cell = |time: &str| Cell::at(date, time.parse().unwrap()).unwrap();
    Span::new(cell("18:00"), cell("20:00")).unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    civil::instant(date.parse().unwrap(), time.parse().unwrap())
}

fn noon() -> DateTime<Utc> {
    at("2026-11-01", "12:00")
}

fn waiting() -> ReservationState {
    ReservationState::hold(noon(), 10)
        .await_payment(noon(), noon() + Duration::minutes(30))
        .unwrap()
}

fn confirmed() -> ReservationState {
    waiting().confirm_paid(noon()).unwrap()
}

#[test]
fn a_hold_becomes_a_paid_booking_that_is_used() {
    let used = confirmed()
        .check_in(at("2026-11-28", "17:45"), span())
        .unwrap()
        .complete(at("2026-11-28", "20:00"), span())
        .unwrap();
    assert_eq!(used.name(), StateName::Completed);
    assert!(used.holds_floor());
}

#[test]
fn a_hold_can_be_extended_ten_times_and_never_after_it_lapsed() {
    let mut state = ReservationState::hold(noon(), 10);
    for _ in 0..EXTENSION_LIMIT {
        state = state.extend(noon()).unwrap();
    }
    let until = noon() + Duration::minutes(60);
    assert_eq!(state.lapses_at(), Some(until));
    assert_eq!(
        state.clone().extend(noon()),
        Err(ReservationRefusal::ExtensionLimit { until })
    );
    assert_eq!(
        state.extend(until),
        Err(ReservationRefusal::HoldLapsed { until })
    );
}

#[test]
fn a_lapsed_hold_cannot_go_on_but_lapsed_payment_still_accepts_the_money() {
    let later = noon() + Duration::hours(2);
    let hold = ReservationState::hold(noon(), 10);
    assert!(matches!(
        hold.clone().confirm_free(later),
        Err(ReservationRefusal::HoldLapsed { .. })
    ));
    assert!(matches!(
        hold.await_payment(later, later),
        Err(ReservationRefusal::HoldLapsed { .. })
    ));
    assert!(waiting().confirm_paid(later).is_ok());
}

#[test]
fn releasing_waits_for_the_lapse() {
    let due = noon() + Duration::minutes(30);
    assert_eq!(
        waiting().release(due - Duration::microseconds(1)),
        Err(ReservationRefusal::NotLapsed { until: due })
    );
    let released = waiting().release(due).unwrap();
    assert!(!released.holds_floor());
    assert_eq!(released.rebook(due).unwrap().name(), StateName::Confirmed);
    assert!(confirmed().release(due).is_err());
}

#[test]
fn residents_cancel_before_the_start_and_the_town_says_why() {
    let start = at("2026-11-28", "18:00");
    assert_eq!(
        confirmed().cancel(start, span(), CancelledBy::Resident, ""),
        Err(ReservationRefusal::AlreadyStarted { start })
    );
    let just_before = start - Duration::seconds(1);
    assert!(
        confirmed()
            .cancel(just_before, span(), CancelledBy::Resident, "")
            .is_ok()
    );
    assert_eq!(
        confirmed().cancel(start, span(), CancelledBy::Facility, " "),
        Err(ReservationRefusal::ReasonMissing)
    );
    assert!(
        confirmed()
            .cancel(start, span(), CancelledBy::Facility, "台風")
            .is_ok()
    );
}

#[test]
fn a_cancelled_booking_stays_cancelled() {
    let now = noon();
    let gone = confirmed()
        .cancel(now, span(), CancelledBy::Resident, "都合")
        .unwrap();
    let wrong = Err(ReservationRefusal::WrongState {
        is: StateName::Cancelled,
    });
    assert_eq!(gone.clone().confirm_paid(now), wrong);
    assert_eq!(gone.clone().confirm_free(now), wrong);
    assert_eq!(gone.clone().rebook(now), wrong);
    assert_eq!(
        gone.clone().cancel(now, span(), CancelledBy::Facility, "x"),
        wrong
    );
    assert_eq!(gone.check_in(now, span()), wrong);
}

#[test]
fn permission_is_refused_with_a_reason_or_not_at_all() {
    let asked = || {
        ReservationState::hold(noon(), 10)
            .submit_for_review(noon())
            .unwrap()
    };
    assert_eq!(
        asked().refuse_permission(noon(), "  "),
        Err(ReservationRefusal::ReasonMissing)
    );
    let refused = asked().refuse_permission(noon(), "公の秩序").unwrap();
    assert!(!refused.holds_floor());
}

#[test]
fn nobody_is_checked_in_on_the_day_before_or_missed_before_the_end() {
    assert!(
        confirmed()
            .check_in(at("2026-11-27", "23:59"), span())
            .is_err()
    );
    assert!(
        confirmed()
            .no_show(at("2026-11-28", "19:59"), span())
            .is_err()
    );
    assert!(
        confirmed()
            .no_show(at("2026-11-28", "20:00"), span())
            .is_ok()
    );
}

#[test]
fn states_are_written_with_the_name_they_carry() {
    for state in [waiting(), confirmed(), ReservationState::hold(noon(), 10)] {
        let json = serde_json::to_value(&state).unwrap();
        assert_eq!(json["state"], state.name().as_str());
        assert_eq!(
            serde_json::from_value::<ReservationState>(json).unwrap(),
            state
        );
    }
}

#[test]
fn only_what_was_given_up_gives_the_floor_back() {
    use StateName::{
        AwaitingPayment, AwaitingReview, Cancelled, CheckedIn, Completed, Confirmed, Held, NoShow,
        Refused, Released,
    };
    // The database checks the same list (migrations, `reservations.holds_floor`).
    for keeps in [
        Held,
        AwaitingReview,
        AwaitingPayment,
        Confirmed,
        CheckedIn,
        Completed,
        NoShow,
    ] {
        assert!(keeps.holds_floor(), "{keeps:?}");
    }
    for frees in [Released, Cancelled, Refused] {
        assert!(!frees.holds_floor(), "{frees:?}");
    }
}

proptest! {
    /// Whatever is tried in whatever order: floor once given back is only taken again by `rebook`.
    #[test]
    fn floor_given_back_returns_only_by_rebooking(steps in prop::collection::vec(0_u8..11, 0..25)) {
        let mut state = ReservationState::hold(noon(), 10);
        let mut now = noon();
        for step in steps {
            now += Duration::minutes(7);
            let before = state.holds_floor();
            let tried = state.clone();
            let next = match step {
                0 => tried.extend(now),
                1 => tried.submit_for_review(now),
                2 => tried.await_payment(now, now + Duration::minutes(5)),
                3 => tried.confirm_free(now),
                4 => tried.confirm_paid(now),
                5 => tried.rebook(now),
                6 => tried.release(now),
                7 => tried.cancel(now, span(), CancelledBy::Counter, ""),
                8 => tried.refuse_permission(now, "理由"),
                9 => tried.check_in(now, span()),
                _ => tried.complete(now, span()),
            };
            if let Ok(next) = next {
                prop_assert!(before || !next.holds_floor() || step == 5);
                state = next;
            }
        }
    }
}
