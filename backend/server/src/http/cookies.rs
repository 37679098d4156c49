//! Cookies: `__Host-`, HttpOnly, SameSite=Lax.
//!
//! Lax and not Strict: the callback comes from the identity provider's site, and a Strict cookie
//! set there is not sent to the page it redirects to (identity.md §3, measured in Chromium).

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite, time::Duration};

/// The session's secret.
pub(super) const SESSION: &str = "__Host-session";
/// What ties sign-in attempts to the browser that began them.
pub(super) const ATTEMPT: &str = "__Host-sign-in";
/// The secret of a session of staff.
pub(super) const STAFF_SESSION: &str = "__Host-staff";
/// What ties sign-in attempts of staff to the browser that began them.
pub(super) const STAFF_ATTEMPT: &str = "__Host-staff-sign-in";

/// The value of a cookie the browser sent.
pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` that gives the cookie for `minutes`.
pub(super) fn give(name: &'static str, secret: &str, minutes: i64) -> Option<HeaderValue> {
    as_header(
        base(name, secret)
            .max_age(Duration::minutes(minutes))
            .build(),
    )
}

/// A `Set-Cookie` that takes the cookie away.
pub(super) fn take(name: &'static str) -> Option<HeaderValue> {
    as_header(base(name, "").max_age(Duration::ZERO).build())
}

fn base<'a>(name: &'static str, value: &'a str) -> cookie::CookieBuilder<'a> {
    Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
}

fn as_header(cookie: Cookie<'_>) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie.to_string()).ok()
}
