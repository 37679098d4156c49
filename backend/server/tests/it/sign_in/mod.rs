//! Signing in when somebody means harm, over real HTTP to the stand-in card service: those tests of
//! identity.md §5 that need cookies, attempts in the database and routes.
//!
//! | tests of identity.md §5 | where |
//! |---|---|
//! | 1, 2, 3 | [`attempts`] |
//! | 10, 17, 25 (errors) | [`answers`] |
//! | 22 | [`ways_back`] |
//! | 23, idle and absolute end | [`lasting`] |
//! | 24; 23, the old id after a step-up | [`step_up`] |
//! | 25 (claims in odd shapes) | [`cards`] |
//!
//! The others are about tokens and keys and stand with the relying party (`gateway/tests/identity`).

mod answers;
mod attempts;
mod cards;
mod lasting;
mod step_up;
mod ways_back;

use std::collections::BTreeMap;

use usecases::ports::store::{Realm, Store as _};
use usecases::sign_in::hash;

use crate::app::{Answer, Browser, TestApp};

const SESSION: &str = "__Host-session";
const ATTEMPT: &str = "__Host-sign-in";

/// A booking in progress, as it is carried through sign-in.
const BOOKING: &str =
    "/rooms/gym-full/book?date=2026-12-05&start=18%3A00&end=20%3A00&purpose=basketball&people=12";

/// The query of an address, each name once.
fn query(address: &str) -> BTreeMap<String, String> {
    let (_, query) = address.split_once('?').unwrap_or_default();
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    pairs.collect()
}

/// The same callback with these parameters instead.
fn altered(callback: &str, change: impl FnOnce(&mut BTreeMap<String, String>)) -> String {
    let mut pairs = query(callback);
    change(&mut pairs);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("/auth/callback?{query}")
}

/// Nobody is in by this answer, and it leads to a page that says why and carries `return_to`.
#[track_caller]
fn assert_turned_away(answer: &Answer, reason: &str, return_to: Option<&str>) {
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("set-cookie"), None);
    let place = answer.header("location").unwrap();
    assert!(place.starts_with("/sign-in/failed?"), "{place}");
    let said = query(place);
    assert_eq!(said["reason"], reason, "{place}");
    assert_eq!(
        said.get("return_to").map(String::as_str),
        return_to,
        "{place}"
    );
}

/// Nothing was opened and nothing is told: the way simply leads on.
#[track_caller]
fn assert_goes_on(answer: &Answer, to: &str) {
    let told = (answer.status, answer.header("location"));
    assert_eq!(told, (303, Some(to)), "{}", answer.text());
    assert_eq!(answer.header("set-cookie"), None);
}

/// Whether the browser's session is somebody's.
async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/api/v1/reservations").await.status == 200
}

/// Whether the attempt of this callback could still be used in [`crate::app::TOWN`].
async fn is_pending(app: &TestApp, callback: &str) -> bool {
    let state_hash = hash(&query(callback)["state"]);
    let now = usecases::ports::chance::Clock::now(&app.world.clock);
    let mut tx = app.world.store.begin(app.world.municipality).await.unwrap();
    // Rolled back: looking must not use it up.
    tx.consume_attempt(Realm::Resident, &state_hash, now)
        .await
        .unwrap()
        .is_some()
}
