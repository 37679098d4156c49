//! Sessions: whose they are, for how long, and in which cookie (identity.md §5, test 23).

use std::collections::BTreeSet;

use chrono::Duration;

use super::{ATTEMPT, BOOKING, SESSION, is_in};
use crate::app::{Answer, HANAKO, ICHIRO, NEIGHBOUR, TOWN, TestApp, hidden};

/// The value and the attributes of a cookie that an answer sets.
#[track_caller]
fn cookie<'a>(answer: &'a Answer, name: &str) -> (&'a str, BTreeSet<&'a str>) {
    let set = answer.headers.get_all("set-cookie").iter();
    let set = set.map(|line| line.to_str().unwrap());
    let own: Vec<_> = set
        .filter(|line| line.split('=').next() == Some(name))
        .collect();
    assert_eq!(own.len(), 1, "{name} is set once");
    let mut parts = own[0].split("; ");
    let (_, value) = parts.next().unwrap().split_once('=').unwrap();
    (value, parts.collect())
}

/// What `__Host-` demands (RFC 6265bis §4.1.3.2) and no more: no `Domain`, `Path=/`, `Secure`.
fn attributes(max_age: &'static str) -> BTreeSet<&'static str> {
    ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", max_age].into()
}

testkit::on_both! {
    async fn cookies_are_for_this_host_this_browser_and_no_script(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let begun = browser.get("/auth/start").await;
        let (attempt, said) = cookie(&begun, ATTEMPT);
        assert_eq!((attempt.len(), said), (43, attributes("Max-Age=900")));
        let arrived = browser.sign_in(&app.idp, HANAKO, "/profile").await;
        let (session, said) = cookie(&arrived, SESSION);
        assert_eq!((session.len(), said), (43, attributes("Max-Age=43200")));
        let token = browser.token("/profile").await;
        let out = browser.post_form("/sign-out", &[("token", &token)]).await;
        let (nothing, said) = cookie(&out, SESSION);
        assert_eq!((nothing, said), ("", attributes("Max-Age=0")));
    }

    // Test 23: fixation. What somebody planted before is not what is used after.
    async fn a_session_planted_before_signing_in_is_never_the_one_after(db: TestStore) {
        let app = TestApp::open(&db).await;
        let planted = "A".repeat(43);
        let mut attacker = app.visitor(TOWN);
        attacker.cookies.insert(SESSION.to_owned(), planted.clone());
        let mut victim = attacker.clone();
        victim.sign_in(&app.idp, HANAKO, "/profile").await;
        assert!(is_in(&mut victim).await);
        assert_ne!(victim.cookies[SESSION], planted);
        assert!(!is_in(&mut attacker).await);
    }

    async fn made_up_sessions_are_nobody(db: TestStore) {
        let app = TestApp::open(&db).await;
        for secret in ["", "x", "null", "\u{fffd}", &"A".repeat(43), &"A".repeat(8_000)] {
            let mut browser = app.visitor(TOWN);
            browser.cookies.insert(SESSION.to_owned(), secret.to_owned());
            assert!(!is_in(&mut browser).await, "{secret}");
            assert_eq!(browser.get("/").await.status, 200);
        }
    }

    async fn an_attempt_cookie_that_binds_nothing_is_replaced(db: TestStore) {
        let app = TestApp::open(&db).await;
        for planted in ["", "x", &"A".repeat(42), &"!".repeat(43)] {
            let mut browser = app.visitor(TOWN);
            browser.cookies.insert(ATTEMPT.to_owned(), planted.to_owned());
            let callback = browser.choose_card(&app.idp, HANAKO, "/").await;
            assert_eq!(browser.cookies[ATTEMPT].len(), 43, "{planted}");
            browser.get(&callback).await;
            assert!(is_in(&mut browser).await);
        }
    }

    async fn two_tabs_may_be_at_the_card_at_once(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.resident(TOWN, HANAKO).await;
        let one = browser.choose_card(&app.idp, HANAKO, "/reservations").await;
        let other = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        assert_eq!(browser.get(&other).await.header("location"), Some(BOOKING));
        assert_eq!(browser.get(&one).await.header("location"), Some("/reservations"));
        assert!(is_in(&mut browser).await);
    }

    async fn signing_in_again_ends_this_browsers_session_and_no_other(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut phone = app.newcomer(TOWN, HANAKO).await;
        let mut desktop = app.newcomer(TOWN, HANAKO).await;
        let mut copy = phone.clone();
        phone.sign_in(&app.idp, HANAKO, "/profile").await;
        assert_ne!(phone.cookies[SESSION], copy.cookies[SESSION]);
        assert!(is_in(&mut phone).await && is_in(&mut desktop).await);
        assert!(!is_in(&mut copy).await);
    }

    async fn a_form_made_before_signing_in_again_is_stale(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.newcomer(TOWN, HANAKO).await;
        let token = browser.token("/profile").await;
        browser.sign_in(&app.idp, ICHIRO, "/profile").await;
        let form = [("token", &*token), ("email", "hanako@example.jp"), ("phone", "090-1234-5678")];
        assert_eq!(browser.post_form("/profile", &form).await.status, 409);
        assert!(!browser.get("/profile").await.text().contains("value=\"hanako@example.jp\""));
    }

    async fn signing_out_ends_every_copy_and_no_other_device(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut phone = app.newcomer(TOWN, HANAKO).await;
        let mut desktop = app.newcomer(TOWN, HANAKO).await;
        let mut copy = phone.clone();
        let token = phone.token("/profile").await;
        let out = phone.post_form("/sign-out", &[("token", &token)]).await;
        assert_eq!((out.status, out.header("location")), (303, Some("/")));
        assert_eq!(out.header("clear-site-data"), Some("\"cache\", \"storage\""));
        assert!(!is_in(&mut copy).await);
        assert!(is_in(&mut desktop).await);
        // The page from before, once more: nobody is in, and nothing is wrong with that.
        for browser in [&mut phone, &mut copy] {
            let again = browser.post_form("/sign-out", &[("token", &token)]).await;
            assert_eq!((again.status, again.header("location")), (303, Some("/")));
        }
    }

    // Test 23: two towns of one installation.
    async fn cookies_of_one_town_are_worth_nothing_in_the_other(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut here = app.newcomer(TOWN, HANAKO).await;
        let mut there = app.newcomer(NEIGHBOUR, HANAKO).await;
        let (mut from_here, mut from_there) = (here.clone(), there.clone());
        from_here.host.clone_from(&there.host);
        from_there.host.clone_from(&here.host);
        let token = here.token("/profile").await;
        for lost in [&mut from_here, &mut from_there] {
            assert!(!is_in(lost).await);
            let profile = lost.get("/profile").await;
            assert!(!profile.text().contains("山田"), "{}", profile.status);
            let kept = lost.cookies.clone();
            lost.post_form("/sign-out", &[("token", &token)]).await;
            lost.cookies = kept;
        }
        assert!(is_in(&mut here).await && is_in(&mut there).await);
    }

    async fn a_session_ends_after_thirty_idle_minutes(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.newcomer(TOWN, HANAKO).await;
        app.world.clock.advance(Duration::seconds(30 * 60 - 1));
        assert!(is_in(&mut browser).await);
        app.world.clock.advance(Duration::seconds(30 * 60));
        assert!(!is_in(&mut browser).await);
        let page = browser.get("/").await;
        assert_eq!(page.status, 200, "looking around needs nobody");
    }

    async fn a_session_ends_after_twelve_hours_however_busy(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.newcomer(TOWN, HANAKO).await;
        for _ in 0..24 {
            app.world.clock.advance(Duration::minutes(29));
            assert!(is_in(&mut browser).await);
        }
        app.world.clock.advance(Duration::seconds(24 * 60 - 1));
        assert!(is_in(&mut browser).await);
        app.world.clock.advance(Duration::seconds(1));
        assert!(!is_in(&mut browser).await);
    }

    async fn a_guests_booking_goes_by_the_card_and_the_profile_and_comes_back(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut guest = app.visitor(TOWN);
        let form = [("date", "2026-12-05"), ("start", "18:00"), ("end", "20:00"),
            ("purpose", "basketball"), ("people", "12"), ("note", "ゼッケンを借ります")];
        let asked = guest.post_form("/rooms/gym-full/book", &form).await;
        let page = guest.get(asked.header("location").unwrap()).await.text();
        let pending = hidden(&page, "return_to").replace("&amp;", "&");
        let arrived = guest.sign_in(&app.idp, HANAKO, &pending).await;
        let profile = arrived.header("location").unwrap().to_owned();
        assert!(profile.starts_with("/profile?return_to="), "{profile}");
        let page = guest.get(&profile).await.text();
        assert!(page.contains("保存して予約に進む"));
        let contact = [("token", &*hidden(&page, "token")), ("email", "hanako@example.jp"),
            ("phone", "090-1234-5678"), ("return_to", &hidden(&page, "return_to").replace("&amp;", "&"))];
        let saved = guest.post_form("/profile", &contact).await;
        assert_eq!(saved.header("location"), Some(&*pending));
        let booking = guest.get(&pending).await.text();
        for (field, kept) in [("date", "2026-12-05"), ("start", "18:00"), ("people", "12")] {
            assert_eq!(hidden(&booking, field), kept);
        }
        assert!(booking.contains("<option value=\"20:00\" selected"), "{booking}");
        // People write about themselves in the note, and addresses end up in histories.
        assert!(!pending.contains("note"), "{pending}");
    }
}
