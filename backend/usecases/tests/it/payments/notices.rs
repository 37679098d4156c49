//! News in every order: rows 5, 10, 13–15; tests 5, 6 and 7.

use chrono::Duration;
use contract::{PayState, RefundState, ReservationState, Resident as _};
use domain::payment::SessionId;
use standin::stripe::{Fault, Mischief, Operation, RefundStatus};
use tokio::task::JoinSet;
use usecases::ports::payments::{EventSubject, PaymentEvent};

use crate::bench::Bench;
use crate::bench::books::Balance;
use crate::bench::wishes::code;

async fn named(bench: &Bench, name: &str) -> PaymentEvent {
    let mut events = bench.events().await;
    events.retain(|event| event.name == name);
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0)
}

/// Every order of `items`.
fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in 0..items.len() {
        let mut rest = items.to_vec();
        let one = rest.remove(first);
        for mut order in orders(&rest) {
            order.insert(0, one.clone());
            all.push(order);
        }
    }
    all
}

testkit::on_both! {
    /// Row 5 by a notice alone: the person closed the browser.
    async fn a_notice_alone_confirms(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pay_at_stripe(&session);
        let event = named(&bench, "checkout.session.completed").await;
        bench.receive(&event).await;
        let waiting = bench.state(id).await;
        assert!(matches!(waiting, ReservationState::AwaitingPayment { .. }), "only kept so far");
        bench.work().await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
    }

    /// Test 5, row 15: at once, and once more days later.
    async fn scenario_42_twenty_copies_of_a_notice_at_once_are_one_payment_and_one_mail(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pay_at_stripe(&session);
        let event = named(&bench, "checkout.session.completed").await;
        let mut copies = JoinSet::new();
        for _ in 0..20 {
            let (bench, event) = (bench.clone(), event.clone());
            copies.spawn(async move { bench.receive(&event).await });
        }
        copies.join_all().await;
        // Several workers, and the person coming back at the same moment.
        let mut workers = JoinSet::new();
        for n in 0..8 {
            let bench = bench.clone();
            workers.spawn(async move {
                if n % 2 == 0 {
                    bench.work().await;
                } else {
                    bench.desk().payment_returned(&bench.call(), id).await.unwrap();
                }
            });
        }
        workers.join_all().await;
        bench.work().await;
        bench.pass(Duration::days(2));
        bench.receive(&event).await;
        bench.rounds().await;

        assert_eq!(bench.rows().await["inbox_events"], 1);
        let paid = "SELECT count(*) FROM ledger_entries WHERE cause LIKE 'paid:%'";
        assert_eq!(bench.count(paid).await, 1);
        assert_eq!(bench.rows().await["receipts"], 1);
        assert_eq!(bench.mailbox().mails().len(), 1);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    /// Test 7, row 13.
    async fn coming_back_before_the_notice_confirms_and_the_notice_adds_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        bench.work().await;
        let event = named(&bench, "checkout.session.completed").await;
        let before = bench.balance(id).await;
        bench.receive(&event).await;
        bench.work().await;
        assert_eq!(bench.balance(id).await, before);
        assert_eq!(bench.mailbox().mails().len(), 1);
    }

    /// Row 13: the service does not answer just now; the page says 確認中 and the worker goes on.
    async fn coming_back_while_the_service_is_down_says_checking(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.pay_at_stripe(&session);
        bench.down(Operation::SessionRetrieve, Mischief::Unavailable);
        let view = bench.desk().payment_returned(&bench.call(), id).await.unwrap();
        assert_eq!(view.money.payment, PayState::Checking);
        bench.pass(Duration::minutes(3));
        bench.rounds().await;
        assert_eq!(bench.view(id).await.money.payment, PayState::Checking);
        bench.stripe().clear_faults();
        bench.pass(Duration::minutes(1));
        bench.rounds().await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
    }

    /// Test 7, row 14: the answer to our own call never came, the notice does.
    async fn a_notice_before_our_own_answer_settles_by_the_reference_it_carries(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let lost = Fault::once(Operation::SessionCreate, Mischief::DropConnection).standing();
        bench.stripe().set_fault(lost);
        assert_eq!(code(bench.press_pay(id).await), "payment.unavailable");
        let session = bench.stripe().sessions().remove(0);
        bench.pay_at_stripe(&session);
        bench.receive(&named(&bench, "checkout.session.completed").await).await;
        bench.work().await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        assert_eq!(bench.payment(id).await.state.session(), Some(&SessionId(session)));
        bench.assert_settled(id).await;
    }

    /// Row 14 with the answer still on its way: it comes after the money, and nobody is sent to a
    /// page that has been paid.
    async fn an_answer_that_comes_after_the_money_changes_nothing(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        bench.once(Operation::SessionCreate, Mischief::Hang { seconds: 600 });
        let pressing = tokio::spawn({
            let bench = bench.clone();
            async move { bench.press_pay(id).await }
        });
        while bench.stripe().sessions().is_empty() {
            tokio::task::yield_now().await;
        }
        let session = bench.stripe().sessions().remove(0);
        bench.pay_at_stripe(&session);
        bench.receive(&named(&bench, "checkout.session.completed").await).await;
        bench.work().await;
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.stripe().release_hanging();
        assert_eq!(code(pressing.await.unwrap()), "payment.in_progress");
        assert_eq!(bench.state(id).await, ReservationState::Confirmed);
        bench.assert_settled(id).await;
    }

    /// Row 10: the page closed by itself; the floor goes when its own time is up.
    async fn a_notice_that_a_page_closed_frees_the_floor_at_the_due_time(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        bench.house().accounts.shared().expire(&SessionId(session)).await.unwrap();
        bench.receive(&named(&bench, "checkout.session.expired").await).await;
        bench.rounds().await;
        assert_eq!(bench.payment(id).await.state.name(), "expired");
        assert_eq!(code(bench.book(&bench.gym()).await), "slot.taken");
        bench.pass(Duration::minutes(30));
        bench.rounds().await;
        assert_eq!(bench.state(id).await, ReservationState::Released);
        bench.assert_settled(id).await;
    }

    /// Test 6: a page that closed, a page that was paid, a refund that began and one that ended,
    /// told in every order.
    async fn every_order_of_notices_ends_the_same(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.stripe().refunds_begin(RefundStatus::Pending);
        let mut told = 0;
        for (n, order) in orders(&[0, 1, 2, 3]).into_iter().enumerate() {
            let day = ["2026-12-12", "2026-12-13"][n / 12];
            let (start, end) = (format!("{:02}:00", 9 + n % 12), format!("{:02}:00", 10 + n % 12));
            let id = bench.book(&bench.form("gym-full", day, &start, &end)).await.unwrap();
            let closed = SessionId(bench.open_page(id).await);
            bench.house().accounts.shared().expire(&closed).await.unwrap();
            bench.desk().payment_returned(&bench.call(), id).await.unwrap();
            bench.pay_for(id).await;
            bench.press_cancel(id).await.unwrap();
            bench.work().await;
            let refund = bench.refunds(id).await[0].state.provider_id().unwrap().to_owned();
            bench.stripe().turn_refund(&refund, RefundStatus::Succeeded, None).unwrap();

            let events = bench.events().await.split_off(told);
            told += events.len();
            let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
            let expected = [
                "checkout.session.expired",
                "checkout.session.completed",
                "refund.created",
                "refund.updated",
            ];
            assert_eq!(names, expected);
            for which in &order {
                bench.receive(&events[*which]).await;
                bench.work().await;
                bench.assert_sound().await;
            }
            let state = bench.state(id).await;
            assert!(matches!(state, ReservationState::Cancelled { .. }), "{order:?}");
            let shown = bench.view(id).await.money.refunds;
            assert!(matches!(shown[..], [(_, RefundState::Done { .. })]), "{order:?}: {shown:?}");
            assert_eq!(bench.balance(id).await, Balance::default(), "{order:?}");
        }
        bench.assert_books_agree().await;
    }

    /// A notice about what nobody knows is looked at once and put away.
    async fn a_notice_about_a_stranger_is_put_away(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.paid_booking().await;
        let mut event = named(&bench, "checkout.session.completed").await;
        event.id = "evt_stranger".to_owned();
        event.subject = EventSubject::Session(SessionId("cs_test_stranger".to_owned()));
        bench.receive(&event).await;
        bench.rounds().await;
        let open = "SELECT count(*) FROM jobs WHERE kind = 'handle_event' AND done_at IS NULL";
        assert_eq!(bench.count(open).await, 0);
        bench.assert_settled(id).await;
    }
}
