//! What every page tells the browser it may do.

use crate::app::{Answer, HANAKO, TOWN, TestApp};

/// Every page, with a room and a reservation to show.
const PAGES: [&str; 14] = [
    "/",
    "/?kind=体育館&people=10",
    "/facilities/gym",
    "/rooms/gym-full",
    "/rooms/gym-full/book?date=2026-12-05&start=18:00&end=20:00",
    "/sign-in",
    "/sign-in/failed?reason=cancelled",
    "/profile",
    "/profile/cards/new",
    "/profile/cards/refused?reason=other_card",
    "/reservations",
    "/staff",
    "/staff/failed?reason=no_role",
    "/nothing-here",
];

fn policy(answer: &Answer) -> &str {
    answer.header("content-security-policy").unwrap()
}

/// The nonce that the policy lets run, if it lets any.
fn nonce(answer: &Answer) -> Option<&str> {
    let (_, rest) = policy(answer).split_once("'nonce-")?;
    rest.split_once('\'').map(|(nonce, _)| nonce)
}

fn assert_careful(path: &str, answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{path}");
    }
    let policy = policy(answer);
    assert!(
        policy.starts_with("default-src 'none';"),
        "{path}: {policy}"
    );
    assert!(
        policy.contains("frame-ancestors 'none'"),
        "{path}: {policy}"
    );
    assert!(
        !policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
}

testkit::on_both! {
    async fn every_page_carries_its_walls_and_no_script_without_the_nonce(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        for path in PAGES {
            let page = hanako.get(&encoded(path)).await;
            assert_careful(path, &page);
            let html = page.text();
            assert!(page.header("content-type").unwrap().starts_with("text/html"), "{path}");
            let nonce = nonce(&page).unwrap_or_else(|| panic!("{path}: {}", policy(&page)));
            for script in html.split("<script").skip(1) {
                let tag = script.split_once('>').unwrap().0;
                assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}>");
            }
            for inline in [" style=\"", "javascript:", " onclick=", " onload=", " onsubmit="] {
                assert!(!html.contains(inline), "{path} has {inline}");
            }
        }
    }

    /// Over TLS once, over TLS always; on a name of this machine there is none to insist on.
    async fn a_town_over_tls_is_never_asked_for_in_the_clear_again(db: TestStore) {
        const NAME: &str = "strict-transport-security";
        let app = TestApp::open_with(&db, &[("TOWN_TONARI_OWN_URL", "https://yoyaku.tonari.example")]).await;
        let mut there = app.visitor(TOWN);
        assert_eq!(there.get("/").await.header(NAME), None);
        there.host = "yoyaku.tonari.example".to_owned();
        for path in ["/", "/nothing", "/api/v1/facilities", "/api/v1/nothing", "/auth/callback"] {
            assert_eq!(there.get(path).await.header(NAME), Some("max-age=31536000"), "{path}");
        }
    }

    async fn forms_of_a_town_do_not_lead_to_what_another_works_with(db: TestStore) {
        let own = [("TOWN_TONARI_STRIPE_API_BASE", "http://127.0.0.1:9/")];
        let app = TestApp::open_with(&db, &own).await;
        let of = async |town: &str| policy(&app.visitor(town).get("/").await).to_owned();
        assert!(of("tonari").await.contains("http://127.0.0.1:9"));
        assert!(!of(TOWN).await.contains("http://127.0.0.1:9"));
    }

    async fn a_nonce_is_used_once(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        let (one, other) = (visitor.get("/").await, visitor.get("/").await);
        assert_ne!(nonce(&one), nonce(&other));
    }

    async fn what_is_no_page_may_load_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let bare = ["/api/v1/facilities", "/api/v1/reservations", "/api/v1/nothing", "/auth/start",
            "/reservations/1/permit.pdf", "/auth/callback?state=1"];
        for path in bare {
            let answer = hanako.get(path).await;
            assert_careful(path, &answer);
            assert_eq!(policy(&answer), "default-src 'none'; frame-ancestors 'none'", "{path}");
        }
    }

    async fn forms_lead_only_here_to_the_card_service_and_to_the_checkout(db: TestStore) {
        let app = TestApp::open(&db).await;
        let page = app.visitor(TOWN).get("/").await;
        let origin = |url: &str| url::Url::parse(url).unwrap().origin().ascii_serialization();
        let (card, checkout) = (origin(app.idp.issuer()), origin(app.stripe.url().as_str()));
        let (_, targets) = policy(&page).split_once("form-action ").unwrap();
        let mut targets: Vec<_> = targets.split(';').next().unwrap().split(' ').collect();
        targets.sort_unstable();
        let mut expected = ["'self'", &*card, &*checkout];
        expected.sort_unstable();
        assert_eq!(targets, expected);
    }

    async fn assets_may_be_kept_and_nothing_else_of_the_folder_is_served(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut visitor = app.visitor(TOWN);
        let style = visitor.get("/yoriai.0.css").await;
        assert_eq!(style.status, 200);
        assert_eq!(style.header("cache-control"), Some("public, max-age=31536000, immutable"));
        for secret in ["/manifest.json", "/data.key", "/client.pem", "/pkg/../data.key", "/%2e%2e/data.key"] {
            assert_eq!(visitor.get(secret).await.status, 404, "{secret}");
        }
    }
}

/// An address bar's spelling of an address.
fn encoded(path: &str) -> String {
    let url = url::Url::parse("http://town.localhost")
        .unwrap()
        .join(path)
        .unwrap();
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}
