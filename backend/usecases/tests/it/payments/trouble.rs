//! Trouble at the payment service: row 3, tests 10–14. Nobody is told that a payment failed while
//! it may have begun, and nothing is begun twice.

use chrono::Duration;
use contract::ReservationState;
use standin::stripe::{Fault, Mischief, Operation};
use usecases::ports::store::Lane;

use crate::bench::Bench;
use crate::bench::wishes::code;

/// Makes every try of opening a page fail, after (or before) it was opened.
fn break_opening(bench: &Bench, mischief: Mischief, opened: bool) {
    let fault = Fault::once(Operation::SessionCreate, mischief).standing();
    bench
        .stripe()
        .set_fault(if opened { fault } else { fault.before_commit() });
}

testkit::on_both! {
    /// Test 10.
    async fn a_lost_answer_is_asked_for_again_and_opens_one_page(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.once(Operation::SessionCreate, Mischief::DropConnection);
        bench.pay_for(id).await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(bench.stripe().sessions().len(), 1);
        bench.assert_settled(id).await;
    }

    /// Tests 10 and 12: the first press finds nobody at home; the second, later one sends the very
    /// same request, to the second of its closing time.
    async fn a_later_press_repeats_the_frozen_request(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        break_opening(&bench, Mischief::DropConnection, true);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        assert_eq!(bench.payment(id).await.state.name(), "creating");

        bench.stripe().clear_faults();
        bench.pass(Duration::seconds(77));
        bench.open_page(id).await;
        let calls = bench.calls_at_stripe(Operation::SessionCreate);
        assert_eq!(calls.len(), 3 + 1);
        let stored = bench.payment(id).await.checkout.unwrap();
        for call in &calls {
            assert_eq!(call.params, calls[0].params);
            assert_eq!(call.idempotency_key.as_deref(), Some(stored.idempotency_key.as_str()));
        }
        assert_eq!(bench.stripe().sessions().len(), 1);
    }

    /// Test 11: the service keeps its own failure under the key for a day, and the page is there.
    async fn a_page_hidden_behind_a_kept_failure_is_found_and_adopted(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        break_opening(&bench, Mischief::Error500, true);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        bench.stripe().clear_faults();

        bench.pass(Duration::minutes(3));
        bench.rounds().await;
        assert_eq!(bench.payment(id).await.state.name(), "open");
        bench.pay_for(id).await;
        assert_eq!(bench.stripe().sessions().len(), 1);
        assert_eq!(bench.stripe().balance().charged, 1_600);
        bench.assert_settled(id).await;
    }

    /// Test 11, the other half: nothing is there, which only a search can prove; then a new attempt
    /// has a new key and gets past the kept failure.
    async fn a_kept_failure_without_a_page_makes_way_for_another_attempt(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        break_opening(&bench, Mischief::Error500, false);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        bench.stripe().clear_faults();
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable", "kept for a day");

        bench.pass(Duration::minutes(3));
        bench.rounds().await;
        assert_eq!(bench.payment(id).await.state.name(), "failed");
        bench.pay_for(id).await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(bench.payments(id).await.len(), 2);
        bench.assert_settled(id).await;
    }

    /// Test 13.
    async fn an_answer_that_cannot_be_read_is_no_answer(db: TestStore) {
        let bench = Bench::new(&db).await;
        let slots = [
            ("09:00", "10:00"), ("10:00", "11:00"), ("11:00", "12:00"), ("12:00", "13:00"),
        ];
        let mischiefs = [
            Mischief::Html502,
            Mischief::TruncatedJson,
            Mischief::MissingField { field: "payment_status".to_owned() },
            Mischief::Unavailable,
        ];
        for (mischief, (start, end)) in mischiefs.into_iter().zip(slots) {
            let form = bench.form("gym-full", "2026-12-05", start, end);
            let id = bench.book(&form).await.unwrap();
            break_opening(&bench, mischief.clone(), true);
            assert_eq!(code(bench.press_pay(id).await), "payment.unavailable", "{mischief:?}");
            assert_eq!(bench.payment(id).await.state.name(), "creating", "{mischief:?}");
            bench.stripe().clear_faults();
            bench.pay_for(id).await;
            assert_eq!(bench.state(id).await, ReservationState::Confirmed, "{mischief:?}");
            bench.assert_settled(id).await;
        }
        assert_eq!(bench.stripe().sessions().len(), 4);
        bench.assert_books_agree().await;
    }

    /// Test 14: a service that says nothing holds up nobody else.
    async fn a_service_that_hangs_is_given_up_and_holds_up_nobody(db: TestStore) {
        let bench = Bench::impatient(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        break_opening(&bench, Mischief::Hang { seconds: 600 }, true);
        let (pressed, other) = tokio::join!(
            bench.press_pay(id),
            async { bench.book(&bench.hall()).await },
        );
        assert_eq!(code(pressed), "payment.unavailable");
        other.unwrap();
        let tries = bench.calls_at_stripe(Operation::SessionCreate).len();
        assert_eq!(tries, 3, "bounded");

        bench.stripe().clear_faults();
        bench.pay_for(id).await;
        assert_eq!(bench.stripe().sessions().len(), 1);
        bench.assert_settled(id).await;
    }

    /// Test 14: too many requests.
    async fn a_busy_service_is_asked_a_few_times_and_begins_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        break_opening(&bench, Mischief::RateLimited { retry_after: 3_600 }, false);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        assert_eq!(bench.calls_at_stripe(Operation::SessionCreate).len(), 3);
        assert!(bench.stripe().sessions().is_empty());
        bench.stripe().clear_faults();
        bench.pay_for(id).await;
        bench.assert_settled(id).await;
    }

    /// Row 3 at the end of the hold: nobody knows whether there is a page, so the floor stays; once
    /// it is known, it is closed first.
    async fn the_floor_stays_while_a_page_may_be_open_somewhere(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        break_opening(&bench, Mischief::DropConnection, true);
        bench.down(Operation::SessionList, Mischief::Unavailable);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        bench.pass(Duration::minutes(40));
        bench.rounds().await;
        assert_eq!(code(bench.book(&bench.gym()).await), "slot.taken");

        bench.stripe().clear_faults();
        bench.rounds().await;
        assert_eq!(bench.state(id).await, ReservationState::Released);
        let sessions = bench.stripe().sessions();
        assert_eq!(sessions.len(), 1);
        assert_eq!(bench.stripe().object(&sessions[0]).unwrap()["status"], "expired");
        bench.assert_settled(id).await;
        bench.book(&bench.gym()).await.unwrap();
    }

    /// One town's account being out of order stops no other town's money.
    async fn one_towns_bad_key_stops_no_other_town(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.neighbour_with_a_bad_key().await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pay_at_stripe(&session);
        let lapsing = bench.book(&bench.hall()).await.unwrap();
        bench.pass(Duration::minutes(15));
        let worker = &bench.house().worker;
        assert!(worker.poll_payments().await.is_err(), "the operator must hear of it");
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert!(worker.release_unpaid().await.is_err());
        assert_eq!(worker.release_lapsed().await.unwrap(), 1);
        assert_eq!(bench.state(lapsing).await, ReservationState::Released);
    }

    /// While somebody waits for the payment service, nobody else waits for them.
    async fn a_service_that_hangs_holds_up_no_mail_and_no_lapsed_hold(db: TestStore) {
        let bench = Bench::new(&db).await;
        let unpaid = bench.book(&bench.gym()).await.unwrap();
        bench.open_page(unpaid).await;
        let held = bench.book(&bench.hall()).await.unwrap();
        let next = bench.form("hall-room", "2026-12-06", "09:00", "12:00");
        let free = bench.book(&next).await.unwrap();
        bench.press_pay(free).await.unwrap();
        bench.pass(Duration::minutes(31));
        bench.down(Operation::SessionExpire, Mischief::Hang { seconds: 600 });

        let worker = &bench.house().worker;
        let asking = tokio::spawn({
            let worker = worker.clone();
            async move { worker.release_unpaid().await }
        });
        while bench.calls_at_stripe(Operation::SessionExpire).is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(worker.release_lapsed().await.unwrap(), 1);
        assert_eq!(bench.state(held).await, ReservationState::Released);
        assert_eq!(worker.run_lane(Lane::Mail).await.unwrap(), 1);
        assert_eq!(bench.mailbox().mails().len(), 1);
        assert!(!asking.is_finished(), "nobody had to wait for the answer");

        bench.stripe().clear_faults();
        bench.stripe().release_hanging();
        asking.await.unwrap().unwrap();
        bench.rounds().await;
        assert_eq!(bench.state(unpaid).await, ReservationState::Released);
        bench.assert_settled(unpaid).await;
    }
}
