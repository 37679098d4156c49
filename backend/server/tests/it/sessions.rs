//! Signing in, over real HTTP to the stand-in card service: identity.md §5, tests 1–3, 17 and 22–25
//! as far as they are about cookies, attempts and routes.

use standin::idp::Fault;

use crate::app::{Answer, Browser, HANAKO, ICHIRO, NEIGHBOUR, TOWN, TestApp};

const SESSION: &str = "__Host-session";
const ATTEMPT: &str = "__Host-sign-in";

/// Nobody is in, and a page says so kindly.
#[track_caller]
fn assert_turned_away(answer: &Answer, browser: &Browser, reason: &str) {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let place = answer.header("location").unwrap();
    assert!(
        place.starts_with(&format!("/sign-in/failed?reason={reason}")),
        "{place}"
    );
    assert!(!browser.cookies.contains_key(SESSION));
}

testkit::on_both! {
    async fn a_card_opens_a_session_and_leads_back(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let arrived = browser.sign_in(&app.idp, HANAKO, "/rooms/gym-full?date=2026-12-05").await;
        assert_eq!(arrived.header("location"), Some("/rooms/gym-full?date=2026-12-05"));
        let cookie = arrived.headers.get_all("set-cookie").iter();
        let cookie: Vec<_> = cookie.map(|set| set.to_str().unwrap()).collect();
        let session = cookie.iter().find(|set| set.starts_with(SESSION)).unwrap();
        for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age="] {
            assert!(session.contains(attribute), "{attribute} in {session}");
        }
        assert!(!session.contains("Domain"));
        assert!(browser.get("/profile").await.text().contains("山田　花子"));
    }

    async fn signing_out_ends_the_session_here_and_on_the_server(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.resident(TOWN, HANAKO).await;
        let mut thief = browser.clone();
        let token = browser.token("/profile").await;
        let out = browser.post_form("/sign-out", &[("token", &token)]).await;
        assert_eq!(out.status, 303);
        assert!(out.header("clear-site-data").is_some());
        assert!(!browser.cookies.contains_key(SESSION));
        assert_eq!(thief.get("/api/v1/reservations").await.status, 401);
    }

    async fn a_session_of_one_town_is_worth_nothing_in_another(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.resident(TOWN, HANAKO).await;
        browser.host = format!("{NEIGHBOUR}.localhost:8080");
        assert_eq!(browser.get("/api/v1/reservations").await.status, 401);
    }

    async fn a_session_ends_when_nobody_uses_it(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.resident(TOWN, HANAKO).await;
        app.world.clock.advance(chrono::Duration::minutes(29));
        assert_eq!(browser.get("/api/v1/reservations").await.status, 200);
        app.world.clock.advance(chrono::Duration::minutes(29));
        assert_eq!(browser.get("/api/v1/reservations").await.status, 200);
        app.world.clock.advance(chrono::Duration::minutes(30));
        assert_eq!(browser.get("/api/v1/reservations").await.status, 401);
    }

    async fn made_up_sessions_are_nobody(db: TestStore) {
        let app = TestApp::open(&db).await;
        for secret in ["", "x", "null", "\u{fffd}", &"A".repeat(43), &"A".repeat(8_000)] {
            let mut browser = app.visitor(TOWN);
            browser.cookies.insert(SESSION.to_owned(), secret.to_owned());
            assert_eq!(browser.get("/api/v1/reservations").await.status, 401);
            assert_eq!(browser.get("/").await.status, 200);
        }
    }

    // identity.md §5, test 1.
    async fn a_state_that_is_missing_altered_or_another_browsers_is_refused(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, "/").await;
        let (_, query) = callback.split_once('?').unwrap();
        let without = query.split('&').filter(|pair| !pair.starts_with("state="));
        let without = format!("/auth/callback?{}", without.collect::<Vec<_>>().join("&"));
        let mut altered = browser.clone();
        assert_turned_away(&altered.get(&without).await, &altered, "expired");
        let answer = altered.get(&callback.replace("state=", "state=x")).await;
        assert_turned_away(&answer, &altered, "expired");
        let mut other = app.visitor(TOWN);
        assert_turned_away(&other.get(&callback).await, &other, "expired");
        // The attempt was used up by the other browser's try.
        assert_turned_away(&browser.get(&callback).await, &browser, "expired");
    }

    // Test 2.
    async fn a_callback_twice_at_once_opens_exactly_one_session(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, "/").await;
        let tries = (0..4).map(|_| {
            let (mut tab, callback) = (browser.clone(), callback.clone());
            tokio::spawn(async move {
                tab.get(&callback).await;
                tab.cookies.contains_key(SESSION)
            })
        });
        let tries: Vec<_> = tries.collect();
        let mut sessions = 0;
        for tab in tries {
            sessions += usize::from(tab.await.unwrap());
        }
        assert_eq!(sessions, 1);
        let late = browser.get(&callback).await;
        assert_turned_away(&late, &browser, "expired");
    }

    // Test 3.
    async fn an_attackers_callback_does_not_sign_a_victim_in(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut attacker = app.visitor(TOWN);
        let callback = attacker.choose_card(&app.idp, ICHIRO, "/").await;
        let mut victim = app.visitor(TOWN);
        victim.get("/auth/start").await;
        assert!(victim.cookies.contains_key(ATTEMPT));
        assert_turned_away(&victim.get(&callback).await, &victim, "expired");
    }

    // Test 22.
    async fn a_way_back_never_leads_to_another_site(db: TestStore) {
        let app = TestApp::open(&db).await;
        for evil in ["//evil.example", "https://evil.example", "https:evil.example", "/\\evil.example",
            "/%2f%2fevil.example", "/%5cevil.example", "/\r\nset-cookie: a=b", "user@evil.example",
            "javascript:alert(1)", "/\tevil", "http://yoriai.localhost:8080@evil.example/"] {
            let mut browser = app.visitor(TOWN);
            let arrived = browser.sign_in(&app.idp, HANAKO, evil).await;
            assert_eq!(arrived.header("location"), Some("/"), "{evil}");
        }
    }

    // Test 23.
    async fn a_session_from_before_dies_when_somebody_signs_in(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.newcomer(TOWN, HANAKO).await;
        let mut before = browser.clone();
        browser.sign_in(&app.idp, ICHIRO, "/").await;
        assert_ne!(browser.cookies[SESSION], before.cookies[SESSION]);
        assert_eq!(before.get("/api/v1/reservations").await.status, 401);
        assert!(browser.get("/profile").await.text().contains("木下　一郎"));
    }

    // Test 25.
    async fn whatever_the_provider_says_instead_is_a_page_in_plain_words(db: TestStore) {
        let app = TestApp::open(&db).await;
        let markup = "<script>alert(1)</script>";
        for (error, reason) in
            [("access_denied", "cancelled"), ("server_error", "unavailable"), ("weird", "")]
        {
            app.idp.once(Fault::AuthorizeError {
                error: error.to_owned(),
                description: markup.to_owned(),
            });
            let mut browser = app.visitor(TOWN);
            let answer = browser.sign_in(&app.idp, HANAKO, "/rooms/gym-full").await;
            assert_turned_away(&answer, &browser, reason);
            let page = browser.get(answer.header("location").unwrap()).await;
            assert!(!page.text().contains("alert(1)"), "{error}");
            assert!(page.text().contains("ログイン"), "{error}");
        }
        app.idp.behave();
        let mut browser = app.visitor(TOWN);
        let answer = browser.sign_in(&app.idp, "", "/rooms/gym-full?date=2026-12-05").await;
        assert_turned_away(&answer, &browser, "cancelled");
        let page = browser.get(answer.header("location").unwrap()).await.text();
        assert!(page.contains("date%3D2026-12-05"), "the way on is kept: {page}");
    }

    async fn a_provider_that_is_away_is_said_so(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, "/").await;
        drop(app.idp);
        assert_turned_away(&browser.get(&callback).await, &browser, "unavailable");
    }
}
