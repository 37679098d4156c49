//! Vouchers of convenience stores: rows 6 to 8, test 20.

use chrono::Duration;
use contract::{PayState, Refusal, ReservationState, Resident as _};
use domain::ids::ReservationId;
use domain::payment::AttemptState;
use standin::stripe::{Operation, Pay};
use usecases::ports::payments::CheckoutRequest;

use crate::bench::Bench;
use crate::bench::wishes::{code, yen};
use crate::manage::{close, manager, works};

/// Takes a voucher for the whole gym, a month before the use, and comes back from the page.
async fn with_voucher(bench: &Bench) -> (ReservationId, String) {
    let id = bench.book(&bench.gym()).await.unwrap();
    let session = bench.open_page(id).await;
    take_voucher(bench, &session);
    let call = bench.call();
    bench.desk().payment_returned(&call, id).await.unwrap();
    (id, session)
}

fn take_voucher(bench: &Bench, session: &str) {
    let pay = Pay {
        method: "konbini".to_owned(),
        ..Pay::default()
    };
    assert_eq!(bench.stripe().pay(session, &pay).unwrap(), "voucher_issued");
}

/// The last second in which the stores take it.
async fn last_second(bench: &Bench, id: ReservationId) -> chrono::DateTime<chrono::Utc> {
    match bench.payment(id).await.state {
        AttemptState::Awaiting { voucher, .. } => voucher.until,
        other => panic!("no voucher: {other:?}"),
    }
}

async fn asked(bench: &Bench, id: ReservationId) -> CheckoutRequest {
    let payment = bench.payment(id).await;
    serde_json::from_value(payment.checkout.unwrap().request).unwrap()
}

testkit::on_both! {
    async fn a_voucher_shows_its_numbers_and_keeps_the_floor_until_it_has_run_out(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, _) = with_voucher(&bench).await;
        let until = last_second(&bench, id).await;
        let view = bench.view(id).await;
        let PayState::Voucher(voucher) = &view.money.payment else {
            panic!("{:?}", view.money);
        };
        assert_eq!((voucher.numbers.len(), voucher.until), (4, until));
        assert_eq!(view.state, ReservationState::AwaitingPayment { due: until });
        assert!(!view.can_cancel);

        bench.work().await;
        let mails = bench.mailbox().mails();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.starts_with("【コンビニでのお支払い】"), "{}", mails[0].subject);
        assert!(mails[0].text.contains("ローソン　払込番号 701234"), "{}", mails[0].text);

        // Long after the page itself would have closed.
        bench.pass(until - bench.now());
        bench.rounds().await;
        assert!(matches!(bench.state(id).await, ReservationState::AwaitingPayment { .. }));
        bench.assert_sound().await;
    }

    async fn a_voucher_paid_in_its_last_second_confirms_though_the_news_come_after_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = with_voucher(&bench).await;
        let until = last_second(&bench, id).await;
        bench.pass(until - Duration::seconds(1) - bench.now());
        bench.stripe().settle_voucher(&session, true).unwrap();
        bench.pass(until + Duration::minutes(30) - bench.now());
        bench.rounds().await;
        assert_eq!(bench.view(id).await.state, ReservationState::Confirmed);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    async fn a_voucher_that_ran_out_lets_the_floor_go_after_its_grace(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = with_voucher(&bench).await;
        let until = last_second(&bench, id).await;
        bench.pass(until + Duration::seconds(1) - bench.now());
        assert!(bench.stripe().settle_voucher(&session, true).is_err(), "the store takes no more");
        bench.rounds().await;
        assert_eq!(bench.payment(id).await.state.name(), "expired");
        bench.pass(until + Duration::hours(1) - bench.now());
        bench.rounds().await;
        assert_eq!(bench.view(id).await.state, ReservationState::Released);
        bench.assert_settled(id).await;
        bench.assert_books_agree().await;
    }

    async fn a_second_press_shows_the_voucher_again_and_nobody_cancels_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, _) = with_voucher(&bench).await;
        let again = bench.press_pay(id).await.unwrap();
        let contract::StartedPayment::GoTo(url) = again else {
            panic!("{again:?}");
        };
        assert!(url.ends_with(&format!("/reservations/{id}/paid")), "{url}");
        assert_eq!(bench.payments(id).await.len(), 1);
        assert_eq!(code(bench.press_cancel(id).await), Refusal::PaymentInProgress.code());
        assert_eq!(bench.calls_at_stripe(Operation::SessionExpire).len(), 0);
    }

    async fn a_voucher_that_would_outlive_the_start_is_never_offered(db: TestStore) {
        let bench = Bench::new(&db).await;
        let far = bench.book(&bench.gym()).await.unwrap();
        bench.open_page(far).await;
        let request = asked(&bench, far).await;
        assert_eq!(request.voucher_days, Some(3));

        // The use is on the 5th of December: a voucher taken on the 3rd ends on the 4th at the soonest.
        let near = Bench::new(&db).await;
        near.becomes("2026-12-03", "10:00");
        let form = near.form("gym-full", "2026-12-05", "09:00", "11:00");
        let id = near.book(&form).await.unwrap();
        let session = near.open_page(id).await;
        let request = asked(&near, id).await;
        assert_eq!(request.voucher_days, None);
        let pay = Pay { method: "konbini".to_owned(), ..Pay::default() };
        assert!(near.stripe().pay(&session, &pay).is_err(), "the page does not offer it");
        assert_eq!(near.payment(id).await.amount, yen(1_600));
    }

    async fn the_facility_closes_and_a_voucher_paid_afterwards_goes_back(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (id, session) = with_voucher(&bench).await;
        let boss = manager(&bench).await;
        close(&bench, &boss, &works(&bench)).await.unwrap();
        bench.stripe().settle_voucher(&session, true).unwrap();
        bench.pass(Duration::minutes(2));
        bench.rounds().await;
        assert!(matches!(bench.view(id).await.state, ReservationState::Cancelled { .. }));
        let refunds = bench.refunds(id).await;
        assert_eq!(refunds.len(), 1);
        assert_eq!((refunds[0].amount, refunds[0].reason.as_str()), (yen(1_600), "booking_ended"));
        bench.assert_sound().await;
    }
}
