//! async-stripe 1.0.0-rc.10, whose decoder refuses an object that lacks a required field, reads
//! every kind of answer and every kind of event.

use std::collections::HashMap;

use standin::stripe::{Fault, Mischief, Operation, Pay, RefundStatus};
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData, ExpireCheckoutSession,
    ListCheckoutSession, ProductData, RetrieveCheckoutSession,
};
use stripe_client_core::StripeRequest as _;
use stripe_core::balance_transaction::ListBalanceTransaction;
use stripe_core::charge::ListCharge;
use stripe_core::event::ListEvent;
use stripe_core::payment_intent::{ListPaymentIntent, RetrievePaymentIntent};
use stripe_core::refund::{CreateRefund, ListRefund, RetrieveRefund};
use stripe_shared::{CheckoutSessionPaymentStatus, CheckoutSessionStatus, PaymentIntentStatus};

use crate::shop::Shop;

fn client(shop: &Shop) -> Client {
    ClientBuilder::new("sk_test_decoder")
        .url(shop.stripe.url().as_str())
        .build()
        .expect("a client")
}

fn checkout(yen: i64) -> CreateCheckoutSession {
    let mut price = CreateCheckoutSessionLineItemsPriceData::new(stripe_types::Currency::JPY);
    price.unit_amount = Some(yen);
    price.product_data = Some(ProductData::new("むくのきセンター アリーナ"));
    let mut item = CreateCheckoutSessionLineItems::new();
    item.quantity = Some(1);
    item.price_data = Some(price);
    CreateCheckoutSession::new()
        .mode(stripe_shared::CheckoutSessionMode::Payment)
        .success_url("http://seika.localhost/paid")
        .cancel_url("http://seika.localhost/back")
        .client_reference_id("payment-1")
        .metadata(HashMap::from([("payment_id".to_owned(), "p-1".to_owned())]))
        .line_items(vec![item])
}

#[tokio::test]
async fn it_reads_sessions_in_every_state() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let card = [CreateCheckoutSessionAllowedPaymentMethodTypes::Card];
    let open = checkout(1200)
        .allowed_payment_method_types(card.to_vec())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(open.status, Some(CheckoutSessionStatus::Open));
    assert_eq!(open.amount_total, Some(1200));
    let expired = ExpireCheckoutSession::new(open.id.clone())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(expired.status, Some(CheckoutSessionStatus::Expired));

    for method in ["card", "paypay", "konbini"] {
        let session = checkout(1200).send(&client).await.unwrap();
        let pay = Pay {
            method: method.into(),
            ..Pay::default()
        };
        shop.control().pay(session.id.as_str(), &pay).unwrap();
        let expand = [
            "payment_intent.latest_charge.balance_transaction",
            "line_items",
        ];
        let session = RetrieveCheckoutSession::new(session.id)
            .expand(expand.map(str::to_owned).to_vec())
            .send(&client)
            .await
            .unwrap();
        let paid = session.payment_status == CheckoutSessionPaymentStatus::Paid;
        assert_eq!(paid, method != "konbini");
        assert!(session.payment_intent.unwrap().is_object());
    }
    let declined = checkout(1200).send(&client).await.unwrap();
    let card = Pay {
        card: "4000000000000002".into(),
        ..Pay::default()
    };
    shop.control().pay(declined.id.as_str(), &card).unwrap();
    let session = RetrieveCheckoutSession::new(declined.id)
        .send(&client)
        .await
        .unwrap();
    let intent = session.payment_intent.unwrap().into_id();
    let intent = RetrievePaymentIntent::new(intent)
        .send(&client)
        .await
        .unwrap();
    assert_eq!(intent.status, PaymentIntentStatus::RequiresPaymentMethod);
    let error = intent.last_payment_error.unwrap();
    assert_eq!(error.decline_code.as_deref(), Some("generic_decline"));
    assert_eq!(
        ListCheckoutSession::new()
            .send(&client)
            .await
            .unwrap()
            .data
            .len(),
        5
    );
}

