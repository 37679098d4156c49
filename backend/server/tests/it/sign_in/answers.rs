//! What the provider may say instead of a person, and what somebody may say in its name.

use standin::idp::{Endpoint, Fault};

use super::{BOOKING, altered, assert_turned_away, is_in, is_pending, query};
use crate::app::{Answer, Browser, HANAKO, NEIGHBOUR, TOWN, TestApp, hidden, logged};

const MARKUP: &str = "<script>alert('himitsu')</script>";

/// The page to which an answer leads.
async fn page_after(browser: &mut Browser, answer: &Answer) -> String {
    let page = browser.get(answer.header("location").unwrap()).await;
    assert_eq!(page.status, 200);
    page.text()
}

/// The failure page's button leads back to the card, and from there on to the booking.
async fn assert_trying_again_works(app: &TestApp, browser: &mut Browser, failed: &str) {
    assert!(failed.contains("もう一度ログインする"), "{failed}");
    let (_, link) = failed.split_once("href=\"/sign-in?").unwrap();
    let link = link.split_once('"').unwrap().0.replace("&amp;", "&");
    let page = browser.get(&format!("/sign-in?{link}")).await.text();
    let return_to = hidden(&page, "return_to").replace("&amp;", "&");
    assert_eq!(return_to, BOOKING);
    browser.sign_in(&app.idp, HANAKO, &return_to).await;
    assert!(is_in(browser).await);
}

