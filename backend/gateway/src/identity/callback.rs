//! What the browser brought back: all of it untrusted.

use subtle::ConstantTimeEq as _;
use usecases::ports::identity::{Callback, Rejection, SignInAttempt, SignInFailure, TurnedBack};

/// The longest code that is taken.
const MAX_CODE: usize = 2_048;

/// The code, if the callback belongs to `attempt` and to `issuer`.
pub(super) fn code<'a>(
    callback: &'a Callback,
    attempt: &SignInAttempt,
    issuer: &str,
) -> Result<&'a str, SignInFailure> {
    let state = callback.state.as_deref().unwrap_or_default();
    if !bool::from(state.as_bytes().ct_eq(attempt.state.as_bytes())) {
        return Err(SignInFailure::Rejected(Rejection::State));
    }
    // RFC 9207: required of nobody, believed of nobody who says something else.
    if callback.iss.as_deref().is_some_and(|iss| iss != issuer) {
        return Err(SignInFailure::Rejected(Rejection::CallbackIssuer));
    }
    match (&callback.code, &callback.error) {
        (_, Some(error)) => Err(refusal(error)),
        (Some(code), None) if is_code(code) => Ok(code),
        _ => Err(SignInFailure::Rejected(Rejection::CallbackShape)),
    }
}

fn is_code(code: &str) -> bool {
    (1..=MAX_CODE).contains(&code.len()) && code.bytes().all(|byte| matches!(byte, 0x21..=0x7e))
}

/// OAuth error codes of the authorization endpoint (RFC 6749 §4.1.2.1, OpenID Connect §3.1.2.6).
/// Anybody can write anything into this parameter of their own callback: so it raises no alarm, and
/// nothing of it is kept but that it was one of these.
fn refusal(error: &str) -> SignInFailure {
    let turned_back = match error {
        "access_denied" => return SignInFailure::Cancelled,
        "server_error" => TurnedBack::ServerError,
        "temporarily_unavailable" => TurnedBack::TemporarilyUnavailable,
        "invalid_request" => TurnedBack::InvalidRequest,
        "unauthorized_client" => TurnedBack::UnauthorizedClient,
        "invalid_scope" => TurnedBack::InvalidScope,
        "unsupported_response_type" => TurnedBack::UnsupportedResponseType,
        _ => return SignInFailure::Rejected(Rejection::ProviderError),
    };
    SignInFailure::TurnedBack(turned_back)
}
