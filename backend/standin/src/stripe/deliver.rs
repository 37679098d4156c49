//! The background work: delivers webhooks, lets time pass, keeps the snapshot.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::task::JoinSet;

use super::objects::Stored as _;
use super::shared::Shared;
use super::snapshot;
use super::webhooks::{Delivery, Endpoint, signature};
use super::world::World;

/// How long a receiver may take before Stripe counts the attempt as failed.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often due things are looked for when nothing else happens.
const BEAT: Duration = Duration::from_millis(100);

type HttpClient = Client<HttpConnector, Body>;

/// Runs until it is aborted.
pub async fn run(shared: Arc<Shared>) {
    let client: HttpClient = Client::builder(TokioExecutor::new()).build_http();
    let mut saved = 0;
    loop {
        let (endpoint, letters) = shared.with(|world| {
            let endpoint = world.webhooks.endpoint.clone();
            let due = if endpoint.is_some() {
                world.webhooks.take_due(now())
            } else {
                Vec::new()
            };
            (
                endpoint,
                due.into_iter()
                    .filter_map(|d| letter(world, d))
                    .collect::<Vec<_>>(),
            )
        });
        if let Some(endpoint) = endpoint {
            send_all(&shared, &client, &endpoint, letters).await;
        }
        if let Err(error) = snapshot::save_if_changed(&shared, &mut saved) {
            eprintln!("stripe stand-in: cannot write the snapshot: {error}");
        }
        let _beat_passed = tokio::time::timeout(BEAT, shared.work.notified()).await;
    }
}

struct Letter {
    delivery: Delivery,
    body: String,
    timestamp: i64,
}

fn letter(world: &World, delivery: Delivery) -> Option<Letter> {
    let body = world.events.get(&delivery.event)?.to_json().to_string();
    let timestamp = world.clock.now() + delivery.skew_seconds;
    Some(Letter {
        delivery,
        body,
        timestamp,
    })
}

/// One event after the other; copies of one event at the same moment.
async fn send_all(
    shared: &Arc<Shared>,
    client: &HttpClient,
    endpoint: &Endpoint,
    letters: Vec<Letter>,
) {
    let mut letters = letters.into_iter().peekable();
    while let Some(first) = letters.next() {
        let event = first.delivery.event.clone();
        let mut together = JoinSet::new();
        spawn(&mut together, client, endpoint, first);
        while let Some(copy) = letters.next_if(|l| l.delivery.event == event) {
            spawn(&mut together, client, endpoint, copy);
        }
        while let Some(done) = together.join_next().await {
            if let Ok((id, status)) = done {
                shared.with(|world| world.webhooks.settle(&id, status, now()));
                shared.settled.notify_waiters();
            }
        }
    }
}

fn spawn(
    set: &mut JoinSet<(String, Option<u16>)>,
    client: &HttpClient,
    endpoint: &Endpoint,
    letter: Letter,
) {
    let secrets = match &letter.delivery.forged_secret {
        Some(forged) => vec![forged.clone()],
        None => endpoint.secrets.clone(),
    };
    let request = Request::builder()
        .method(Method::POST)
        .uri(endpoint.url.as_str())
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .header(
            "user-agent",
            "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        )
        .header(
            "stripe-signature",
            signature(&secrets, letter.timestamp, &letter.body),
        )
        .body(Body::from(letter.body));
    let id = letter.delivery.id;
    let client = client.clone();
    set.spawn(async move {
        let Ok(request) = request else {
            return (id, None);
        };
        let answer = tokio::time::timeout(PATIENCE, client.request(request)).await;
        (
            id,
            answer
                .ok()
                .and_then(Result::ok)
                .map(|response| response.status().as_u16()),
        )
    });
}

fn now() -> Instant {
    Instant::now()
}
