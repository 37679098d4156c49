//! Sending an answer, or what a fault makes of it.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use http_body_util::channel::Channel;
use serde_json::Value;

use super::faults::{Endpoint, Fault, Site};
use super::server::Idp;

/// Padding of a body that nobody should read to its end: 10 MB.
const HUGE: usize = 10 * 1024 * 1024;

/// Answers `json`, unless a fault for this endpoint says otherwise.
pub(super) async fn deliver(
    idp: &Idp,
    endpoint: Endpoint,
    status: StatusCode,
    json: Value,
) -> Response {
    idp.count(endpoint);
    let body = json.to_string();
    match idp.faults.at(Site::Body(endpoint)).into_iter().next() {
        Some(Fault::Fail { status, .. }) => StatusCode::from_u16(status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
        Some(Fault::Hang { .. }) => std::future::pending().await,
        Some(Fault::Drip { .. }) => as_json(idp, status, drip(body)),
        Some(Fault::Endless { .. }) => as_json(idp, status, endless()),
        Some(Fault::Huge { .. }) => as_json(idp, status, Body::from(body + &" ".repeat(HUGE))),
        Some(Fault::Redirect { to, .. }) => {
            (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
        }
        _ => as_json(idp, status, Body::from(body)),
    }
}

/// `Date` is the provider's own time, which a relying party may compare with its own.
fn as_json(idp: &Idp, status: StatusCode, body: Body) -> Response {
    let date = idp.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::PRAGMA, "no-cache".to_owned()),
        (header::DATE, date),
    ];
    (status, headers, body).into_response()
}

fn drip(body: String) -> Body {
    let (mut sender, channel) = Channel::<Bytes>::new(1);
    tokio::spawn(async move {
        for byte in body.into_bytes() {
            tokio::time::sleep(Duration::from_millis(50)).await;
            if sender.send_data(Bytes::from(vec![byte])).await.is_err() {
                return;
            }
        }
    });
    Body::new(channel)
}

fn endless() -> Body {
    let (mut sender, channel) = Channel::<Bytes>::new(1);
    tokio::spawn(async move {
        let blank = Bytes::from(vec![b' '; 4096]);
        while sender.send_data(blank.clone()).await.is_ok() {}
    });
    Body::new(channel)
}
