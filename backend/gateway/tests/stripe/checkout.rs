//! Payment pages without trouble.

use chrono::{DateTime, TimeDelta};
use domain::ids::PaymentId;
use domain::payment::{ConvenienceStore, PaymentMethod, SessionId, SessionProgress, voucher_end};
use gateway::stripe::StripeGateway;
use serde_json::{Value, json};
use standin::stripe::Operation;
use usecases::ports::payments::{GatewayFailure, Misconfiguration, PaymentGateway};
use uuid::Uuid;

use crate::town::{SECRET, Town, config};

#[tokio::test]
async fn an_opened_page_asks_for_the_yen_owed_and_names_our_attempt() {
    let town = Town::new().await;
    let request = town.request(1);
    let answer = town.gateway.open_checkout(&request).await.unwrap();

    assert_eq!(answer.payment, Some(request.payment));
    assert_eq!(answer.municipality, Some(request.municipality));
    assert_eq!(
        (answer.seen.amount, answer.seen.currency.as_str()),
        (2_400, "jpy")
    );
    assert!(!answer.seen.live);
    let SessionProgress::Open { url, expires_at } = &answer.seen.progress else {
        unreachable!("opened, yet {answer:?}");
    };
    assert!(url.starts_with(town.running.url().as_str()), "{url}");
    assert_eq!(*expires_at, request.expires_at);

    let call = town.calls(Operation::SessionCreate).pop().unwrap();
    assert_eq!(call.idempotency_key.as_deref(), Some(request.key.as_str()));
    let sent = Value::Object(call.params);
    assert_eq!(
        sent["client_reference_id"],
        json!(request.payment.to_string())
    );
    assert_eq!(sent["payment_intent_data"]["metadata"], sent["metadata"]);
    assert_eq!(
        sent["line_items"]["0"]["price_data"]["product_data"]["name"],
        json!(request.product_name)
    );
    assert_eq!(sent["success_url"], json!(request.success_url));
}

#[tokio::test]
async fn a_paid_page_tells_when_and_by_what_means_it_was_paid() {
    let town = Town::new().await;
    for (number, method, means) in [
        (1, "card", PaymentMethod::Card),
        (2, "paypay", PaymentMethod::PayPay),
    ] {
        let session = town.open(number).await.seen.session;
        town.pay(&session, method);
        let paid_at = DateTime::from_timestamp(town.control.now(), 0).unwrap();
        let answer = town.gateway.retrieve(&session).await.unwrap();
        let SessionProgress::CompletePaid {
            intent,
            entrusted_at,
            method,
        } = answer.seen.progress
        else {
            unreachable!("paid, yet {answer:?}");
        };
        assert_eq!(method, Some(means));
        assert!(intent.starts_with("pi_"), "{intent}");
        assert!(
            (paid_at - entrusted_at).num_seconds() <= 1,
            "{entrusted_at}"
        );
    }
}

#[tokio::test]
async fn a_voucher_is_complete_without_money() {
    let town = Town::new().await;
    let session = town.open(1).await.seen.session;
    town.pay(&session, "konbini");
    let issued = town.gateway.retrieve(&session).await.unwrap();
    let SessionProgress::CompleteUnpaid { voucher } = &issued.seen.progress else {
        unreachable!("a voucher, yet {issued:?}");
    };
    let stores: Vec<_> = voucher.numbers.iter().map(|one| one.store).collect();
    assert_eq!(
        stores,
        [
            ConvenienceStore::FamilyMart,
            ConvenienceStore::Lawson,
            ConvenienceStore::Ministop,
            ConvenienceStore::Seicomart,
        ]
    );
    assert!(
        voucher
            .numbers
            .iter()
            .all(|one| !one.payment_number.is_empty())
    );
    // To the end of the second day, as it was asked for and not the service's usual third.
    assert_eq!(Some(voucher.until), voucher_end(issued.created, 2));

    town.control.settle_voucher(&session.0, true).unwrap();
    let paid = town.gateway.retrieve(&session).await.unwrap();
    assert!(matches!(
        paid.seen.progress,
        SessionProgress::CompletePaid {
            method: Some(PaymentMethod::Konbini),
            ..
        }
    ));
}

#[tokio::test]
async fn a_voucher_that_ran_out_is_a_page_without_money() {
    let town = Town::new().await;
    let session = town.open(1).await.seen.session;
    town.pay(&session, "konbini");
    town.control.settle_voucher(&session.0, false).unwrap();
    let lapsed = town.gateway.retrieve(&session).await.unwrap();
    assert_eq!(lapsed.seen.progress, SessionProgress::Expired);
}

