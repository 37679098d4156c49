//! What paying does: card, PayPay, konbini, and the pretend Stripe's own books.

use serde_json::{Value, json};
use standin::stripe::Pay;

use crate::shop::{Shop, basket_with};

fn by(method: &str) -> Pay {
    Pay {
        method: method.to_owned(),
        ..Pay::default()
    }
}

fn with_card(number: &str) -> Pay {
    Pay {
        card: number.to_owned(),
        ..Pay::default()
    }
}

/// <https://docs.stripe.com/payments/checkout/fulfill-orders>
#[tokio::test]
async fn a_paid_session_is_complete_and_names_its_payment_intent() {
    let shop = Shop::open().await;
    for method in ["card", "paypay"] {
        let (session, intent) = shop.paid_by(1200, &by(method)).await;
        let session = shop.retrieve(&session).await;
        assert_eq!(
            (session.text("/status"), session.text("/payment_status")),
            ("complete".into(), "paid".into())
        );
        let intent = shop
            .get(&format!(
                "/v1/payment_intents/{intent}?expand[]=latest_charge"
            ))
            .await;
        assert_eq!(intent.text("/status"), "succeeded");
        assert_eq!(intent.number("/amount_received"), 1200);
        assert_eq!(
            intent.text("/latest_charge/payment_method_details/type"),
            method
        );
    }
}

/// <https://docs.stripe.com/testing#declined-payments>
#[tokio::test]
async fn a_declined_card_leaves_the_session_open_and_a_failed_charge() {
    let shop = Shop::open().await;
    for (number, code, decline_code) in [
        ("4000000000000002", "card_declined", Some("generic_decline")),
        (
            "4000000000009995",
            "card_declined",
            Some("insufficient_funds"),
        ),
        ("4000000000000069", "expired_card", None),
        ("4000000000000127", "incorrect_cvc", None),
        ("4000000000000119", "processing_error", None),
        // A real card in test mode: the number is valid, and not one of the test cards.
        (
            "4539578763621486",
            "card_declined",
            Some("test_mode_live_card"),
        ),
    ] {
        let session = shop.session(1200).await;
        assert_eq!(
            shop.control().pay(&session, &with_card(number)).unwrap(),
            "declined"
        );
        let session = shop.retrieve(&session).await;
        assert_eq!(session.text("/status"), "open", "{number}");
        let path = format!(
            "/v1/payment_intents/{}?expand[]=latest_charge",
            session.text("/payment_intent")
        );
        let intent = shop.get(&path).await;
        assert_eq!(intent.text("/status"), "requires_payment_method");
        assert_eq!(intent.text("/last_payment_error/code"), code);
        let given = intent
            .json()
            .pointer("/last_payment_error/decline_code")
            .and_then(Value::as_str)
            .map(str::to_owned);
        assert_eq!(given.as_deref(), decline_code);
        assert_eq!(intent.text("/latest_charge/status"), "failed");
    }
    assert_eq!(shop.control().balance().charged, 0);
}

/// The same page: another card may follow, on the same PaymentIntent.
#[tokio::test]
async fn after_a_declined_card_another_one_pays_the_same_payment_intent() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    shop.control()
        .pay(&session, &with_card("4000000000000002"))
        .unwrap();
    let first = shop.retrieve(&session).await.text("/payment_intent");
    shop.control().pay(&session, &Pay::default()).unwrap();
    let paid = shop.retrieve(&session).await;
    assert_eq!(paid.text("/payment_status"), "paid");
    assert_eq!(paid.text("/payment_intent"), first);
    assert_eq!(shop.control().balance().charged, 1200);
}

/// payments.md §3 rows 9–11: a session is paid once, and never after it expired.
#[tokio::test]
async fn a_closed_session_cannot_be_paid() {
    let shop = Shop::open().await;
    let (paid, _) = shop.paid(1200).await;
    assert!(shop.control().pay(&paid, &Pay::default()).is_err());
    let gone = shop.session(1200).await;
    shop.post(&format!("/v1/checkout/sessions/{gone}/expire"), &[])
        .await;
    assert!(shop.control().pay(&gone, &Pay::default()).is_err());
    assert_eq!(shop.control().balance().charged, 1200);
}

