//! Refusals and faults on their way out: one mapping to HTTP, one log line for a fault.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use contract::{Call, Failure, Fault, Reaction, Refusal};

/// The HTTP status of a refusal, by who can do something about it.
pub(super) const fn status(refusal: &Refusal) -> StatusCode {
    match refusal.reaction() {
        Reaction::Mend => StatusCode::UNPROCESSABLE_ENTITY,
        Reaction::ChooseAgain => StatusCode::CONFLICT,
        Reaction::SignIn => StatusCode::UNAUTHORIZED,
        Reaction::Nothing => StatusCode::FORBIDDEN,
        Reaction::NotHere => StatusCode::NOT_FOUND,
        Reaction::Later => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Logs a fault with its chain, once, where it is handled.
pub(super) fn log(call: &Call, fault: &Fault) {
    let mut chain = fault.to_string();
    let mut source = std::error::Error::source(fault);
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(request.id = %call.request_id(), fault = chain, "request.failed");
}

/// A failure before there is a page to show it on.
pub(super) fn plain(call: &Call, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(refusal) => {
            let words = app::text::refusal::explain(refusal);
            (status(refusal), format!("{}{}\n", words.what, words.next)).into_response()
        }
        Failure::Fault(fault) => {
            log(call, fault);
            let words = "申し訳ありません。システムの都合で表示できません。少し待ってから、もう一度お試しください。\n";
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
    }
}