#[tokio::test]
async fn closing_a_page_tells_how_it_ended_even_when_somebody_was_faster() {
    let town = Town::new().await;
    let [open, lapsed, paid, voucher] = [1, 2, 3, 4].map(|number| town.open(number));
    let (open, lapsed) = (open.await.seen.session, lapsed.await.seen.session);
    let (paid, voucher) = (paid.await.seen.session, voucher.await.seen.session);
    town.pay(&paid, "card");
    town.pay(&voucher, "konbini");

    let progress =
        async |session: &SessionId| town.gateway.expire(session).await.unwrap().seen.progress;
    assert_eq!(progress(&open).await, SessionProgress::Expired);
    assert_eq!(
        progress(&open).await,
        SessionProgress::Expired,
        "the second time"
    );
    assert!(matches!(
        progress(&paid).await,
        SessionProgress::CompletePaid { .. }
    ));
    assert!(matches!(
        progress(&voucher).await,
        SessionProgress::CompleteUnpaid { .. }
    ));
    town.control.advance_clock(3_700);
    assert_eq!(progress(&lapsed).await, SessionProgress::Expired);
}

/// Test 19: what the service shows is handed on as it is, so that a difference can be seen.
#[tokio::test]
async fn a_falsified_amount_currency_or_mode_is_shown_not_hidden() {
    let town = Town::new().await;
    let session = town.open(1).await.seen.session;
    let lies = json!({ "amount_total": 1, "currency": "usd", "livemode": true });
    town.control
        .tamper(&session.0, lies.as_object().unwrap().clone());
    let seen = town.gateway.retrieve(&session).await.unwrap().seen;
    assert_eq!(
        (seen.amount, seen.currency.as_str(), seen.live),
        (1, "usd", true)
    );
}

#[tokio::test]
async fn a_page_whose_references_contradict_each_other_is_nobodys() {
    let town = Town::new().await;
    let session = town.open(1).await.seen.session;
    let other = PaymentId(Uuid::from_u128(2)).to_string();
    let lies = json!({ "client_reference_id": other });
    town.control
        .tamper(&session.0, lies.as_object().unwrap().clone());
    assert_eq!(town.gateway.retrieve(&session).await.unwrap().payment, None);
}

#[tokio::test]
async fn pages_are_found_by_their_attempt_beyond_the_first_hundred() {
    let town = Town::new().await;
    let first = town.request(1);
    let session = town
        .gateway
        .open_checkout(&first)
        .await
        .unwrap()
        .seen
        .session;
    let our_clock_ahead = TimeDelta::minutes(4);
    let since = DateTime::from_timestamp(town.control.now(), 0).unwrap() + our_clock_ahead;
    for number in 2..=105 {
        town.open(number).await;
    }
    let found = town
        .gateway
        .find_by_reference(first.payment, since)
        .await
        .unwrap();
    let found: Vec<SessionId> = found
        .into_iter()
        .map(|answer| answer.seen.session)
        .collect();
    assert_eq!(found, [session]);
    assert_eq!(town.calls(Operation::SessionList).len(), 2);

    let nobody = PaymentId(Uuid::from_u128(999));
    assert_eq!(
        town.gateway.find_by_reference(nobody, since).await,
        Ok(vec![])
    );
}

#[tokio::test]
async fn what_the_service_refuses_is_told_by_its_code_and_not_tried_again() {
    let town = Town::new().await;
    let unknown = SessionId("cs_test_nobody".into());
    let missing = GatewayFailure::Refused {
        code: "resource_missing".into(),
    };
    assert_eq!(town.gateway.retrieve(&unknown).await, Err(missing));

    let mut cheap = town.request(1);
    cheap.amount = domain::money::Yen::new(49);
    let too_small = GatewayFailure::Refused {
        code: "amount_too_small".into(),
    };
    assert_eq!(town.gateway.open_checkout(&cheap).await, Err(too_small));
    assert_eq!(town.calls(Operation::SessionCreate).len(), 1);
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_the_operators_business() {
    let town = Town::new().await;
    let mut wrong = config(&town.running, &[SECRET]);
    wrong.secret_key = gateway::stripe::Secret::new("rk_test_revoked");
    let gateway = StripeGateway::new(wrong).unwrap();
    let failure = GatewayFailure::Misconfigured(Misconfiguration::Key);
    assert_eq!(
        gateway.open_checkout(&town.request(1)).await,
        Err(failure.clone())
    );
    assert_eq!(gateway.account_check().await, Err(failure));
    assert!(town.gateway.account_check().await.is_ok());
}
