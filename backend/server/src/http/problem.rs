//! `application/problem+json` (RFC 9457) for the API.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::{Call, Failure, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use super::refused;

/// What went wrong, as RFC 9457 says it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Problem {
    /// `urn:yoriai:problem:` and the refusal's code.
    #[serde(rename = "type")]
    kind: String,
    /// What is the matter, in Japanese.
    title: String,
    /// What to do next, in Japanese.
    detail: String,
    /// The HTTP status.
    status: u16,
    /// The stable code (`slot.taken`).
    code: &'static str,
    /// The refusal's own facts: alternatives, fields, amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<serde_json::Value>,
    /// The request, for asking the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

/// The API's answer to a failure.
pub(super) fn answer(call: &Call, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(refusal) => refusal_answer(refusal),
        Failure::Fault(fault) => {
            refused::log(call, fault);
            let problem = Problem {
                kind: "urn:yoriai:problem:fault".to_owned(),
                title: "システムの都合で処理できませんでした。".to_owned(),
                detail: "少し待ってから、もう一度お試しください。".to_owned(),
                status: StatusCode::INTERNAL_SERVER_ERROR.as_u16(),
                code: "fault",
                facts: None,
                request_id: Some(call.request_id().to_string()),
            };
            respond(StatusCode::INTERNAL_SERVER_ERROR, problem)
        }
    }
}

/// The API's answer to a refusal.
pub(super) fn refusal_answer(refusal: &Refusal) -> Response {
    let status = refused::status(refusal);
    let words = app::text::refusal::explain(refusal);
    let problem = Problem {
        kind: format!("urn:yoriai:problem:{}", refusal.code()),
        title: words.what,
        detail: words.next,
        status: status.as_u16(),
        code: refusal.code(),
        facts: serde_json::to_value(refusal).ok(),
        request_id: None,
    };
    respond(status, problem)
}

fn respond(status: StatusCode, problem: Problem) -> Response {
    let media_type = HeaderValue::from_static("application/problem+json");
    (status, [(header::CONTENT_TYPE, media_type)], Json(problem)).into_response()
}
