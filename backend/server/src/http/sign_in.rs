//! Signing in and out: to the identity provider, back, and away.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use contract::Failure;
use serde::Deserialize;
use url::form_urlencoded;
use usecases::ports::identity::Callback;
use usecases::return_path::ReturnPath;
use usecases::sign_in::{LIFETIME_HOURS, SignInStop};

use super::session::Caller;
use super::{AppState, cookies, refused};

/// How long the browser keeps the attempt cookie; a little longer than an attempt lives.
const ATTEMPT_COOKIE_MINUTES: i64 = 15;

#[derive(Deserialize)]
pub(super) struct Start {
    #[serde(default)]
    return_to: String,
}

/// Goes to the identity provider. A GET, since it changes nothing but an attempt nobody can use
/// without the cookie.
pub(super) async fn start(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Query(start): Query<Start>,
) -> Response {
    let return_to = ReturnPath::parse(&start.return_to).unwrap_or_else(|_| ReturnPath::home());
    let known = cookies::read(&headers, cookies::ATTEMPT).map(str::to_owned);
    match state.doorkeeper.begin(&caller.call, return_to, known).await {
        Ok(begun) => {
            let cookie = cookies::give(
                cookies::ATTEMPT,
                &begun.browser_secret,
                ATTEMPT_COOKIE_MINUTES,
            );
            with_cookies(Redirect::to(&begun.authorize_url).into_response(), [cookie])
        }
        Err(stop) => stopped(&caller, &stop),
    }
}

/// What the provider sends back. Unknown parameters (`session_state`) are ignored, text that
/// came with an error is never shown.
#[derive(Deserialize)]
pub(super) struct CallbackQuery {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Comes back from the identity provider.
pub(super) async fn callback(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Query(query): Query<CallbackQuery>,
) -> Response {
    let callback = Callback {
        code: query.code,
        state: query.state,
        iss: query.iss,
        error: query.error,
    };
    let browser_secret = cookies::read(&headers, cookies::ATTEMPT);
    let former = caller.session_secret.as_deref();
    match state
        .doorkeeper
        .finish(&caller.call, &callback, browser_secret, former)
        .await
    {
        Ok(finished) => {
            let cookie = cookies::give(
                cookies::SESSION,
                &finished.session_secret,
                LIFETIME_HOURS * 60,
            );
            let path = finished.return_to.as_str();
            let to = if finished.needs_profile {
                see_other(&app::links::profile(path))
            } else {
                see_other(path)
            };
            with_cookies(to, [cookie])
        }
        Err(stop) => stopped(&caller, &stop),
    }
}

/// Ends the session (ログアウト); the form token was checked where forms are read.
pub(super) async fn sign_out(state: &AppState, caller: &Caller) -> Response {
    if let Some(secret) = &caller.session_secret
        && let Err(failure) = state.doorkeeper.sign_out(caller.tenant.id, secret).await
    {
        return refused::plain(&caller.call, &failure);
    }
    let mut response = see_other(app::links::SEARCH);
    if let Ok(everything) = "\"cache\", \"storage\"".parse() {
        response.headers_mut().insert("clear-site-data", everything);
    }
    with_cookies(response, [cookies::take(cookies::SESSION)])
}

fn stopped(caller: &Caller, stop: &SignInStop) -> Response {
    let request = caller.call.request_id();
    let (reason, return_to) = match stop {
        SignInStop::Cancelled { return_to } => ("cancelled", Some(return_to)),
        SignInStop::StaleAttempt => ("expired", None),
        SignInStop::Rejected(rejection) => {
            tracing::warn!(request.id = %request, code = rejection.code(), "sign_in.rejected");
            ("rejected", None)
        }
        SignInStop::Unavailable => ("unavailable", None),
        SignInStop::Failed(Failure::Refused(refusal)) => {
            tracing::warn!(request.id = %request, code = refusal.code(), "sign_in.refused");
            ("unavailable", None)
        }
        SignInStop::Failed(Failure::Fault(fault)) => {
            refused::log(&caller.call, fault);
            ("unavailable", None)
        }
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("reason", reason);
    if let Some(return_to) = return_to {
        query.append_pair("return_to", return_to.as_str());
    }
    see_other(&format!(
        "{}?{}",
        app::links::SIGN_IN_FAILED,
        query.finish()
    ))
}

/// 303: whatever came before, the next is a GET.
pub(super) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

fn with_cookies<const N: usize>(
    mut response: Response,
    set: [Option<header::HeaderValue>; N],
) -> Response {
    if set.iter().any(Option::is_none) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    for cookie in set.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
