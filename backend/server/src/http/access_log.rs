//! One log line and two figures per request; never an address, a name or a query.
//!
//! The line (`request.done`): `method`, `route` (the pattern, not the path), `status`,
//! `elapsed_ms`, `request.id` where a town was asked. Queries and bodies may hold personal data and
//! are never logged. Nothing that a stranger may choose freely is a label: each value is a series
//! that is kept for good.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics::{counter, histogram};

use super::session::REQUEST_ID;

/// Observes a request.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = name(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    let labels = [
        ("method", method.to_owned()),
        ("route", route.clone()),
        ("status", status.to_string()),
    ];
    counter!("http_requests_total", &labels).increment(1);
    histogram!("http_request_seconds", &labels).record(elapsed.as_secs_f64());
    let request_id = response
        .headers()
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok());
    tracing::info!(
        request.id = request_id,
        method,
        route,
        status,
        elapsed_ms = milliseconds(elapsed),
        "request.done"
    );
    response
}

/// HTTP allows any word for a method.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
