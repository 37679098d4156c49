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
        .check_in(at("2026-11-28", "17:45"), span(), EARLY_CHECK_IN_MINUTES)
        .unwrap()
        .complete(at("2026-11-28", "20:00"), span())
        .unwrap();
    assert_eq!(
        used,
        ReservationState::Completed {
            at: at("2026-11-28", "20:00"),
            confirmed_at: noon(),
            checked_in_at: Some(at("2026-11-28", "17:45")),
        }
    );
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
fn who_is_exempted_while_a_payment_waits_is_confirmed_in_time_and_not_after() {
    let due = noon() + Duration::minutes(30);
    let just_before = due - Duration::microseconds(1);
    let free = waiting().confirm_free(just_before).unwrap();
    assert_eq!(free.name(), StateName::Confirmed);
    assert_eq!(
        waiting().confirm_free(due),
        Err(ReservationRefusal::HoldLapsed { until: due })
    );
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
fn a_voucher_keeps_the_floor_longer_and_never_shorter() {
    let due = noon() + Duration::minutes(30);
    let later = noon() + Duration::days(3);
    let kept = waiting().keep_for_voucher(later).unwrap();
    assert_eq!(kept.lapses_at(), Some(later));
    assert!(kept.clone().release(due).is_err());
    assert_eq!(kept.keep_for_voucher(due).unwrap().lapses_at(), Some(later));
    assert!(confirmed().keep_for_voucher(later).is_err());
}

#[test]
fn residents_cancel_before_the_start_and_staff_say_why() {
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
    for staff in [CancelledBy::Counter, CancelledBy::Facility] {
        assert_eq!(
            confirmed().cancel(just_before, span(), staff, " \u{3000}"),
            Err(ReservationRefusal::ReasonMissing)
        );
    }
    assert_eq!(
        confirmed().cancel(start, span(), CancelledBy::Counter, "電話で連絡"),
        Err(ReservationRefusal::AlreadyStarted { start })
    );
    assert!(
        confirmed()
            .cancel(start, span(), CancelledBy::Facility, "台風")
            .is_ok()
    );
}

#[test]
fn a_slip_of_the_counter_in_a_running_slot_can_be_taken_back_while_it_lasts() {
    let (start, end) = (at("2026-11-28", "18:00"), at("2026-11-28", "20:00"));
    let (soon, before) = (start + Duration::minutes(10), start - Duration::seconds(1));
    let sold = ReservationState::Confirmed { at: start };
    let sold_before = ReservationState::Confirmed { at: before };
    let held = ReservationState::hold(soon, 10);
    for (state, now, may) in [
        (&sold, soon, true),
        (&sold, end - Duration::seconds(1), true),
        (&sold, end, false),
        (&sold_before, soon, false),
        (&sold_before, before, true),
        (&held, soon, true),
        (&held, end, false),
    ] {
        assert_eq!(
            state.can_be_cancelled(now, span(), CancelledBy::Counter),
            may,
            "{state:?} at {now}"
        );
    }
    assert!(!sold.can_be_cancelled(soon, span(), CancelledBy::Resident));
    assert!(sold.began_before_it_was_sold(span()) && !sold_before.began_before_it_was_sold(span()));
    let seen = sold.check_in(soon, span(), 0).unwrap();
    assert!(
        !seen.can_be_cancelled(soon, span(), CancelledBy::Counter),
        "they are inside"
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
    assert_eq!(gone.check_in(now, span(), 60), wrong);
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
fn people_are_let_in_from_a_while_before_the_start_until_the_end() {
    let from = at("2026-11-28", "17:30");
    let until = at("2026-11-28", "20:00");
    let check_in = |time| confirmed().check_in(at("2026-11-28", time), span(), 30);
    assert_eq!(
        check_in("17:29"),
        Err(ReservationRefusal::TooEarly { from })
    );
    for time in ["17:30", "18:00", "19:59"] {
        assert_eq!(
            check_in(time),
            Ok(ReservationState::CheckedIn {
                at: at("2026-11-28", time),
                confirmed_at: noon(),
            })
        );
    }
    assert_eq!(
        check_in("20:00"),
        Err(ReservationRefusal::TooLate { until })
    );
}

#[test]
fn only_a_confirmed_booking_is_let_in_marked_as_missed_or_ended() {
    let now = at("2026-11-28", "19:00");
    let later = at("2026-11-28", "20:00");
    let inside = || confirmed().check_in(now, span(), 0).unwrap();
    let missed = || confirmed().no_show(now, span()).unwrap();
    let cancelled = confirmed()
        .cancel(noon(), span(), CancelledBy::Facility, "工事")
        .unwrap();
    for (state, is) in [
        (waiting(), StateName::AwaitingPayment),
        (inside(), StateName::CheckedIn),
        (missed(), StateName::NoShow),
        (cancelled, StateName::Cancelled),
        (
            inside().complete(later, span()).unwrap(),
            StateName::Completed,
        ),
    ] {
        let wrong = Err(ReservationRefusal::WrongState { is });
        assert_eq!(state.clone().check_in(now, span(), 0), wrong, "{is:?}");
        assert_eq!(state.clone().no_show(now, span()), wrong, "{is:?}");
        if is != StateName::CheckedIn {
            assert_eq!(state.clone().undo_check_in(), wrong, "{is:?}");
            assert_eq!(state.clone().complete(later, span()), wrong, "{is:?}");
        }
        if is != StateName::NoShow {
            assert_eq!(state.undo_no_show(), wrong, "{is:?}");
        }
    }
}

#[test]
fn a_mistake_at_the_door_is_taken_back_without_a_trace_in_the_booking() {
    let now = at("2026-11-28", "18:10");
    assert_eq!(
        confirmed()
            .check_in(now, span(), 0)
            .and_then(ReservationState::undo_check_in),
        Ok(confirmed())
    );
    let late = confirmed()
        .no_show(now, span())
        .and_then(ReservationState::undo_no_show)
        .and_then(|state| state.check_in(at("2026-11-28", "18:40"), span(), 0));
    assert_eq!(late.unwrap().name(), StateName::CheckedIn);
}

#[test]
fn nobody_is_missed_before_the_start_and_a_missed_booking_keeps_its_floor() {
    let from = at("2026-11-28", "18:00");
    assert_eq!(
        confirmed().no_show(at("2026-11-28", "17:59"), span()),
        Err(ReservationRefusal::TooEarly { from })
    );
    assert!(confirmed().no_show(from, span()).unwrap().holds_floor());
}

#[test]
fn nobody_who_is_inside_is_cancelled() {
    let now = at("2026-11-28", "18:10");
    let inside = confirmed().check_in(now, span(), 0).unwrap();
    assert_eq!(
        inside.cancel(now, span(), CancelledBy::Facility, "避難所"),
        Err(ReservationRefusal::WrongState {
            is: StateName::CheckedIn
        })
    );
}

#[test]
fn a_place_without_a_desk_ends_its_bookings_without_having_seen_anybody() {
    let end = at("2026-11-28", "20:00");
    assert_eq!(
        confirmed().complete(end - Duration::seconds(1), span()),
        Err(ReservationRefusal::TooEarly { from: end })
    );
    assert_eq!(
        confirmed().complete(end, span()),
        Ok(ReservationState::Completed {
            at: end,
            confirmed_at: noon(),
            checked_in_at: None,
        })
    );
}

#[test]
fn states_are_written_with_the_name_they_carry() {
    let (now, end) = (at("2026-11-28", "18:10"), at("2026-11-28", "20:00"));
    for state in [
        waiting(),
        confirmed(),
        ReservationState::hold(noon(), 10),
        confirmed().check_in(now, span(), 0).unwrap(),
        confirmed().no_show(now, span()).unwrap(),
        confirmed().complete(end, span()).unwrap(),
    ] {
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
    fn floor_given_back_returns_only_by_rebooking(steps in prop::collection::vec(0_u8..14, 0..25)) {
        let mut state = ReservationState::hold(noon(), 10);
        let mut now = noon();
        let cell = Cell::at(noon().date_naive(), "12:30".parse().unwrap()).unwrap();
        let soon = Span::new(cell, cell.plus(2)).unwrap();
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
                7 => tried.cancel(now, soon, CancelledBy::Counter, "電話"),
                8 => tried.refuse_permission(now, "理由"),
                9 => tried.check_in(now, soon, 60),
                10 => tried.undo_check_in(),
                11 => tried.no_show(now, soon),
                12 => tried.undo_no_show(),
                _ => tried.complete(now, soon),
            };
            if let Ok(next) = next {
                prop_assert!(before || !next.holds_floor() || step == 5);
                state = next;
            }
        }
    }
}