testkit::on_both! {
    // Test 10: RFC 9207. The code is not sent to anybody.
    async fn an_answer_in_another_issuers_name_is_refused(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        app.idp.once(Fault::MixupIss);
        let answer = browser.sign_in(&app.idp, HANAKO, BOOKING).await;
        assert_turned_away(&answer, "rejected", Some(BOOKING));
        assert!(logged().contains("sign_in.callback_issuer"));
        for iss in ["", "https://evil.example", &format!("{}/", app.idp.issuer())] {
            let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
            let mixed = altered(&callback, |pairs| {
                pairs.insert("iss".to_owned(), iss.to_owned());
            });
            assert_turned_away(&browser.get(&mixed).await, "rejected", Some(BOOKING));
            assert!(!is_pending(&app, &callback).await);
        }
        app.idp.once(Fault::OwnIss);
        let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        let doubled = format!("{callback}&iss=https%3A%2F%2Fevil.example");
        assert_turned_away(&browser.get(&doubled).await, "expired", None);
        assert!(app.idp.seen().token_calls.is_empty());
        browser.get(&callback).await;
        assert!(is_in(&mut browser).await, "our own issuer's name is welcome");
    }

    // Test 10: a code that another provider, or the same one for another town, gave.
    async fn a_code_from_elsewhere_opens_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let next_door = app.visitor(NEIGHBOUR).choose_card(&app.idp, HANAKO, "/").await;
        let entra = "0.AXcA-himitsu-of-another-provider".to_owned();
        for foreign in [query(&next_door)["code"].clone(), entra] {
            let mut browser = app.visitor(TOWN);
            let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
            let forged = altered(&callback, |pairs| {
                pairs.insert("code".to_owned(), foreign.clone());
            });
            assert_turned_away(&browser.get(&forged).await, "expired", Some(BOOKING));
            assert!(!is_in(&mut browser).await);
        }
        assert!(app.idp.seen().token_calls.iter().all(|call| call.error.is_some()));
        assert!(!logged().contains("himitsu"));
    }

    async fn an_answer_without_a_code_or_with_an_odd_one_is_refused(db: TestStore) {
        let app = TestApp::open(&db).await;
        for code in [None, Some(""), Some("a\r\nb"), Some("コード"), Some(&*"A".repeat(3_000))] {
            let mut browser = app.visitor(TOWN);
            let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
            let odd = altered(&callback, |pairs| {
                pairs.remove("code");
                pairs.extend(code.map(|code| ("code".to_owned(), code.to_owned())));
            });
            assert_turned_away(&browser.get(&odd).await, "rejected", Some(BOOKING));
        }
        assert!(app.idp.seen().token_calls.is_empty());
    }

    // Test 17.
    async fn a_code_that_was_used_or_is_too_old_is_told_kindly(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.idp.once(Fault::TokenError { error: "invalid_grant".to_owned() });
        let mut browser = app.visitor(TOWN);
        let answer = browser.sign_in(&app.idp, HANAKO, BOOKING).await;
        assert_turned_away(&answer, "expired", Some(BOOKING));
        let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        app.world.clock.advance(chrono::Duration::seconds(61));
        let answer = browser.get(&callback).await;
        assert_turned_away(&answer, "expired", Some(BOOKING));
        let page = page_after(&mut browser, &answer).await;
        assert!(page.contains("ログインの時間が切れました。"));
        assert!(!page.contains("invalid_grant"));
        assert_trying_again_works(&app, &mut browser, &page).await;
    }

    // Test 25.
    async fn an_error_is_a_page_in_plain_words_that_keeps_the_booking(db: TestStore) {
        let app = TestApp::open(&db).await;
        for (error, reason) in [
            ("access_denied", "cancelled"),
            ("server_error", "unavailable"),
            ("temporarily_unavailable", "unavailable"),
            ("invalid_scope", "unavailable"),
            ("himitsu_error", "rejected"),
            (MARKUP, "rejected"),
        ] {
            app.idp.once(Fault::AuthorizeError {
                error: error.to_owned(),
                description: MARKUP.to_owned(),
            });
            let mut browser = app.visitor(TOWN);
            let answer = browser.sign_in(&app.idp, HANAKO, BOOKING).await;
            assert_turned_away(&answer, reason, Some(BOOKING));
            let page = page_after(&mut browser, &answer).await;
            for foreign in ["himitsu", "alert(", error] {
                assert!(!page.contains(foreign), "{error}: {foreign}");
            }
            assert_trying_again_works(&app, &mut browser, &page).await;
        }
        assert!(!logged().contains("himitsu"), "anybody can write anything there");
    }

    /// Whoever begins an attempt of their own can end it with any error they like.
    async fn an_error_that_somebody_writes_into_their_own_callback_raises_no_alarm(db: TestStore) {
        let app = TestApp::open(&db).await;
        for error in ["invalid_request", "unauthorized_client", "invalid_scope", "server_error"] {
            let mut browser = app.visitor(TOWN);
            let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
            let written = altered(&callback, |pairs| {
                pairs.insert("error".to_owned(), error.to_owned());
            });
            let answer = browser.get(&written).await;
            assert_turned_away(&answer, "unavailable", Some(BOOKING));
            let log = logged();
            let line = log.lines().find(|line| line.contains(error)).unwrap();
            assert!(line.contains("sign_in.turned_back") && line.contains("WARN"), "{line}");
            let id = answer.header("x-request-id").unwrap();
            let alarm = log.lines().find(|line| line.contains(id) && line.contains("ERROR"));
            assert_eq!(alarm, None, "{error}");
        }
    }

    // Test 25: 中止 on the provider's own page.
    async fn cancelling_at_the_card_changes_nothing_and_keeps_the_booking(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let answer = browser.sign_in(&app.idp, "", BOOKING).await;
        assert_turned_away(&answer, "cancelled", Some(BOOKING));
        let page = page_after(&mut browser, &answer).await;
        assert!(page.contains("ログインを中止しました。"));
        assert_trying_again_works(&app, &mut browser, &page).await;
    }

    async fn an_error_on_the_failure_pages_own_address_is_not_shown(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let encoded: String = url::form_urlencoded::byte_serialize(MARKUP.as_bytes()).collect();
        let place = format!("/sign-in/failed?reason={encoded}&error_description={encoded}");
        let page = browser.get(&place).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("alert("));
        assert!(page.text().contains("本人確認ができませんでした。"));
    }

    async fn a_provider_that_fails_is_an_outage_with_its_cause_in_the_log(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        app.idp.once(Fault::Fail { at: Endpoint::Userinfo, status: 503 });
        let answer = browser.sign_in(&app.idp, HANAKO, BOOKING).await;
        assert_turned_away(&answer, "unavailable", Some(BOOKING));
        let log = logged();
        let line = log.lines().find(|line| line.contains("sign_in.unavailable")).unwrap();
        assert!(line.contains("HTTP status 503"), "{line}");
        let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        drop(app.idp);
        assert_turned_away(&browser.get(&callback).await, "unavailable", Some(BOOKING));
        let log = logged();
        let line = log.lines().rfind(|line| line.contains("sign_in.unavailable")).unwrap();
        assert!(line.contains("no answer: "), "{line}");
        for secret in query(&callback).values() {
            assert!(!log.contains(secret.as_str()));
        }
    }

    async fn a_provider_that_refuses_us_is_an_outage_here_and_an_alarm_there(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        app.idp.once(Fault::TokenError { error: "invalid_client".to_owned() });
        let answer = browser.sign_in(&app.idp, HANAKO, BOOKING).await;
        assert_turned_away(&answer, "unavailable", Some(BOOKING));
        let log = logged();
        let line = log.lines().find(|line| line.contains("sign_in.misconfigured")).unwrap();
        assert!(line.contains("ERROR") && line.contains("invalid_client"), "{line}");
    }
}
