//! What leaves: whole answers, spoilt ones, refusals.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use crate::stripe::error::ApiError;
use crate::stripe::faults::Mischief;
use crate::stripe::idempotency::Answer;

/// Spoils an answer on its way out; nothing means that the connection is cut.
pub fn spoil(mischief: &Mischief, answer: &Answer, replayed: bool) -> Option<Response> {
    match mischief {
        Mischief::DropConnection => None,
        Mischief::Html502 => Some(respond(
            502,
            "text/html",
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 \
             Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
                .to_owned(),
        )),
        Mischief::TruncatedJson => {
            let half = answer.body.len() / 2;
            let cut: String = answer.body.chars().take(half).collect();
            Some(respond(answer.status, JSON, cut))
        }
        Mischief::MissingField { field } => {
            let mut value: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            if let Some(fields) = value.as_object_mut() {
                fields.remove(field);
            }
            Some(respond(answer.status, JSON, pretty(&value)))
        }
        Mischief::RateLimited { retry_after } => {
            Some(refusal(&ApiError::rate_limited(*retry_after)))
        }
        Mischief::Unavailable
        | Mischief::CardDeclined
        | Mischief::BadRequest
        | Mischief::Error500 => Some(json_response(answer, false)),
        Mischief::Hang { .. } => Some(json_response(answer, replayed)),
    }
}

const JSON: &str = "application/json";

/// An error as a response of its own.
pub fn refusal(error: &ApiError) -> Response {
    let mut response = respond(error.status, JSON, pretty(&error.body()));
    if let Some(seconds) = error.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// A kept or fresh answer, marked when it is a replay.
pub fn json_response(answer: &Answer, replayed: bool) -> Response {
    let mut response = respond(answer.status, JSON, answer.body.clone());
    if replayed {
        let headers = response.headers_mut();
        headers.insert(
            "idempotent-replayed",
            header::HeaderValue::from_static("true"),
        );
        if let Ok(original) = answer.request.parse() {
            headers.insert("original-request", original);
        }
    }
    response
}

fn respond(status: u16, content_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    if let Ok(status) = StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    let value = header::HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, value);
    response
}

/// JSON as Stripe prints it: indented, with a line end.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
