//! Webhooks: <https://docs.stripe.com/webhooks>.

use std::collections::HashSet;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use standin::stripe::{Endpoint, Mode, Order, StripeConfig};
use stripe_webhook::Webhook;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::shop::Shop;

const SECRETS: [&str; 2] = ["whsec_new", "whsec_old"];
const PATIENCE: Duration = Duration::from_secs(20);

/// A letter as it arrived: the raw body and its signature.
type Letter = (String, String);

/// The merchant's endpoint. It answers 500 the first `failures` times.
struct Endpoints {
    url: url::Url,
    letters: UnboundedReceiver<Letter>,
}

async fn receive(
    State((sender, failures)): State<(
        UnboundedSender<Letter>,
        std::sync::Arc<std::sync::atomic::AtomicUsize>,
    )>,
    headers: HeaderMap,
    body: String,
) -> StatusCode {
    use std::sync::atomic::Ordering::SeqCst;
    let failing = failures
        .fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1))
        .is_ok();
    if failing {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let signature = headers["stripe-signature"]
        .to_str()
        .expect("plain header")
        .to_owned();
    sender.send((body, signature)).expect("the test listens");
    StatusCode::OK
}

fn listen_on(listener: TcpListener, failures: usize) -> Endpoints {
    let (sender, letters) = unbounded_channel();
    let url = format!(
        "http://{}/webhooks/stripe",
        listener.local_addr().expect("an address")
    );
    let failures = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(failures));
    let router = Router::new()
        .route("/webhooks/stripe", post(receive))
        .with_state((sender, failures));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Endpoints {
        url: url.parse().expect("a URL"),
        letters,
    }
}

async fn endpoint(failures: usize) -> Endpoints {
    listen_on(
        TcpListener::bind("127.0.0.1:0").await.expect("a port"),
        failures,
    )
}

async fn shop_with(url: &url::Url) -> Shop {
    let secrets = SECRETS.map(str::to_owned).to_vec();
    let webhook = Some(Endpoint {
        url: url.clone(),
        secrets,
    });
    Shop::open_with(StripeConfig {
        webhook,
        ..StripeConfig::default()
    })
    .await
}

impl Endpoints {
    /// What arrived until now.
    fn arrived(&mut self) -> Vec<Letter> {
        std::iter::from_fn(|| self.letters.try_recv().ok()).collect()
    }

    fn kinds(&mut self) -> Vec<String> {
        let letters = self.arrived();
        letters
            .iter()
            .map(|(body, _)| field(body, "type"))
            .collect()
    }
}

fn field(body: &str, name: &str) -> String {
    let value: Value = serde_json::from_str(body).expect("JSON");
    value[name].as_str().expect("a text").to_owned()
}

/// <https://docs.stripe.com/webhooks#verify-manually>, judged by async-stripe.
#[tokio::test]
async fn both_secrets_of_a_rotation_sign_every_letter() {
    let mut endpoint = endpoint(0).await;
    let shop = shop_with(&endpoint.url).await;
    shop.paid(1200).await;
    assert!(shop.control().settled(PATIENCE).await);
    let letters = endpoint.arrived();
    assert!(letters.len() >= 4);
    for (body, signature) in letters {
        for secret in SECRETS {
            Webhook::construct_event(&body, &signature, secret).expect("a true signature");
        }
        assert!(Webhook::construct_event(&body, &signature, "whsec_wrong").is_err());
        // payments.md §6 test 3: the bytes count, not the meaning.
        assert!(Webhook::construct_event(&format!("{body} "), &signature, SECRETS[0]).is_err());
    }
}

/// payments.md §6 tests 1 and 2.
#[tokio::test]
async fn a_letter_can_be_sent_late_or_forged() {
    let mut endpoint = endpoint(0).await;
    let shop = shop_with(&endpoint.url).await;
    shop.control().set_webhook_mode(Mode::Lose);
    shop.paid(1200).await;
    let event = shop.get("/v1/events?limit=1").await.text("/data/0/id");
    for (more, good) in [
        (json!({ "skew_seconds": -301 }), false),
        (json!({ "skew_seconds": -290 }), true),
        (json!({ "forged_secret": "whsec_thief" }), false),
    ] {
        let mut ask = json!({ "event": event });
        ask.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let request = shop
            .request("POST", "/_control/webhooks/send")
            .header("content-type", "application/json")
            .body(Body::from(ask.to_string()))
            .unwrap();
        assert_eq!(shop.send(request).await.unwrap().status, 200);
        let (body, signature) = endpoint.letters.recv().await.unwrap();
        let judged = Webhook::construct_event(&body, &signature, SECRETS[0]);
        assert_eq!(judged.is_ok(), good, "{more}");
    }
}

