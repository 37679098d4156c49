//! Staff signing in and out: to their own identity provider, back, and away.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use url::form_urlencoded;
use usecases::return_path::ReturnPath;
use usecases::sign_in::SignInStop;
use usecases::staff_sign_in::STAFF_LIFETIME_HOURS;

use super::session::Caller;
use super::sign_in::{
    ATTEMPT_COOKIE_MINUTES, log, once_each, read_callback, reason, see_other, with_cookies,
};
use super::{AppState, cookies, refused};

/// Goes to the staff's identity provider. A GET, since it changes nothing but an attempt nobody can
/// use without the cookie.
pub(super) async fn start(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let [return_to] = once_each(query, ["return_to"]).unwrap_or_default();
    let return_to = own_path(&return_to.unwrap_or_default());
    let known = cookies::read(&headers, cookies::STAFF_ATTEMPT).map(str::to_owned);
    match state.staff_door.begin(&caller.call, return_to, known).await {
        Ok(begun) => {
            let cookie = cookies::give(
                cookies::STAFF_ATTEMPT,
                &begun.browser_secret,
                ATTEMPT_COOKIE_MINUTES,
            );
            with_cookies(Redirect::to(&begun.authorize_url).into_response(), [cookie])
        }
        Err(stop) => stopped(&caller, &stop),
    }
}

/// Comes back from it. Whatever the query looks like, the answer is a page.
pub(super) async fn callback(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let callback = read_callback(query);
    let browser_secret = cookies::read(&headers, cookies::STAFF_ATTEMPT);
    let former = caller.session_secret.as_deref();
    match state
        .staff_door
        .finish(&caller.call, &callback, browser_secret, former)
        .await
    {
        Ok(finished) => {
            let cookie = cookies::give(
                cookies::STAFF_SESSION,
                &finished.session_secret,
                STAFF_LIFETIME_HOURS * 60,
            );
            with_cookies(see_other(finished.return_to.as_str()), [cookie])
        }
        Err(stop) => stopped(&caller, &stop),
    }
}

/// Ends the session (ログアウト); the form token was checked where forms are read.
pub(super) async fn sign_out(state: &AppState, caller: &Caller) -> Response {
    if let Some(secret) = &caller.session_secret
        && let Err(failure) = state.staff_door.sign_out(caller.tenant.id, secret).await
    {
        return refused::plain(&caller.call, &failure);
    }
    let mut response = see_other(app::links::STAFF);
    if let Ok(everything) = "\"cache\", \"storage\"".parse() {
        response.headers_mut().insert("clear-site-data", everything);
    }
    with_cookies(response, [cookies::take(cookies::STAFF_SESSION)])
}

/// The failure page, with the way on that the attempt had. Without a provider the first page says so.
fn stopped(caller: &Caller, stop: &SignInStop) -> Response {
    if !caller.tenant.lets_staff_in() {
        return see_other(app::links::STAFF);
    }
    log(caller, stop);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("reason", reason(stop));
    if let Some(return_to) = stop.return_to() {
        query.append_pair("return_to", return_to.as_str());
    }
    see_other(&format!("{}?{}", app::links::STAFF_FAILED, query.finish()))
}

/// A path of the staff's pages, or their first page.
fn own_path(asked: &str) -> ReturnPath {
    [asked, app::links::STAFF]
        .into_iter()
        .filter(|path| app::links::is_staffs(path))
        .find_map(|path| ReturnPath::parse(path).ok())
        .unwrap_or_else(ReturnPath::home)
}
