//! Signing in and out: to the identity provider, back, and away.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use contract::Failure;
use url::form_urlencoded;
use usecases::ports::identity::{Callback, Misconfiguration};
use usecases::return_path::ReturnPath;
use usecases::sign_in::{Begun, Ended, SignInStop};

use super::session::Caller;
use super::{AppState, cookies, refused};

/// How long the browser keeps the attempt cookie; a little longer than an attempt lives.
pub(super) const ATTEMPT_COOKIE_MINUTES: i64 = 15;

/// Goes to the identity provider. A GET, since it changes nothing but an attempt nobody can use
/// without the cookie.
pub(super) async fn start(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let [return_to] = once_each(query, ["return_to"]).unwrap_or_default();
    let return_to = ReturnPath::parse(&return_to.unwrap_or_default());
    let return_to = return_to.unwrap_or_else(|_| ReturnPath::home());
    let known = cookies::read(&headers, cookies::ATTEMPT).map(str::to_owned);
    let begun = state.doorkeeper.begin(&caller.call, return_to, known).await;
    lead(&caller, begun)
}

/// Which card somebody who is signed in is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    /// One of their own, once more (本人の再確認).
    Own,
    /// Another one of theirs, to be added (カードの追加).
    Another,
}

/// Goes to the identity provider for a card, from a form whose token was checked, and on to
/// `return_to` afterwards.
pub(super) async fn ask_for_card(
    state: &AppState,
    (caller, headers): (&Caller, &HeaderMap),
    asking: Asking,
    return_to: &str,
) -> Response {
    let return_to = ReturnPath::parse(return_to).unwrap_or_else(|_| ReturnPath::home());
    let known = cookies::read(headers, cookies::ATTEMPT).map(str::to_owned);
    let (door, call) = (&state.doorkeeper, &caller.call);
    let begun = match asking {
        Asking::Own => door.begin_step_up(call, return_to, known).await,
        Asking::Another => door.begin_link(call, return_to, known).await,
    };
    lead(caller, begun)
}

/// To the provider, with the cookie that proves it is the same browser after.
fn lead(caller: &Caller, begun: Result<Begun, SignInStop>) -> Response {
    match begun {
        Ok(begun) => {
            let cookie = cookies::give(
                cookies::ATTEMPT,
                &begun.browser_secret,
                ATTEMPT_COOKIE_MINUTES,
            );
            with_cookies(Redirect::to(&begun.authorize_url).into_response(), [cookie])
        }
        Err(stop) => stopped(caller, &stop),
    }
}

/// Comes back from the identity provider. Unknown parameters (`session_state`) are ignored, text
/// that came with an error is never read. Whatever the query looks like, the answer is a page.
pub(super) async fn callback(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let callback = read_callback(query);
    let browser_secret = cookies::read(&headers, cookies::ATTEMPT);
    let former = caller.session_secret.as_deref();
    match state
        .doorkeeper
        .finish(&caller.call, &callback, browser_secret, former)
        .await
    {
        Ok(Ended::LetIn(finished)) => {
            let left = finished.ends_at - caller.call.now();
            let cookie = cookies::give(
                cookies::SESSION,
                &finished.session_secret,
                left.num_minutes(),
            );
            let path = finished.return_to.as_str();
            let to = if finished.needs_profile && !is_profile(path) {
                see_other(&app::links::profile(path))
            } else {
                see_other(path)
            };
            with_cookies(to, [cookie])
        }
        Ok(Ended::CardShown { return_to }) => see_other(return_to.as_str()),
        Ok(Ended::CardKnown) => see_other(&app::links::profile_after(app::links::Saved::CardKnown)),
        Err(stop) => carried_on(&caller, &stop).unwrap_or_else(|| stopped(&caller, &stop)),
    }
}

/// The answer of an identity provider, as the browser brought it; empty where a parameter is there
/// twice.
pub(super) fn read_callback(query: Option<String>) -> Callback {
    once_each(query, ["code", "state", "iss", "error"])
        .map(|[code, state, iss, error]| Callback {
            code,
            state,
            iss,
            error,
        })
        .unwrap_or_default()
}

