//! `application/problem+json` (RFC 9457) for the API, and words for errors that came without any.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::{Call, Failure, Refusal};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::session::REQUEST_ID;
use super::stop::{self, Stop};
use super::{api, refused};

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Why it did not work (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `urn:yoriai:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:yoriai:problem:slot.taken")]
    kind: String,
    /// What is the matter, in Japanese.
    title: String,
    /// What to do now, in Japanese.
    detail: String,
    /// The HTTP status.
    #[schema(example = 409)]
    status: u16,
    /// The stable code.
    #[schema(example = "slot.taken")]
    code: &'static str,
    /// The article that says so, where it is one of the town's rules that says no.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "規則第5条")]
    article: Option<String>,
    /// What can be done next, in Japanese, one by one, for each rule that says no.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    next: Vec<String>,
    /// The code's own facts: free times nearby, wrong fields, amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    facts: Option<Value>,
    /// To tell the operator when something broke.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

/// The API's answer to a failure.
pub(super) fn answer(call: &Call, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(refusal) => refusal_answer(refusal),
        Failure::Fault(fault) => {
            refused::log(call, fault);
            stop_answer(Stop::Fault, Some(call.request_id().to_string()))
        }
    }
}

/// The API's answer to a refusal.
pub(super) fn refusal_answer(refusal: &Refusal) -> Response {
    let words = app::text::refusal::explain(refusal);
    respond(
        refused::status(refusal),
        Problem {
            kind: kind(refusal.code()),
            title: words.what,
            detail: words.next,
            status: refused::status(refusal).as_u16(),
            code: refusal.code(),
            article: article(refusal),
            next: words
                .reasons
                .into_iter()
                .flat_map(|reason| reason.next)
                .collect(),
            facts: api::facts(refusal),
            request_id: None,
        },
    )
}

fn article(refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::Rule(problem) => Some(problem.article.clone()),
        Refusal::WindowNotYet { article, .. } | Refusal::WindowEnded { article, .. } => {
            Some(article.clone())
        }
        _ => None,
    }
}

/// Dresses errors that came without words — of axum, of a wall, of a panic: under `/api` as
/// problems, for somebody with a browser as a page.
pub(super) async fn in_words(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let browser = accepts_pages(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let bad = status.is_client_error() || status.is_server_error();
    if bad && api && kind.as_ref() != Some(&MEDIA_TYPE) {
        let stop = response.extensions().get::<Stop>().copied();
        let problem = match stop {
            None if status == refused::status(&Refusal::Busy) => refusal_answer(&Refusal::Busy),
            stop => stop_answer(stop.unwrap_or_else(|| Stop::of(status)), None),
        };
        with_headers_of(&response, problem)
    } else if bad && !api && browser && !kind.is_some_and(|kind| is_page(&kind)) {
        with_headers_of(&response, stop::wordless(status))
    } else {
        response
    }
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn is_page(kind: &HeaderValue) -> bool {
    kind.as_bytes().starts_with(b"text/html")
}

fn with_headers_of(original: &Response, mut dressed: Response) -> Response {
    for name in [header::ALLOW, header::STRICT_TRANSPORT_SECURITY, REQUEST_ID] {
        if let Some(value) = original.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}

/// A request that ended before anybody was asked.
pub(super) fn stop_answer(stop: Stop, request_id: Option<String>) -> Response {
    let (what, next) = stop.words();
    respond(
        stop.status(),
        Problem {
            kind: kind(stop.code()),
            title: what.to_owned(),
            detail: next.to_owned(),
            status: stop.status().as_u16(),
            code: stop.code(),
            article: None,
            next: Vec::new(),
            facts: None,
            request_id,
        },
    )
}

fn kind(code: &str) -> String {
    format!("urn:yoriai:problem:{code}")
}

fn respond(status: StatusCode, problem: Problem) -> Response {
    (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], Json(problem)).into_response()
}