/// payments.md §2: completed and unpaid, then paid in cash.
#[tokio::test]
async fn a_konbini_voucher_completes_the_session_before_the_money_comes() {
    let shop = Shop::open().await;
    let (session, intent) = shop.paid_by(1200, &by("konbini")).await;
    let waiting = shop.retrieve(&session).await;
    assert_eq!(
        (waiting.text("/status"), waiting.text("/payment_status")),
        ("complete".into(), "unpaid".into())
    );
    let intent = format!("/v1/payment_intents/{intent}");
    assert_eq!(
        shop.get(&intent).await.text("/next_action/type"),
        "konbini_display_details"
    );
    shop.control().settle_voucher(&session, true).unwrap();
    assert_eq!(
        shop.retrieve(&session).await.text("/payment_status"),
        "paid"
    );
    assert_eq!(shop.get(&intent).await.text("/status"), "succeeded");
    assert!(
        shop.control().settle_voucher(&session, true).is_err(),
        "paid once only"
    );
}

/// payments.md §2: a voucher ends at 23:59:59 Japan time on day N, three days unless said.
#[tokio::test]
async fn a_voucher_lapses_at_the_end_of_its_last_day_in_japan() {
    let shop = Shop::open().await;
    // 2026-12-01T23:30:00+09:00
    let now = 1_796_135_400;
    shop.control().fix_clock(Some(now));
    let form = basket_with(
        1200,
        "payment_method_options[konbini][expires_after_days]",
        "1",
    );
    let session = shop.create(&form).await.text("/id");
    shop.control().pay(&session, &by("konbini")).unwrap();
    let intent = shop.retrieve(&session).await.text("/payment_intent");
    let path = format!("/v1/payment_intents/{intent}");
    // 2026-12-02T23:59:59+09:00
    let end = now + 24 * 3600 + 29 * 60 + 59;
    assert_eq!(
        shop.get(&path)
            .await
            .number("/next_action/konbini_display_details/expires_at"),
        end
    );
    shop.control().fix_clock(Some(end - 1));
    assert_eq!(shop.get(&path).await.text("/status"), "requires_action");
    shop.control().fix_clock(Some(end));
    assert_eq!(
        shop.get(&path).await.text("/status"),
        "requires_payment_method"
    );
    let events = shop
        .get("/v1/events?type=checkout.session.async_payment_failed")
        .await;
    assert_eq!(events.text("/data/0/data/object/id"), session);
}

/// payments.md §2 (inferred there from two rules of the API).
#[tokio::test]
async fn a_session_with_a_voucher_cannot_be_expired() {
    let shop = Shop::open().await;
    let (session, _) = shop.paid_by(1200, &by("konbini")).await;
    let answer = shop
        .post(&format!("/v1/checkout/sessions/{session}/expire"), &[])
        .await;
    assert_eq!(answer.status, 400);
}

/// <https://docs.stripe.com/api/balance/balance_object>
#[tokio::test]
async fn the_balance_is_payments_less_refunds_less_fees() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(10_000).await;
    shop.refund(&intent, 4_000).await;
    let books = shop.control().balance();
    assert_eq!(
        (books.charged, books.refunded, books.gross),
        (10_000, 4_000, 6_000)
    );
    assert_eq!((books.fees, books.net), (360, 5_640));
    assert_eq!(
        shop.get("/v1/balance").await.json()["available"][0]["amount"],
        json!(5_640)
    );
}

/// payments.md §6 test 19.
#[tokio::test]
async fn a_falsified_object_lies_in_answers_and_in_events() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    let lies = json!({ "amount_total": 1, "currency": "usd", "livemode": true });
    shop.control()
        .tamper(&session, lies.as_object().unwrap().clone());
    shop.control().pay(&session, &Pay::default()).unwrap();
    let answer = shop.retrieve(&session).await;
    assert_eq!(
        (answer.number("/amount_total"), answer.text("/currency")),
        (1, "usd".into())
    );
    let event = shop.get("/v1/events?type=checkout.session.completed").await;
    assert_eq!(event.json()["data"][0]["livemode"], json!(true));
    assert_eq!(event.number("/data/0/data/object/amount_total"), 1);
}
