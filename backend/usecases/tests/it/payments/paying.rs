//! Pressing 「支払う」: rows 1, 2 and 16; tests 8, 9 and 12.

use std::sync::Arc;

use chrono::Duration;
use contract::{PayState, ReservationState, Resident as _};
use domain::payment::SessionId;
use domain::town::RoomPrice;
use standin::stripe::{Mischief, Operation};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bench::wishes::{code, yen};
use crate::bench::{Bench, Card};

testkit::on_both! {
    /// Row 1: a double click, a second tab, the back button.
    async fn pressing_pay_again_leads_to_the_same_page(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let first = bench.press_pay(id).await.unwrap();
        bench.pass(Duration::minutes(10));
        assert_eq!(bench.press_pay(id).await.unwrap(), first);
        assert_eq!(bench.calls_at_stripe(Operation::SessionCreate).len(), 1);
        assert_eq!(bench.payments(id).await.len(), 1);
    }

    /// Test 9.
    async fn fifty_presses_at_once_open_one_page(db: TestStore) {
        let bench = Bench::new(&db).await;
        for round in 0..4 {
            let (start, end) = (format!("{:02}:00", 9 + round), format!("{:02}:00", 10 + round));
            let form = bench.form("gym-full", "2026-12-05", &start, &end);
            let id = bench.book(&form).await.unwrap();
            let together = Arc::new(Barrier::new(50));
            let mut presses = JoinSet::new();
            for _ in 0..50 {
                let (bench, together) = (bench.clone(), Arc::clone(&together));
                presses.spawn(async move {
                    together.wait().await;
                    bench.press_pay(id).await.unwrap()
                });
            }
            let mut pages = presses.join_all().await;
            pages.dedup();
            assert_eq!(pages.len(), 1, "round {round}: {pages:?}");
            assert_eq!(bench.stripe().sessions().len(), round + 1);
            assert_eq!(bench.payments(id).await.len(), 1);
        }
        bench.assert_sound().await;
    }

    /// Row 16 and after row 10: what has closed is not opened again, a new page is.
    async fn after_a_page_has_closed_unpaid_pay_opens_another(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let first = bench.open_page(id).await;
        let account = bench.house().accounts.shared();
        account.expire(&SessionId(first.clone())).await.unwrap();
        let view = bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        assert_eq!(view.money.payment, PayState::Unpaid);
        let due = bench.now() + Duration::minutes(30);
        assert_eq!(view.state, ReservationState::AwaitingPayment { due });

        bench.pass(Duration::minutes(10));
        let second = bench.open_page(id).await;
        assert_ne!(first, second);
        assert_eq!(bench.state(id).await, ReservationState::AwaitingPayment { due });
        bench.pay_at_stripe(&second);
        bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// The page and the receipt name the means, as the payment service told it.
    async fn what_it_was_paid_by_stands_on_the_page_and_on_the_papers(db: TestStore) {
        let bench = Bench::new(&db).await;
        for (hour, stripe, ours) in [(9, "card", "カード"), (11, "paypay", "PayPay")] {
            let (start, end) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 2));
            let id = bench.book(&bench.form("gym-full", "2026-12-05", &start, &end)).await.unwrap();
            let session = bench.open_page(id).await;
            bench.pay_at_stripe_by(&session, stripe);
            let view = bench.desk().payment_returned(&bench.call(), id).await.unwrap();
            let paid = PayState::Paid { at: bench.now(), method: ours.to_owned() };
            assert_eq!(view.money.payment, paid);
            for paper in [
                bench.desk().receipt(&bench.call(), id).await.unwrap(),
                bench.desk().permit(&bench.call(), id).await.unwrap(),
            ] {
                let text = String::from_utf8(paper.bytes).unwrap();
                assert!(text.contains(ours), "{text}");
            }
            let stored = format!("SELECT count(*) FROM payments WHERE method = '{stripe}'");
            assert_eq!(bench.count(&stored).await, 1);
        }
    }

    async fn what_is_paid_or_over_is_not_paid_again(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        assert_eq!(code(bench.press_pay(id).await), "reservation.state");
        bench.press_cancel(id).await.unwrap();
        assert_eq!(code(bench.press_pay(id).await), "reservation.state");

        let lapsed = bench.book(&bench.hall()).await.unwrap();
        bench.pass(Duration::minutes(11));
        assert_eq!(code(bench.press_pay(lapsed).await), "hold.lapsed");
        bench.rounds().await;
        assert_eq!(code(bench.press_pay(lapsed).await), "reservation.state");
        assert_eq!(bench.stripe().sessions().len(), 1);
    }

    async fn a_fee_that_cards_cannot_be_charged_is_said_so_and_the_hold_stays(db: TestStore) {
        let mut town = testkit::town().unwrap();
        let gym = Arc::make_mut(&mut town.facilities[0]);
        let price = &mut Arc::make_mut(&mut gym.rooms[0]).tariffs[0].price;
        *price = RoomPrice::PerHour {
            yen: yen(20),
            max_hours: None,
        };
        let bench = Bench::in_town(&db, &town).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        assert_eq!(code(bench.press_pay(id).await), "payment.too_small");
        assert!(matches!(bench.state(id).await, ReservationState::Held { .. }));
    }

    /// Row 4: the service says no; the floor is kept and another try is possible.
    async fn a_page_that_is_refused_keeps_the_floor_and_can_be_tried_again(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.once(Operation::SessionCreate, Mischief::BadRequest);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        assert_eq!(bench.payment(id).await.state.name(), "failed");
        let due = bench.now() + Duration::minutes(30);
        assert_eq!(bench.state(id).await, ReservationState::AwaitingPayment { due });
        bench.pay_for(id).await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
    }

    /// Test 8.
    async fn anothers_reservation_cannot_be_paid_asked_about_or_cancelled(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pay_at_stripe(&session);
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        let (before, call) = (bench.rows().await, bench.call_of(jiro));
        assert_eq!(code(bench.desk().pay(&call, id).await), "not_found");
        assert_eq!(code(bench.desk().payment_returned(&call, id).await), "not_found");
        let cancel = contract::CancelReservation { reservation: id, seen_refund_yen: None };
        assert_eq!(code(bench.desk().cancel(&call, &cancel).await), "not_found");
        assert_eq!(bench.rows().await, before);
        assert!(bench.calls_at_stripe(Operation::SessionRetrieve).is_empty(), "not even asked");
    }

    /// Review comes before payment: nobody pays their way past it.
    async fn what_waits_for_review_cannot_be_paid(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let mut tx = bench.store().begin(bench.world().municipality).await.unwrap();
        let record = tx.lock_reservation(id).await.unwrap().unwrap();
        let review = record.state.submit_for_review(bench.now()).unwrap();
        tx.set_state(id, record.revision, &review, bench.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(bench.press_pay(id).await), "reservation.state");
        assert_eq!(bench.state(id).await, ReservationState::AwaitingReview);
        assert!(bench.payments(id).await.is_empty());
    }
}
