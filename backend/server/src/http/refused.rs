//! Refusals and faults on their way out: one mapping to HTTP, one log line for a fault.

use app::text::refusal;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use contract::{Call, Failure, Fault, Reaction, Refusal};

use super::stop::{self, Stop};

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
    let chain = crate::system::chain(fault);
    tracing::error!(request.id = %call.request_id(), fault = chain, "request.failed");
}

/// A failure where there is no page to show it on.
pub(super) fn plain(call: &Call, failure: &Failure) -> Response {
    match failure {
        Failure::Refused(refusal) => {
            let (words, home) = match call.staff_member() {
                Some(_) => (refusal::explain_to_staff(refusal), stop::STAFF),
                None => (refusal::explain(refusal), stop::RESIDENTS),
            };
            stop::page(status(refusal), (&words.what, &words.next), home)
        }
        Failure::Fault(fault) => {
            log(call, fault);
            Stop::Fault.into_response()
        }
    }
}
