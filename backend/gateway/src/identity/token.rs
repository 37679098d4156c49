//! The token endpoint: a code, once, for an ID token.

use chrono::{DateTime, Utc};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use usecases::ports::identity::{Misconfiguration, Rejection, SignInFailure};

use super::assertion::ASSERTION_TYPE;
use super::config::RelyingPartyConfig;
use super::fetch::{Answer, FetchFault, fetch};

/// Clocks that disagree by more than this are named as the cause of `invalid_client`, in seconds.
const SUSPICIOUS_SKEW_S: i64 = 30;

/// What the token endpoint gave. Dropped as soon as userinfo has been read.
#[derive(Deserialize)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) id_token: String,
    token_type: String,
    scope: Option<String>,
}

impl Tokens {
    /// Whether `scope` was granted. RFC 6749 §5.1: without a word about it, as asked.
    pub(super) fn grants(&self, scope: &str) -> bool {
        self.scope
            .as_deref()
            .is_none_or(|granted| granted.split(' ').any(|one| one == scope))
    }
}

#[derive(Deserialize)]
struct OAuthError {
    error: String,
}

/// Redeems `code`. Never repeated: a code that was sent once may be spent.
pub(super) async fn redeem(
    http: &Client,
    config: &RelyingPartyConfig,
    now: DateTime<Utc>,
    assertion: &str,
    code: &str,
    verifier: &str,
) -> Result<Tokens, SignInFailure> {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &config.redirect_uri),
        ("code_verifier", verifier),
        ("client_id", &config.client_id),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", assertion),
    ];
    let request = http.post(config.endpoints.token.clone()).form(&form);
    let answer = fetch(request).await.map_err(unavailable)?;
    if answer.status != StatusCode::OK {
        return Err(refusal(&answer, now));
    }
    let tokens: Tokens = serde_json::from_slice(&answer.body)
        .ok()
        .filter(|_| answer.is_json)
        .ok_or(SignInFailure::Rejected(Rejection::Malformed))?;
    if !tokens.token_type.eq_ignore_ascii_case("bearer") {
        return Err(SignInFailure::Rejected(Rejection::Malformed));
    }
    Ok(tokens)
}

pub(super) fn unavailable(fault: FetchFault) -> SignInFailure {
    match fault {
        FetchFault::TooLarge | FetchFault::NotJson | FetchFault::Shape(_) => {
            SignInFailure::Rejected(Rejection::Malformed)
        }
        FetchFault::Transport(_) | FetchFault::Status(_) => {
            SignInFailure::Unavailable(Box::new(fault))
        }
    }
}

/// RFC 6749 §5.2, by who can do something about it. An alarm is only what our registration, key or
/// clock decides: the code is the browser's to write, and an odd one may earn an `invalid_request`,
/// or a bare 403 of a wall before the provider.
fn refusal(answer: &Answer, now: DateTime<Utc>) -> SignInFailure {
    let said = serde_json::from_slice::<OAuthError>(&answer.body)
        .ok()
        .map(|body| body.error);
    let error = said.filter(|error| is_error_code(error));
    match (answer.status, error) {
        (StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED, Some(error)) => match error.as_str() {
            "invalid_grant" => SignInFailure::StaleCode,
            "invalid_client" | "unauthorized_client" | "unsupported_grant_type" => {
                SignInFailure::Misconfigured(misconfiguration(error, answer, now))
            }
            _ => SignInFailure::Unavailable(Box::new(TokenRefused {
                status: answer.status,
                error,
            })),
        },
        (status, _) => SignInFailure::Unavailable(Box::new(FetchFault::Status(status))),
    }
}

/// The token endpoint refuses for a reason that may be the code's.
#[derive(Debug, thiserror::Error)]
#[error("the token endpoint answered {status} {error}")]
struct TokenRefused {
    status: StatusCode,
    error: String,
}

/// An assertion that lives for a minute does not survive clocks that are minutes apart, and the
/// provider only says `invalid_client`: so compare with its `Date`.
fn misconfiguration(error: String, answer: &Answer, now: DateTime<Utc>) -> Misconfiguration {
    let theirs = answer
        .date
        .as_deref()
        .and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    let ahead_s = theirs.map(|theirs| (now - theirs.to_utc()).num_seconds());
    match ahead_s {
        Some(ahead_s) if error == "invalid_client" && ahead_s.abs() > SUSPICIOUS_SKEW_S => {
            Misconfiguration::ClockSkew { error, ahead_s }
        }
        _ => Misconfiguration::Refused(error),
    }
}

/// Only what looks like an error code goes into logs.
fn is_error_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
