//! The way back leads into this site and nowhere else, at every door (identity.md §5, test 22).

use url::{Url, form_urlencoded};

use super::BOOKING;
use crate::app::{Browser, HANAKO, TOWN, TestApp};

const EVIL: [&str; 20] = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2f%2fevil.example",
    "/%2F/evil.example",
    "/%5cevil.example",
    "/%252f%252fevil.example",
    "/\r\nSet-Cookie: planted=1",
    "/%0d%0aSet-Cookie:%20planted=1",
    "/\t/evil.example",
    "//yoriai.localhost:8080@evil.example",
    "http://yoriai.localhost:8080@evil.example/",
    "@evil.example",
    "javascript:alert(1)",
    "data:text/html,evil",
    "evil.example",
];

const GOOD: [&str; 5] = [
    "/reservations",
    "/rooms/gym-full?date=2026-12-05",
    "/?kind=%E4%BD%93%E8%82%B2%E9%A4%A8&people=10",
    "/rooms/gym-full/book?date=2026-12-05&start=18%3A00&end=20%3A00&note=https%3A%2F%2Fa.example",
    BOOKING,
];

fn with_return(path: &str, return_to: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("return_to", return_to)
        .finish();
    format!("{path}?{query}")
}

/// Where a browser at `host` would land, or nowhere but here.
#[track_caller]
fn assert_stays(host: &str, link: &str) {
    let here = Url::parse(&format!("http://{host}")).unwrap();
    let there = here.join(link).unwrap();
    assert!(
        there.scheme() == "tel" || there.origin() == here.origin(),
        "{link} leads to {there}"
    );
}

/// Every link and form of a page stays here.
#[track_caller]
fn assert_links_stay(browser: &Browser, page: &str) {
    for attribute in [" href=\"", " action=\"", " formaction=\""] {
        for rest in page.split(attribute).skip(1) {
            let link = rest.split_once('"').unwrap().0.replace("&amp;", "&");
            assert_stays(&browser.host, &link);
        }
    }
}

async fn save_profile(browser: &mut Browser, return_to: &str) -> String {
    let token = browser.token("/profile").await;
    let form = [
        ("token", &*token),
        ("email", "hanako@example.jp"),
        ("phone", "090-1234-5678"),
        ("return_to", return_to),
    ];
    let saved = browser.post_form("/profile", &form).await;
    assert_eq!(saved.status, 303, "{return_to}: {}", saved.text());
    assert!(!browser.cookies.contains_key("planted"));
    saved.header("location").unwrap().to_owned()
}

testkit::on_both! {
    async fn no_door_leads_to_another_site(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.resident(TOWN, HANAKO).await;
        for evil in EVIL {
            let arrived = browser.sign_in(&app.idp, HANAKO, evil).await;
            assert_eq!(arrived.header("location"), Some("/"), "{evil:?}");
            let cancelled = browser.sign_in(&app.idp, "", evil).await;
            let failed = cancelled.header("location").unwrap();
            assert_eq!(failed, "/sign-in/failed?reason=cancelled&return_to=%2F", "{evil:?}");
            for door in ["/sign-in", "/sign-in/failed", "/profile"] {
                let page = browser.get(&with_return(door, evil)).await;
                assert_eq!(page.status, 200, "{door} {evil:?}");
                assert_links_stay(&browser, &page.text());
            }
            assert_eq!(save_profile(&mut browser, evil).await, "/profile?saved=1", "{evil:?}");
        }
    }

    async fn a_way_back_into_this_site_survives_every_door_to_the_letter(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut newcomer = app.newcomer(TOWN, HANAKO).await;
        for good in GOOD {
            let arrived = newcomer.sign_in(&app.idp, HANAKO, good).await;
            assert_eq!(arrived.header("location"), Some(&*with_return("/profile", good)));
        }
        for good in GOOD {
            assert_eq!(save_profile(&mut newcomer, good).await, good);
            let arrived = newcomer.sign_in(&app.idp, HANAKO, good).await;
            assert_eq!(arrived.header("location"), Some(good));
        }
    }

    async fn a_way_back_given_twice_is_none(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let begun = browser.get("/auth/start?return_to=%2Freservations&return_to=%2F%2Fevil.example").await;
        assert_eq!(begun.status, 303);
        assert!(begun.header("location").unwrap().starts_with(app.idp.issuer()));
    }
}