#[tokio::test]
async fn it_reads_refunds_in_every_state() {
    let shop = Shop::open().await;
    let client = client(&shop);
    for status in [
        RefundStatus::Pending,
        RefundStatus::RequiresAction,
        RefundStatus::Succeeded,
        RefundStatus::Failed,
        RefundStatus::Canceled,
    ] {
        let (_, intent) = shop.paid(1200).await;
        shop.control().refunds_begin(status);
        let refund = CreateRefund::new()
            .payment_intent(intent)
            .amount(500)
            .send(&client)
            .await
            .unwrap();
        let again = RetrieveRefund::new(refund.id).send(&client).await.unwrap();
        assert_eq!(again.status.as_deref(), Some(status.as_str()));
    }
    assert_eq!(ListRefund::new().send(&client).await.unwrap().data.len(), 5);
}

#[tokio::test]
async fn it_reads_every_event_and_every_list() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let (_, intent) = shop.paid(1200).await;
    let refund = shop.refund(&intent, 1200).await.text("/id");
    shop.control()
        .turn_refund(&refund, RefundStatus::Failed, None)
        .unwrap();
    let gone = shop.session(1200).await;
    shop.control()
        .pay(
            &gone,
            &Pay {
                card: "4000000000000002".into(),
                ..Pay::default()
            },
        )
        .unwrap();
    shop.post(&format!("/v1/checkout/sessions/{gone}/expire"), &[])
        .await;
    for paid in [true, false] {
        let (session, _) = shop
            .paid_by(
                1200,
                &Pay {
                    method: "konbini".into(),
                    ..Pay::default()
                },
            )
            .await;
        shop.control().settle_voucher(&session, paid).unwrap();
    }
    let events = ListEvent::new().limit(100).send(&client).await.unwrap();
    let listed = shop.get("/v1/events?limit=100").await.json();
    let listed = listed["data"].as_array().unwrap();
    assert_eq!(events.data.len(), listed.len());
    let kinds: std::collections::BTreeSet<String> = listed
        .iter()
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect();
    assert!(kinds.len() >= 16, "{kinds:?}");
    for event in listed {
        // The webhook crate decodes `data.object` by its type, strictly.
        let body = event.to_string();
        let signed = stripe_webhook::Webhook::generate_test_header(&body, "whsec_t", None);
        let decoded = stripe_webhook::Webhook::construct_event(&body, &signed, "whsec_t");
        let decoded = decoded.unwrap_or_else(|error| panic!("{}: {error}", event["type"]));
        let unknown = matches!(decoded.data.object, stripe_webhook::EventObject::Unknown(_));
        assert!(!unknown, "{}", event["type"]);
    }
    assert_eq!(
        ListPaymentIntent::new()
            .send(&client)
            .await
            .unwrap()
            .data
            .len(),
        4
    );
    assert_eq!(ListCharge::new().send(&client).await.unwrap().data.len(), 3);
    assert_eq!(
        ListBalanceTransaction::new()
            .send(&client)
            .await
            .unwrap()
            .data
            .len(),
        4
    );
}

/// payments.md §1: `Idempotent(key)` is one attempt; an unknown outcome is found under the key.
#[tokio::test]
async fn its_idempotent_strategy_finds_the_dropped_answer() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let drop = Fault::once(Operation::SessionCreate, Mischief::DropConnection);
    shop.control().set_fault(drop);
    let request = checkout(1200);
    let strategy = || RequestStrategy::Idempotent(IdempotencyKey::new("attempt-1").unwrap());
    let first = request
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await;
    assert!(first.is_err());
    let session = request
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(shop.control().sessions(), [session.id.as_str()]);
}

/// Its decoder is what makes a missing field an unknown outcome (payments.md §1).
#[tokio::test]
async fn it_refuses_an_answer_short_of_a_required_field() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let short = Mischief::MissingField {
        field: "payment_status".into(),
    };
    shop.control()
        .set_fault(Fault::once(Operation::SessionCreate, short));
    let error = checkout(1200).send(&client).await.unwrap_err();
    assert!(
        matches!(error, StripeError::JSONDeserialize(_)),
        "{error:?}"
    );
    assert_eq!(shop.control().sessions().len(), 1);
}

#[tokio::test]
async fn it_reads_refusals_with_their_code() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let StripeError::Stripe(error, status) = checkout(49).send(&client).await.unwrap_err() else {
        panic!("not a refusal");
    };
    assert_eq!(status, 400);
    assert_eq!(
        error.code,
        Some(stripe_shared::ApiErrorsCode::AmountTooSmall)
    );
}