/// "Stripe attempts to deliver events … for up to three days": the receiver fails, then recovers.
#[tokio::test]
async fn a_letter_comes_again_until_it_is_received() {
    let mut endpoint = endpoint(3).await;
    let shop = shop_with(&endpoint.url).await;
    shop.control().set_webhook_mode(Mode::Lose);
    let session = shop.session(1200).await;
    shop.control().set_webhook_mode(Mode::Deliver);
    shop.post(&format!("/v1/checkout/sessions/{session}/expire"), &[])
        .await;
    assert!(shop.control().settled(PATIENCE).await);
    assert_eq!(endpoint.kinds(), ["checkout.session.expired"]);
    let delivery = &shop.control().deliveries()[0];
    assert_eq!((delivery.attempts, delivery.last_status), (4, Some(200)));
}

#[tokio::test]
async fn a_letter_waits_for_a_receiver_that_is_not_up_yet() {
    let reserved = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = reserved.local_addr().unwrap();
    drop(reserved);
    let shop = shop_with(&format!("http://{address}/webhooks/stripe").parse().unwrap()).await;
    let session = shop.session(1200).await;
    shop.post(&format!("/v1/checkout/sessions/{session}/expire"), &[])
        .await;
    while shop.control().deliveries()[0].attempts == 0 {
        tokio::task::yield_now().await;
    }
    let mut late = listen_on(TcpListener::bind(address).await.unwrap(), 0);
    assert!(shop.control().settled(PATIENCE).await);
    assert_eq!(late.kinds(), ["checkout.session.expired"]);
}

/// The events of a card payment; a session's own comes last here, which Stripe does not promise.
#[tokio::test]
async fn a_payment_is_told_in_four_letters() {
    let mut endpoint = endpoint(0).await;
    let shop = shop_with(&endpoint.url).await;
    shop.paid(1200).await;
    assert!(shop.control().settled(PATIENCE).await);
    assert_eq!(
        endpoint.kinds(),
        [
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "checkout.session.completed"
        ]
    );
}

/// payments.md §6 test 24: nothing arrives, yet the events can be listed.
#[tokio::test]
async fn lost_letters_are_still_listed() {
    let mut endpoint = endpoint(0).await;
    let shop = shop_with(&endpoint.url).await;
    shop.control().set_webhook_mode(Mode::Lose);
    shop.paid(1200).await;
    assert!(shop.control().settled(PATIENCE).await);
    assert!(endpoint.arrived().is_empty());
    let listed = shop.get("/v1/events?type=checkout.session.completed").await;
    assert_eq!(listed.json()["data"].as_array().unwrap().len(), 1);
}

/// "Webhook endpoints might occasionally receive the same event more than once."
#[tokio::test]
async fn duplicates_carry_the_same_event_id() {
    let mut endpoint = endpoint(0).await;
    let shop = shop_with(&endpoint.url).await;
    shop.control()
        .set_webhook_mode(Mode::Duplicate { copies: 20 });
    let session = shop.session(1200).await;
    shop.post(&format!("/v1/checkout/sessions/{session}/expire"), &[])
        .await;
    assert!(shop.control().settled(PATIENCE).await);
    let letters = endpoint.arrived();
    assert_eq!(letters.len(), 20);
    let ids: HashSet<String> = letters.iter().map(|(body, _)| field(body, "id")).collect();
    assert_eq!(ids.len(), 1);
}

/// "Stripe doesn't guarantee the delivery of events in the order that they're generated."
#[tokio::test]
async fn held_letters_go_out_when_asked_in_the_order_asked() {
    let mut endpoint = endpoint(0).await;
    let shop = shop_with(&endpoint.url).await;
    shop.control().set_webhook_mode(Mode::Hold);
    shop.paid(1200).await;
    assert!(endpoint.arrived().is_empty());
    assert_eq!(shop.control().release_webhooks(Order::Reversed), 4);
    assert!(shop.control().settled(PATIENCE).await);
    assert_eq!(
        endpoint.kinds().first().map(String::as_str),
        Some("checkout.session.completed")
    );

    shop.control().set_webhook_mode(Mode::Reorder { batch: 4 });
    shop.paid(1200).await;
    assert!(shop.control().settled(PATIENCE).await);
    assert_eq!(
        endpoint.kinds().last().map(String::as_str),
        Some("payment_intent.created")
    );
}

/// The event keeps the object as it was then (<https://docs.stripe.com/api/events/object>), and
/// names the request that caused it.
#[tokio::test]
async fn an_event_keeps_the_object_of_its_moment() {
    let shop = Shop::open().await;
    let (_, intent) = shop.paid(1200).await;
    shop.refund(&intent, 1200).await;
    let charged = shop.get("/v1/events?type=charge.succeeded").await;
    assert_eq!(charged.number("/data/0/data/object/amount_refunded"), 0);
    assert_eq!(charged.json()["data"][0]["request"]["id"], Value::Null);
    let refunded = shop.get("/v1/events?type=charge.refunded").await;
    assert_eq!(refunded.number("/data/0/data/object/amount_refunded"), 1200);
    assert!(refunded.text("/data/0/request/id").starts_with("req_"));
}
