//! Who is let in by which door.

use contract::{Action, Role, role_may};

use super::{ATTEMPT, SESSION, STAFF, STAFF_ATTEMPT, assert_turned_away, is_on_duty};
use crate::app::{HANAKO, NAKAMURA, NEIGHBOUR, SATO, SUZUKI, TANAKA, TOWN, TestApp, logged};

/// Whether somebody who signed in as a resident is in.
async fn is_in(browser: &mut crate::app::Browser) -> bool {
    browser.get("/api/v1/reservations").await.status == 200
}

testkit::on_both! {
    async fn each_role_is_led_where_it_may_go(db: TestStore) {
        let app = TestApp::open(&db).await;
        for (colleague, role, words) in [
            (SATO, Role::Window, "窓口：すべての施設"),
            (SUZUKI, Role::Manager, "施設管理者：すべての施設"),
            ("takahashi", Role::Accounting, "会計：すべての施設"),
            (TANAKA, Role::Admin, "管理者：すべての施設"),
            ("watanabe", Role::Viewer, "閲覧：すべての施設"),
        ] {
            let mut browser = app.colleague(TOWN, colleague, role).await;
            let page = browser.get("/staff").await.text();
            assert!(page.contains(&format!("職員 {colleague}")), "{page}");
            assert!(page.contains(words), "{words}");
            for (href, action) in [
                ("/counter", Action::SeeCounter),
                ("/counter/till", Action::SeeTill),
                ("/manage/figures", Action::SeeFigures),
                ("/manage/history", Action::SeeAudit),
            ] {
                let led = page.contains(&format!("href=\"{href}\""));
                assert_eq!(led, role_may(role, action), "{role}: {href}");
                let (header, _) = page.split_once("<main").unwrap();
                let in_header = header.contains(&format!("href=\"{href}\""));
                let led = led && href != "/manage/history";
                assert_eq!(in_header, led, "{role}: {href} in the header");
            }
            assert!(!page.contains("予約の確認"), "nothing of the residents' navigation");
        }
    }

    async fn a_role_at_one_facility_says_which(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Window, Some("gym")).await;
        let mut sato = app.visitor(TOWN);
        sato.sign_in_staff(&app.idp, SATO, "/staff").await;
        let page = sato.get("/staff").await.text();
        assert!(page.contains("窓口：寄合町体育館"), "{page}");
    }

    async fn whom_nobody_has_given_a_role_is_told_whom_to_ask_and_is_nobody(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut nakamura = app.visitor(TOWN);
        let answer = nakamura.sign_in_staff(&app.idp, NAKAMURA, "/counter").await;
        assert_turned_away(&answer, "no_role");
        assert!(!nakamura.cookies.contains_key(STAFF));
        let page = nakamura.get(answer.header("location").unwrap()).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("権限がありません") && page.text().contains("管理者"));
        assert!(!page.text().contains("中村"));
        assert!(!is_on_duty(&mut nakamura).await);
        assert!(logged().contains("sign_in.no_role"));
    }

    async fn a_role_that_is_taken_back_ends_at_once(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut sato = app.colleague(TOWN, SATO, Role::Window).await;
        assert!(is_on_duty(&mut sato).await);
        app.revoke(TOWN, SATO).await;
        assert!(!is_on_duty(&mut sato).await);
        let again = sato.sign_in_staff(&app.idp, SATO, "/staff").await;
        assert_turned_away(&again, "no_role");
        app.grant(TOWN, SATO, Role::Viewer, None).await;
        sato.sign_in_staff(&app.idp, SATO, "/staff").await;
        assert!(sato.get("/staff").await.text().contains("閲覧：すべての施設"));
    }

    // identity.md §5, test 23: by its own name, and under the other one's.
    async fn a_cookie_of_the_staff_opens_no_residents_door_and_inversely(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut sato = app.colleague(TOWN, SATO, Role::Admin).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let (staffs, residents) = (sato.cookies[STAFF].clone(), hanako.cookies[SESSION].clone());
        assert!(!is_in(&mut sato).await && !is_on_duty(&mut hanako).await);
        sato.cookies.insert(SESSION.to_owned(), staffs);
        hanako.cookies.insert(STAFF.to_owned(), residents);
        assert!(!is_in(&mut sato).await && !is_on_duty(&mut hanako).await);
        assert!(is_on_duty(&mut sato).await && is_in(&mut hanako).await, "each is still in");
        for page in ["/profile", "/reservations"] {
            let answer = sato.get(page).await;
            assert_eq!(answer.status, 401, "{page}");
        }
    }

    async fn one_browser_may_be_in_by_both_doors_and_out_by_one(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut both = app.colleague(TOWN, SATO, Role::Window).await;
        both.sign_in(&app.idp, HANAKO, "/profile").await;
        assert!(is_in(&mut both).await && is_on_duty(&mut both).await);
        let token = both.token("/staff").await;
        // A form of the one is none of the other.
        let crossed = both.post_form("/sign-out", &[("token", &token)]).await;
        assert_eq!(crossed.header("set-cookie"), None);
        let out = both.post_form("/staff/sign-out", &[("token", &token)]).await;
        assert_eq!((out.status, out.header("location")), (303, Some("/staff")));
        assert!(is_in(&mut both).await && !is_on_duty(&mut both).await);
    }

    async fn a_role_at_one_town_is_none_at_another(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut sato = app.colleague(TOWN, SATO, Role::Admin).await;
        let mut next_door = sato.clone();
        next_door.host = app.visitor(NEIGHBOUR).host;
        assert!(!is_on_duty(&mut next_door).await);
        let answer = next_door.sign_in_staff(&app.idp, SATO, "/staff").await;
        assert_turned_away(&answer, "no_role");
        assert!(is_on_duty(&mut sato).await);
    }

    // Realm mix-up: an attempt of one door is none at the other, whatever cookies come along.
    async fn an_answer_for_one_door_opens_nothing_at_the_other(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Admin, None).await;
        let mut browser = app.visitor(TOWN);
        let resident = browser.choose_card(&app.idp, HANAKO, "/profile").await;
        let staff = browser.choose_colleague(&app.idp, SATO, "/staff").await;
        let mut muddled = browser.clone();
        let cookies = (browser.cookies[ATTEMPT].clone(), browser.cookies[STAFF_ATTEMPT].clone());
        muddled.cookies.insert(ATTEMPT.to_owned(), cookies.1);
        muddled.cookies.insert(STAFF_ATTEMPT.to_owned(), cookies.0);
        let calls = (app.idp.seen().token_calls.len(), app.idp.staff().seen().token_calls.len());
        for one in [&mut browser, &mut muddled] {
            let crossed = resident.replace("/auth/callback", "/staff/callback");
            assert_turned_away(&one.get(&crossed).await, "expired");
            let crossed = staff.replace("/staff/callback", "/auth/callback");
            let answer = one.get(&crossed).await;
            assert_eq!(answer.header("location"), Some("/sign-in/failed?reason=expired"));
            assert_eq!(answer.header("set-cookie"), None);
        }
        let after = (app.idp.seen().token_calls.len(), app.idp.staff().seen().token_calls.len());
        assert_eq!(after, calls, "no code was sent anywhere");
        // Neither attempt was touched by it.
        browser.get(&resident).await;
        browser.get(&staff).await;
        assert!(is_in(&mut browser).await && is_on_duty(&mut browser).await);
    }

    // The code of one realm under the state of the other.
    async fn a_code_of_the_other_realm_is_worth_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Admin, None).await;
        let mut browser = app.visitor(TOWN);
        let code = |callback: &str| {
            let (_, query) = callback.split_once('?').unwrap();
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(name, _)| name == "code").unwrap().1.into_owned()
        };
        let resident = browser.choose_card(&app.idp, HANAKO, "/profile").await;
        let staff = browser.choose_colleague(&app.idp, SATO, "/staff").await;
        let answer = browser.get(&staff.replace(&code(&staff), &code(&resident))).await;
        assert_turned_away(&answer, "expired");
        let answer = browser.get(&resident.replace(&code(&resident), &code(&staff))).await;
        assert!(answer.header("location").unwrap().starts_with("/sign-in/failed?reason=expired"));
        assert!(!is_in(&mut browser).await && !is_on_duty(&mut browser).await);
    }

    async fn whoever_signs_in_goes_on_to_a_page_of_the_staff_and_nowhere_else(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.grant(TOWN, SATO, Role::Window, None).await;
        for (asked, led) in [
            ("/counter/today?facility=gym", "/counter/today?facility=gym"),
            ("/manage", "/manage"),
            ("", "/staff"),
            ("/profile", "/staff"),
            ("//evil.example/staff", "/staff"),
            ("/staff\r\nSet-Cookie: a=b", "/staff"),
            ("https://evil.example/staff", "/staff"),
        ] {
            let mut sato = app.visitor(TOWN);
            let arrived = sato.sign_in_staff(&app.idp, SATO, asked).await;
            assert_eq!(arrived.header("location"), Some(led), "{asked}");
        }
    }

    async fn where_no_issuer_is_set_the_page_says_so(db: TestStore) {
        let app = TestApp::open_with(&db, &[("STAFF_IDP_ISSUER", "")]).await;
        let mut somebody = app.visitor(TOWN);
        let page = somebody.get("/staff").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("まだ設定されていません"));
        assert!(!page.text().contains("/staff/sign-in"));
        for way in ["/staff/sign-in", "/staff/callback?code=x&state=y"] {
            let answer = somebody.get(way).await;
            assert_eq!((answer.status, answer.header("location")), (303, Some("/staff")), "{way}");
        }
    }
}
