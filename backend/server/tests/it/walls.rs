//! What is refused before anybody is asked: unknown hosts, foreign sites, forged forms and notices.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use usecases::ports::chance::Clock as _;

use crate::api::booking;
use crate::app::{Answer, Browser, HANAKO, ICHIRO, NEIGHBOUR, TOWN, TestApp, logged, town};

/// A request of the kind that people's browsers send, to be completed.
fn as_a_browser(browser: &Browser, method: Method, path: &str) -> axum::http::request::Builder {
    let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    browser.ask(method, path).header("accept", accept)
}

#[track_caller]
fn assert_page_for_people(answer: &Answer, status: u16) {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(text.contains("<h1") && text.contains('。'), "{text}");
}

testkit::on_both! {
    async fn a_host_that_is_no_towns_has_no_pages(db: TestStore) {
        let app = TestApp::open(&db).await;
        for host in ["localhost:8080", "evil.example", "yoriai.localhost", "yoriai.localhost:81",
            "yoriai.localhost:8080.evil.example", "xyoriai.localhost:8080", ""] {
            let mut lost = app.visitor(TOWN);
            lost.host = host.to_owned();
            for path in ["/", "/reservations", "/auth/start", "/nothing"] {
                let answer = lost.get(path).await;
                assert_eq!(answer.status, 404, "{host}{path}");
                assert!(!answer.text().contains("精華町"), "{host}{path}");
                assert!(answer.header("set-cookie").is_none());
            }
            let answer = lost.get("/api/v1/facilities").await;
            assert_eq!((answer.status, &*answer.problem()), (404, "town.not_found"), "{host}");
        }
        assert_eq!(app.visitor("YORIAI").get("/").await.status, 200, "host names have no case");
    }

    async fn a_town_that_is_applied_while_we_run_has_pages_at_the_next_look(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor("shinmachi");
        assert_eq!(visitor.get("/").await.status, 404);
        testkit::TestWorld::with_town(&db, &town("shinmachi")).await.unwrap();
        app.house.look_for_towns().await;
        let page = visitor.get("/").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("新町"), "{}", page.text());
        assert_eq!(app.visitor(TOWN).get("/").await.status, 200);
        let begun = visitor.get("/auth/start").await;
        assert!(begun.header("location").unwrap().starts_with(app.idp.issuer()));
    }

    async fn a_new_town_at_anothers_address_takes_nothing_from_it(db: TestStore) {
        let app = TestApp::open_with(&db, &[("TOWN_SHINMACHI_OWN_URL", "http://yoriai.localhost:8080")]).await;
        let name = format!("新町 {:?}", db.engine());
        let new = domain::town::Town { name: name.clone(), ..town("shinmachi") };
        testkit::TestWorld::with_town(&db, &new).await.unwrap();
        app.house.look_for_towns().await;
        app.house.look_for_towns().await;
        assert!(app.visitor(TOWN).get("/").await.text().contains("精華町"));
        assert_eq!(app.visitor("shinmachi").get("/").await.status, 404);
        let log = logged();
        let told = log.lines().filter(|line| line.contains("town.left_out") && line.contains(&name));
        assert_eq!(told.count(), 1, "told of once");
    }

    async fn a_post_from_another_site_changes_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let hanako = app.resident(TOWN, HANAKO).await;
        let own = format!("http://{TOWN}.localhost:8080");
        let neighbour = format!("http://{NEIGHBOUR}.localhost:8080");
        for (origin, site) in [
            (Some("https://evil.example"), Some("cross-site")),
            (Some("https://evil.example"), None),
            (Some("null"), None),
            (Some(&*neighbour), Some("same-site")),
            (Some(&*neighbour), None),
            (None, Some("cross-site")),
            (None, Some("same-site")),
            (Some(&*own), Some("cross-site")),
            (Some("https://evil.example"), Some("same-origin")),
        ] {
            for (path, kind, body) in [
                ("/api/v1/reservations", "application/json", booking("18:00", "20:00", 1).to_string()),
                ("/profile", "application/x-www-form-urlencoded", "email=evil%40example.jp".to_owned()),
                ("/sign-out", "application/x-www-form-urlencoded", String::new()),
            ] {
                let mut request = axum::http::Request::builder()
                    .method(Method::POST)
                    .uri(path)
                    .header("host", &hanako.host)
                    .header("content-type", kind);
                for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                    if let Some(value) = value {
                        request = request.header(name, value);
                    }
                }
                let request = request.body(Body::from(body)).unwrap();
                let answer = hanako.clone().send(request).await;
                assert_eq!(answer.status, 403, "{path} from {origin:?} {site:?}");
                if path.starts_with("/api/") {
                    assert_eq!(answer.problem(), "request.cross_site");
                }
            }
        }
        let mut hanako = hanako;
        assert_eq!(hanako.get("/api/v1/reservations").await.json()["items"], json!([]));
        assert!(hanako.get("/profile").await.text().contains("hanako@example.jp"));
    }

    async fn a_form_without_this_sessions_token_changes_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let mut ichiro = app.resident(TOWN, ICHIRO).await;
        let others = ichiro.token("/profile").await;
        let form = "/rooms/gym-full/book?date=2026-12-05&start=18:00&end=20:00";
        let visitors = app.visitor(TOWN).token(form).await;
        for token in ["", "0", &others, &visitors, &"f".repeat(64)] {
            let form = [("token", token), ("email", "evil@example.jp"), ("phone", "090-0000-0000")];
            let answer = hanako.post_form("/profile", &form).await;
            assert_eq!(answer.status, 409, "{token}");
        }
        let none = hanako.post_form("/profile", &[("email", "evil@example.jp")]).await;
        assert_eq!(none.status, 409);
        let out = hanako.post_form("/sign-out", &[]).await;
        assert!(out.status == 409 || hanako.get("/api/v1/reservations").await.status == 200);
        assert!(hanako.get("/profile").await.text().contains("hanako@example.jp"));
    }

    async fn a_notice_that_stripe_did_not_sign_is_refused(db: TestStore) {
        let app = TestApp::open(&db).await;
        let now = app.world.clock.now().timestamp();
        let body = r#"{"id":"evt_1","object":"event","type":"checkout.session.completed"}"#;
        let forged = format!("t={now},v1={}", "0".repeat(64));
        for signature in [None, Some(""), Some("t=1,v1=00"), Some(&*forged), Some("nonsense")] {
            let mut request = axum::http::Request::builder()
                .method(Method::POST)
                .uri("/webhooks/stripe")
                .header("host", "127.0.0.1");
            if let Some(signature) = signature {
                request = request.header("stripe-signature", signature);
            }
            let request = request.body(Body::from(body)).unwrap();
            let answer = Browser::new(app.router.clone(), TOWN).send(request).await;
            assert_eq!(answer.status, 400, "{signature:?}");
        }
    }

    async fn made_up_sessions_are_nobody(db: TestStore) {
        let app = TestApp::open(&db).await;
        for secret in ["", "x", "null", "\u{fffd}", &"A".repeat(43), &"A".repeat(8_000)] {
            let mut browser = app.visitor(TOWN);
            browser.cookies.insert("__Host-session".to_owned(), secret.to_owned());
            assert_eq!(browser.get("/api/v1/reservations").await.status, 401);
            assert_eq!(browser.get("/").await.status, 200);
        }
    }

    async fn an_error_without_words_becomes_a_page_for_people(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        let long = format!("note={}", "a".repeat(100_000));
        for (method, path, body, status) in [
            (Method::POST, "/profile", &*long, 413),
            (Method::DELETE, "/profile", "", 405),
            (Method::GET, "/reservations/%ff/permit.pdf", "", 400),
        ] {
            let request = as_a_browser(&visitor, method, path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(body.to_owned()))
                .unwrap();
            assert_page_for_people(&visitor.send(request).await, status);
        }
    }

    async fn a_form_that_is_none_becomes_a_page_for_people_and_changes_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let token = hanako.token("/profile").await;
        let fields = format!("token={token}&email=evil%40example.jp&phone=090-0000-0000");
        let json = json!({"token": token, "email": "evil@example.jp"}).to_string();
        let huge = format!("{fields}&note={}", "a".repeat(2_000_000));
        for (kind, body, status) in [
            (None, &*fields, 415),
            (Some("application/json"), &*json, 415),
            (Some("text/plain"), &*fields, 415),
            (Some("multipart/form-data; boundary=x"), "--x--", 415),
            (Some("application/x-www-form-urlencoded"), &*huge, 413),
        ] {
            let mut request = as_a_browser(&hanako, Method::POST, "/profile");
            if let Some(kind) = kind {
                request = request.header("content-type", kind);
            }
            let request = request.body(Body::from(body.to_owned())).unwrap();
            assert_page_for_people(&hanako.send(request).await, status);
        }
        // Broken escapes and no fields at all are a form like any other: with what is wrong with it.
        for nonsense in ["", "&&=&%", "token=%ff%fe", "\u{0}"] {
            let request = as_a_browser(&hanako, Method::POST, "/profile")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(nonsense.to_owned()))
                .unwrap();
            assert_page_for_people(&hanako.send(request).await, 409);
        }
        assert!(hanako.get("/profile").await.text().contains("hanako@example.jp"));
    }
}
