//! Refunds: <https://docs.stripe.com/refunds>, <https://docs.stripe.com/api/refunds/create>.

use serde_json::Value;
use standin::stripe::{Pay, RefundStatus};

use crate::shop::{Shop, pairs};

/// "You can optionally refund only part of a charge. You can do so multiple times, until the
/// entire charge has been refunded."
#[tokio::test]
async fn parts_may_be_refunded_until_nothing_is_left() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1200).await;
    assert_eq!(shop.refund(&intent, 500).await.text("/status"), "succeeded");
    let too_much = shop.refund(&intent, 701).await;
    assert_eq!(
        (too_much.status, too_much.text("/error/param")),
        (400, "amount".into())
    );
    let rest = shop
        .post("/v1/refunds", &pairs(&[("payment_intent", &intent)]))
        .await;
    assert_eq!(rest.number("/amount"), 700);
    let nothing = shop.refund(&intent, 1).await;
    assert_eq!(
        nothing.error().2.as_deref(),
        Some("charge_already_refunded")
    );
    let charge = shop
        .get(&format!(
            "/v1/payment_intents/{intent}?expand[]=latest_charge"
        ))
        .await;
    assert_eq!(charge.number("/latest_charge/amount_refunded"), 1200);
    assert_eq!(
        charge.json()["latest_charge"]["refunded"],
        Value::Bool(true)
    );
    assert_eq!(shop.control().balance().gross, 0);
}

/// payments.md §6 test 21, and the key keeps the refusal too.
#[tokio::test]
async fn refunds_at_the_same_moment_never_exceed_the_charge() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1000).await;
    let (a, b, c) = tokio::join!(
        shop.refund(&intent, 600),
        shop.refund(&intent, 600),
        shop.refund(&intent, 600)
    );
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400]);
    assert_eq!(shop.control().balance().refunded, 600);
}

#[tokio::test]
async fn only_money_that_came_in_can_go_back() {
    let shop = Shop::open().await;
    let session = shop.session(1200).await;
    let declined = Pay {
        card: "4000000000000002".into(),
        ..Pay::default()
    };
    shop.control().pay(&session, &declined).unwrap();
    let intent = shop.retrieve(&session).await.text("/payment_intent");
    assert_eq!(shop.refund(&intent, 100).await.status, 400);
    assert_eq!(
        shop.refund("pi_none", 100).await.error().2.as_deref(),
        Some("resource_missing")
    );
    assert_eq!(shop.post("/v1/refunds", &[]).await.status, 400);
    let (_, paid) = shop.paid(1200).await;
    for amount in ["0", "-1", "1.5"] {
        let form = pairs(&[("payment_intent", &paid), ("amount", amount)]);
        let answer = shop.post("/v1/refunds", &form).await;
        assert_eq!(
            answer.error().2.as_deref(),
            Some("parameter_invalid_integer"),
            "{amount}"
        );
    }
}

/// payments.md §3 row 18: a refund may be pending first.
#[tokio::test]
async fn a_pending_refund_holds_the_money_and_succeeds_later() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1200).await;
    shop.control().refunds_begin(RefundStatus::Pending);
    let refund = shop.refund(&intent, 1200).await;
    assert_eq!(refund.text("/status"), "pending");
    assert_eq!(shop.refund(&intent, 1).await.status, 400);
    shop.control()
        .turn_refund(&refund.text("/id"), RefundStatus::Succeeded, None)
        .unwrap();
    let path = format!("/v1/refunds/{}", refund.text("/id"));
    assert_eq!(shop.get(&path).await.text("/status"), "succeeded");
    let updated = shop.get("/v1/events?type=refund.updated").await;
    assert_eq!(
        updated.text("/data/0/data/previous_attributes/status"),
        "pending"
    );
}

/// <https://docs.stripe.com/refunds#failed-refunds>: the money comes back to the balance, days
/// after the refund had succeeded (payments.md §3 row 20).
#[tokio::test]
async fn a_succeeded_refund_that_fails_brings_the_money_back() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1200).await;
    let refund = shop.refund(&intent, 1200).await.text("/id");
    let before = shop.control().balance();
    shop.control()
        .turn_refund(
            &refund,
            RefundStatus::Failed,
            Some("expired_or_canceled_card"),
        )
        .unwrap();
    let failed = shop
        .get(&format!("/v1/refunds/{refund}?expand[]=charge"))
        .await;
    assert_eq!(failed.text("/failure_reason"), "expired_or_canceled_card");
    assert_eq!(failed.number("/charge/amount_refunded"), 0);
    assert!(
        failed
            .text("/failure_balance_transaction")
            .starts_with("txn_")
    );
    let after = shop.control().balance();
    assert_eq!((before.gross, after.gross), (0, 1200));
    let events = shop.get("/v1/events?type=refund.failed").await;
    assert_eq!(events.text("/data/0/data/object/id"), refund);
    assert!(
        shop.control()
            .turn_refund(&refund, RefundStatus::Succeeded, None)
            .is_err()
    );
}

/// <https://docs.stripe.com/testing#refunds>
#[tokio::test]
async fn the_test_cards_for_slow_refunds_turn_by_themselves() {
    let shop = Shop::open().await;
    for (card, first, then) in [
        ("4000000000007726", "pending", "succeeded"),
        ("4000000000005126", "succeeded", "failed"),
    ] {
        let (_, intent) = shop
            .paid_by(
                1200,
                &Pay {
                    card: card.into(),
                    ..Pay::default()
                },
            )
            .await;
        let refund = shop.refund(&intent, 1200).await;
        assert_eq!(refund.text("/status"), first);
        shop.control().advance_clock(61);
        let path = format!("/v1/refunds/{}", refund.text("/id"));
        assert_eq!(shop.get(&path).await.text("/status"), then);
    }
}

/// payments.md §2: for konbini Stripe asks the payer for a bank account first.
#[tokio::test]
async fn a_konbini_refund_waits_for_the_payers_bank_account() {
    let shop = Shop::open().await;
    let konbini = Pay {
        method: "konbini".into(),
        ..Pay::default()
    };
    let (session, intent) = shop.paid_by(1200, &konbini).await;
    shop.control().settle_voucher(&session, true).unwrap();
    assert_eq!(
        shop.refund(&intent, 1200).await.text("/status"),
        "requires_action"
    );
}

/// The same page: a refund keeps its metadata and its reason, of three.
#[tokio::test]
async fn a_refund_carries_its_reason_and_metadata() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1200).await;
    let mut form = pairs(&[("payment_intent", &intent), ("metadata[refund_id]", "f-1")]);
    form.push(("reason".into(), "requested_by_customer".into()));
    let refund = shop.post("/v1/refunds", &form).await;
    assert_eq!(refund.text("/reason"), "requested_by_customer");
    assert_eq!(refund.text("/metadata/refund_id"), "f-1");
    let odd = pairs(&[("payment_intent", &intent), ("reason", "rain")]);
    assert_eq!(shop.post("/v1/refunds", &odd).await.status, 400);
}