/// Somebody who is in already (a second tab, slow hands) has nothing to sign in for again: an attempt
/// that is over leads on to where they were going. Where that is not known any more, the page says
/// that they are in.
fn carried_on(caller: &Caller, stop: &SignInStop) -> Option<Response> {
    let over = matches!(
        stop,
        SignInStop::StaleAttempt { .. } | SignInStop::OtherBrowser { .. }
    );
    let return_to = stop.return_to()?;
    (over && caller.call.person().is_some()).then(|| {
        log(caller, stop);
        see_other(return_to.as_str())
    })
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

/// The failure page, with the way on that the attempt had.
fn stopped(caller: &Caller, stop: &SignInStop) -> Response {
    log(caller, stop);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("reason", reason(stop));
    if was_asked_for_card(caller, stop) {
        return see_other(&format!("{}?{}", app::links::CARD_REFUSED, query.finish()));
    }
    if let Some(return_to) = stop.return_to() {
        query.append_pair("return_to", return_to.as_str());
    }
    see_other(&format!(
        "{}?{}",
        app::links::SIGN_IN_FAILED,
        query.finish()
    ))
}

/// Why nobody is in, as the pages' addresses say it.
pub(super) const fn reason(stop: &SignInStop) -> &'static str {
    match stop {
        SignInStop::Cancelled { .. } => "cancelled",
        SignInStop::StaleAttempt { .. }
        | SignInStop::OtherBrowser { .. }
        | SignInStop::OtherSession { .. } => "expired",
        SignInStop::OtherCard { .. } => "other_card",
        SignInStop::NotTheirs { .. } => "not_theirs",
        SignInStop::NoRole { .. } => "no_role",
        SignInStop::Rejected { .. } => "rejected",
        SignInStop::TurnedBack { .. }
        | SignInStop::Unavailable { .. }
        | SignInStop::Misconfigured { .. }
        | SignInStop::Failed { .. } => "unavailable",
    }
}

/// One line for each reason that somebody may want to know of; 中止 and a used-up attempt are
/// everyday life.
pub(super) fn log(caller: &Caller, stop: &SignInStop) {
    let request = caller.call.request_id();
    match stop {
        SignInStop::Cancelled { .. } | SignInStop::StaleAttempt { .. } => {}
        SignInStop::OtherSession { .. } => {
            tracing::warn!(request.id = %request, "sign_in.other_session");
        }
        SignInStop::OtherCard { .. } => {
            tracing::warn!(request.id = %request, "sign_in.other_card");
        }
        SignInStop::NoRole { .. } => {
            tracing::warn!(request.id = %request, "sign_in.no_role");
        }
        SignInStop::NotTheirs { .. } => {
            tracing::warn!(request.id = %request, "sign_in.not_theirs");
        }
        SignInStop::OtherBrowser { .. } => {
            tracing::warn!(request.id = %request, "sign_in.other_browser");
        }
        SignInStop::Rejected { rejection, .. } => {
            tracing::warn!(request.id = %request, code = rejection.code(), "sign_in.rejected");
        }
        // Of the browser's telling, so no more than a warning; many of them are worth a look.
        SignInStop::TurnedBack { error, .. } => {
            tracing::warn!(request.id = %request, code = error.code(), "sign_in.turned_back");
        }
        SignInStop::Unavailable { .. } => {
            let cause = crate::system::chain(stop);
            tracing::error!(request.id = %request, cause, "sign_in.unavailable");
        }
        // Its own event: nobody gets in until an operator mends a key, a registration or a clock.
        SignInStop::Misconfigured { source, .. } => {
            let clock_ahead_s = match source {
                Misconfiguration::ClockSkew { ahead_s, .. } => Some(*ahead_s),
                Misconfiguration::Refused(_) => None,
            };
            tracing::error!(request.id = %request, clock_ahead_s, cause = %source, "sign_in.misconfigured");
        }
        SignInStop::Failed { failure, .. } => match failure {
            Failure::Refused(refusal) => {
                tracing::warn!(request.id = %request, code = refusal.code(), "sign_in.refused");
            }
            Failure::Fault(fault) => refused::log(&caller.call, fault),
        },
    }
}

/// The values of these parameters; `None` when one is there twice, because then nobody can say
/// which one is meant (RFC 6749 §3.1).
pub(super) fn once_each<const N: usize>(
    query: Option<String>,
    names: [&str; N],
) -> Option<[Option<String>; N]> {
    let query = query.unwrap_or_default();
    let mut values = [const { None }; N];
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let slot = names
            .iter()
            .zip(&mut values)
            .find(|(known, _)| **known == name);
        if let Some((_, slot)) = slot
            && slot.replace(value.into_owned()).is_some()
        {
            return None;
        }
    }
    Some(values)
}

/// Whoever is signed in and was going to the profile was not signing in: they were asked for a card
/// there.
fn was_asked_for_card(caller: &Caller, stop: &SignInStop) -> bool {
    let profile = [app::links::PROFILE, app::links::NEW_CARD];
    let going = stop.return_to().map(|path| bare(path.as_str()));
    caller.call.person().is_some() && going.is_some_and(|path| profile.contains(&path))
}

/// Somebody who was going to the profile anyway is not led there twice.
fn is_profile(path: &str) -> bool {
    bare(path) == app::links::PROFILE
}

/// A path without what follows it.
fn bare(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

/// 303: whatever came before, the next is a GET.
pub(super) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

pub(super) fn with_cookies<const N: usize>(
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
