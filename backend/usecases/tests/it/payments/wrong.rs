//! What the payment service shows is not what was asked for: row 24, test 19.

use chrono::Duration;
use contract::{PayState, ReservationState, Resident as _};
use serde_json::{Map, Value, json};

use crate::bench::Bench;
use crate::bench::books::Balance;
use crate::bench::wishes::code;

testkit::on_both! {
    async fn another_amount_currency_or_mode_is_never_believed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let lies = [
            ("amount_total", json!(1)),
            ("amount_total", json!(16_000)),
            ("currency", json!("usd")),
            ("livemode", json!(true)),
        ];
        for (n, (field, lie)) in lies.into_iter().enumerate() {
            let (start, end) = (format!("{:02}:00", 9 + 2 * n), format!("{:02}:00", 11 + 2 * n));
            let form = bench.form("gym-full", "2026-12-05", &start, &end);
            let id = bench.book(&form).await.unwrap();
            let session = bench.open_page(id).await;
            bench.pay_at_stripe(&session);
            let lies: Map<String, Value> = [(field.to_owned(), lie)].into_iter().collect();
            bench.stripe().tamper(&session, lies);

            let view = bench.desk().payment_returned(&bench.call(), id).await.unwrap();
            assert!(matches!(view.state, ReservationState::AwaitingPayment { .. }), "{field}");
            assert_eq!(view.money.payment, PayState::Checking, "{field}");
            assert!(!view.has_permit && !view.has_receipt, "{field}");
            assert_eq!(bench.payment(id).await.state.name(), "quarantined", "{field}");
            let charged = Balance { receivable: 1_600, fees: 1_600, ..Balance::default() };
            assert_eq!(bench.balance(id).await, charged, "{field}");

            // Every other way the news can come, and the end of its time: still not believed, and
            // the floor is kept until a person has looked.
            for event in bench.events().await {
                bench.receive(&event).await;
            }
            bench.hours_go_by().await;
            assert_eq!(bench.payment(id).await.state.name(), "quarantined", "{field}");
            assert_eq!(code(bench.press_pay(id).await), "payment.in_progress", "{field}");
            assert_eq!(code(bench.press_cancel(id).await), "payment.in_progress", "{field}");
            assert_eq!(code(bench.book(&form_again(&bench, &form)).await), "slot.taken", "{field}");
            bench.becomes("2026-11-21", "09:00");
        }
        assert!(bench.mailbox().mails().is_empty());
        bench.assert_sound().await;
    }

    /// A page that was falsified before it was paid is not even offered to the payer.
    async fn a_page_that_asks_for_another_amount_is_not_shown(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let session = bench.open_page(id).await;
        let lie: Map<String, Value> = [("amount_total".to_owned(), json!(9))].into_iter().collect();
        bench.stripe().tamper(&session, lie);
        bench.pass(Duration::minutes(3));
        bench.rounds().await;
        assert_eq!(bench.payment(id).await.state.name(), "quarantined");
        assert_eq!(code(bench.press_pay(id).await), "payment.in_progress");
    }
}

fn form_again(bench: &Bench, form: &contract::BookRoom) -> contract::BookRoom {
    let mut again = bench.gym();
    again.what = form.what.clone();
    again
}
