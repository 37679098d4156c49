//! The control endpoint `/_control`: what a test may do to the pretend Stripe.
//!
//! [`Control`] offers the same to tests that run the stand-in inside their own process.

mod handle;
mod requests;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

pub use self::handle::{Books, Control};
use self::requests::{ClockSet, EndpointSet, KonbiniSet, MethodsSet, Release, Resend, Tamper};
pub use self::requests::{Pay, SettledCall, TurnRefund};
use super::faults::Fault;
use super::objects::refund;
use super::shared::Shared;
use super::webhooks::Mode;

type Shop = State<Arc<Shared>>;

/// The routes under `/_control`.
pub fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route(
            "/_control/faults",
            get(faults).post(set_fault).delete(clear_faults),
        )
        .route("/_control/faults/release", post(release_hanging))
        .route("/_control/webhooks/endpoint", post(set_endpoint))
        .route("/_control/webhooks/mode", post(set_mode))
        .route("/_control/webhooks/release", post(release_webhooks))
        .route("/_control/webhooks/send", post(send_again))
        .route("/_control/webhooks/deliveries", get(deliveries))
        .route("/_control/webhooks/settle", post(settle))
        .route("/_control/clock", get(clock).post(set_clock))
        .route("/_control/payment_methods", post(set_methods))
        .route("/_control/sessions/{session}/pay", post(pay))
        .route("/_control/sessions/{session}/konbini", post(konbini))
        .route("/_control/refunds/begin", post(set_refunds_begin))
        .route("/_control/refunds/{refund}", post(turn_refund))
        .route("/_control/objects/{id}", post(tamper))
        .route("/_control/requests", get(requests))
        .route("/_control/balance", get(balance))
        .route("/_control/reset", post(reset))
}

async fn faults(State(shared): Shop) -> Json<Value> {
    Json(shared.with(|world| json!({ "faults": world.faults.list() })))
}

async fn set_fault(State(shared): Shop, Json(fault): Json<Fault>) -> Json<Value> {
    Control::over(shared).set_fault(fault);
    done()
}

async fn clear_faults(State(shared): Shop) -> Json<Value> {
    Control::over(shared).clear_faults();
    done()
}

async fn release_hanging(State(shared): Shop) -> Json<Value> {
    shared.release.notify_waiters();
    done()
}

async fn set_endpoint(State(shared): Shop, Json(set): Json<EndpointSet>) -> Response {
    let control = Control::over(shared);
    let url = set.url.parse().map_err(anyhow::Error::from);
    match url.and_then(|url| control.set_webhook(&url, &set.secrets)) {
        Ok(()) => done().into_response(),
        Err(error) => no(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

async fn set_mode(State(shared): Shop, Json(mode): Json<Mode>) -> Json<Value> {
    Control::over(shared).set_webhook_mode(mode);
    done()
}

async fn release_webhooks(State(shared): Shop, Json(release): Json<Release>) -> Json<Value> {
    let released = Control::over(shared).release_webhooks(release.order);
    Json(json!({ "released": released }))
}

async fn send_again(State(shared): Shop, Json(resend): Json<Resend>) -> Response {
    let known = shared.with(|world| world.events.contains_key(&resend.event));
    if !known {
        return no(StatusCode::NOT_FOUND, "no such event");
    }
    shared.with(|world| {
        let forged = resend.forged_secret.as_deref();
        world
            .webhooks
            .resend(&resend.event, resend.copies, resend.skew_seconds, forged);
    });
    done().into_response()
}

async fn deliveries(State(shared): Shop) -> Json<Value> {
    Json(shared.with(|world| json!({ "deliveries": world.webhooks.deliveries() })))
}

async fn settle(State(shared): Shop, Json(call): Json<SettledCall>) -> Response {
    let patience = Duration::from_secs(call.within_seconds);
    if Control::over(Arc::clone(&shared)).settled(patience).await {
        return deliveries(State(shared)).await.into_response();
    }
    no(
        StatusCode::REQUEST_TIMEOUT,
        "deliveries are still under way",
    )
}

async fn clock(State(shared): Shop) -> Json<Value> {
    Json(shared.with(|world| json!({ "now": world.clock.now() })))
}

async fn set_clock(State(shared): Shop, Json(set): Json<ClockSet>) -> Json<Value> {
    shared.with(|world| {
        match set {
            ClockSet::OffsetSeconds(seconds) => world.clock.set_offset(seconds),
            ClockSet::AdvanceSeconds(seconds) => world.clock.advance(seconds),
            ClockSet::Fixed(instant) => world.clock.fix(instant),
        }
        world.revision += 1;
    });
    // Whatever fell due by the change happens in the next step.
    clock(State(shared)).await
}

async fn set_methods(State(shared): Shop, Json(set): Json<MethodsSet>) -> Json<Value> {
    shared.with(|world| world.methods_on = set.on);
    done()
}

async fn pay(State(shared): Shop, Path(session): Path<String>, Json(pay): Json<Pay>) -> Response {
    let outcome = Control::over(Arc::clone(&shared)).pay(&session, &pay);
    let object = shared.with(|world| world.find_json(&session));
    match (outcome, object) {
        (Ok(word), Some(object)) => {
            Json(json!({ "outcome": word, "session": object })).into_response()
        }
        (Err(error), _) => no(StatusCode::CONFLICT, &error.to_string()),
        (Ok(_), None) => no(StatusCode::NOT_FOUND, "no such session"),
    }
}

async fn konbini(
    State(shared): Shop,
    Path(session): Path<String>,
    Json(set): Json<KonbiniSet>,
) -> Response {
    let happened = shared.with(|world| match set {
        KonbiniSet::Paid => world.pay_voucher(&session),
        KonbiniSet::Lapsed => world.lapse_voucher(&session),
    });
    if happened {
        done().into_response()
    } else {
        no(StatusCode::CONFLICT, "no voucher waits")
    }
}

async fn set_refunds_begin(
    State(shared): Shop,
    Json(begin): Json<requests::RefundsBegin>,
) -> Json<Value> {
    Control::over(shared).refunds_begin(begin.status);
    done()
}

async fn turn_refund(
    State(shared): Shop,
    Path(id): Path<String>,
    Json(turn): Json<TurnRefund>,
) -> Response {
    let status: refund::Status = turn.status;
    let reason = turn.failure_reason.as_deref();
    match Control::over(shared).turn_refund(&id, status, reason) {
        Ok(()) => done().into_response(),
        Err(error) => no(StatusCode::CONFLICT, &error.to_string()),
    }
}

async fn tamper(
    State(shared): Shop,
    Path(id): Path<String>,
    Json(fields): Json<Tamper>,
) -> Json<Value> {
    Control::over(shared).tamper(&id, fields);
    done()
}

async fn requests(State(shared): Shop) -> Json<Value> {
    Json(shared.with(|world| json!({ "requests": world.log.iter().collect::<Vec<_>>() })))
}

async fn balance(State(shared): Shop) -> Json<Value> {
    Json(json!(Control::over(shared).balance()))
}

async fn reset(State(shared): Shop) -> Json<Value> {
    Control::over(shared).reset();
    done()
}

fn done() -> Json<Value> {
    Json(json!({ "ok": true }))
}

fn no(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "ok": false, "why": why }))).into_response()
}
