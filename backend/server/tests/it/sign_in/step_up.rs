//! The card once more, and another card (identity.md §5, tests 23 and 24), page by page.

use chrono::Duration;
use standin::idp::Fault;

use super::{BOOKING, SESSION, is_in, is_pending, query};
use crate::app::{Answer, Browser, HANAKO, HANAKO_AGAIN, ICHIRO, TOWN, TestApp, hidden, logged};

/// Where the field for another address is open.
const EMAIL_OPEN: &str = "/profile?change=email#email";
/// Where cards can be added and taken away.
const CARDS_OPEN: &str = "/profile?change=cards#cards";

#[track_caller]
fn assert_leads(answer: &Answer, to: &str) {
    let told = (answer.status, answer.header("location"));
    assert_eq!(told, (303, Some(to)), "{}", answer.text());
}

/// A page that says why the card did not do; the session is as it was.
#[track_caller]
fn assert_card_refused(answer: &Answer, reason: &str) {
    assert_leads(answer, &format!("/profile/cards/refused?reason={reason}"));
    assert_eq!(answer.header("set-cookie"), None);
}

/// Whether the profile has this address, and nothing of a refusal changed it.
async fn is_reached_at(browser: &mut Browser, email: &str) -> bool {
    browser.get("/profile").await.text().contains(email)
}

/// How many cards the profile lists.
async fn cards(browser: &mut Browser) -> usize {
    browser
        .get("/profile")
        .await
        .text()
        .matches("に登録</p>")
        .count()
}

/// The form of a change to the contact, as the open page has it.
async fn save_email(browser: &mut Browser, email: &str) -> Answer {
    let page = browser.get("/profile?change=email").await.text();
    let token = hidden(&page, "token");
    let form = [
        ("token", &*token),
        ("change", "email"),
        ("email", email),
        ("phone", "090-1234-5678"),
    ];
    browser.post_form("/profile", &form).await
}

testkit::on_both! {
    async fn an_address_is_changed_by_whoever_shows_their_card_again(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let page = hanako.get("/profile?change=email").await.text();
        assert!(page.contains("メールアドレスを変える") && !page.contains("name=\"email\""));
        let back = hanako.press_and_show(&app.idp, "change_email", HANAKO).await;
        assert_leads(&back, EMAIL_OPEN);
        let page = hanako.get("/profile?change=email").await.text();
        assert!(page.contains("name=\"email\"") && !page.contains("メールアドレスを変える"));
        // A second press needs no second card.
        assert_leads(&hanako.press("change_email", &[]).await, EMAIL_OPEN);
        let wrong = save_email(&mut hanako, "new＠example.jp").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("value=\"new＠example.jp\""), "the field stays open");
        assert_leads(&save_email(&mut hanako, "new@example.jp").await, "/profile?saved=1");
        assert!(is_reached_at(&mut hanako, "new@example.jp").await);
    }

    async fn a_form_made_by_hand_changes_no_address_without_the_card(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let refused = save_email(&mut hanako, "thief@example.jp").await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("カードでの確認が必要です"));
        hanako.press_and_show(&app.idp, "change_email", HANAKO).await;
        app.world.clock.advance(Duration::minutes(5));
        assert_eq!(save_email(&mut hanako, "thief@example.jp").await.status, 403);
        assert!(is_reached_at(&mut hanako, "hanako@example.jp").await);
    }

    // Test 23.
    async fn the_old_session_id_is_unusable_after_a_step_up(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        app.world.clock.advance(Duration::minutes(20));
        let mut copy = hanako.clone();
        let page = copy.token("/profile").await;
        let back = hanako.press_and_show(&app.idp, "change_email", HANAKO).await;
        // As long as the session had left, and no longer.
        let set = back.header("set-cookie").unwrap();
        assert!(set.contains("Max-Age=42000"), "{set}");
        assert_ne!(hanako.cookies[SESSION], copy.cookies[SESSION]);
        assert!(is_in(&mut hanako).await && !is_in(&mut copy).await);
        // A page from before is stale, and says so.
        let form = [("token", &*page), ("phone", "090-0000-0000")];
        assert_eq!(hanako.post_form("/profile", &form).await.status, 409);
    }

    // Test 24, first half.
    async fn a_step_up_with_a_different_card_is_refused_and_the_session_is_unchanged(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.resident(TOWN, ICHIRO).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let before = hanako.cookies[SESSION].clone();
        for card in [ICHIRO, HANAKO_AGAIN] {
            let back = hanako.press_and_show(&app.idp, "change_email", card).await;
            assert_card_refused(&back, "other_card");
            let page = hanako.get(back.header("location").unwrap()).await;
            assert_eq!(page.status, 200);
            assert!(page.text().contains("最初にログインしたカードで、もう一度お試しください"));
            assert!(!page.text().contains("木下"));
        }
        assert_eq!(hanako.cookies[SESSION], before);
        let profile = hanako.get("/profile?change=email").await.text();
        assert!(profile.contains("山田　花子") && !profile.contains("木下"));
        assert!(profile.contains("メールアドレスを変える"), "nothing is open");
        assert_eq!(save_email(&mut hanako, "thief@example.jp").await.status, 403);
        assert!(logged().contains("sign_in.other_card"));
    }

    // Test 24, second half.
    async fn another_residents_card_is_not_added_and_the_session_is_unchanged(db: TestStore) {
        let app = TestApp::open(&db).await;
        app.resident(TOWN, ICHIRO).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        assert_leads(&hanako.press_and_show(&app.idp, "add_card", HANAKO).await, CARDS_OPEN);
        let before = hanako.cookies[SESSION].clone();
        let back = hanako.press_and_show(&app.idp, "add_card", ICHIRO).await;
        assert_card_refused(&back, "not_theirs");
        let page = hanako.get(back.header("location").unwrap()).await.text();
        assert!(page.contains("窓口でお手続きください") && !page.contains("木下"));
        assert_eq!(hanako.cookies[SESSION], before);
        let none = hanako.get("/profile/cards/new").await.text();
        assert!(!none.contains("このカードを追加する") && !none.contains("木下"));
        let token = hanako.token("/profile").await;
        assert_eq!(hanako.post_form("/profile/cards/new", &[("token", &token)]).await.status, 409);
        assert_eq!(cards(&mut hanako).await, 1);
        // A card of somebody who never came, and is another human: the same page.
        let back = hanako.press_and_show(&app.idp, "add_card", "sora").await;
        assert_card_refused(&back, "not_theirs");
        assert_eq!(cards(&mut hanako).await, 1);
    }

    async fn a_card_that_was_made_again_is_added_and_the_old_one_taken_away(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        hanako.press_and_show(&app.idp, "add_card", HANAKO).await;
        let shown = hanako.press_and_show(&app.idp, "add_card", HANAKO_AGAIN).await;
        assert_leads(&shown, "/profile/cards/new");
        assert_eq!(cards(&mut hanako).await, 1, "showing it adds nothing");
        let question = hanako.get("/profile/cards/new").await.text();
        assert!(question.contains("谷川　花子") && !question.contains("光台"), "only the name");
        let token = hidden(&question, "token");
        for forged in ["", "0"] {
            let answer = hanako.post_form("/profile/cards/new", &[("token", forged)]).await;
            assert_eq!(answer.status, 409);
        }
        let added = hanako.post_form("/profile/cards/new", &[("token", &token)]).await;
        assert_leads(&added, "/profile?saved=card_added");
        assert_eq!(cards(&mut hanako).await, 2);
        let known = hanako.press_and_show(&app.idp, "add_card", HANAKO_AGAIN).await;
        assert_leads(&known, "/profile?saved=card_known");

        // By the new card she is herself, under her new name.
        let mut phone = app.visitor(TOWN);
        phone.sign_in(&app.idp, HANAKO_AGAIN, "/profile").await;
        let profile = phone.get("/profile").await.text();
        assert!(profile.contains("谷川　花子") && profile.contains("hanako@example.jp"));
        let oldest = hidden(&profile, "card");
        // Somebody who finds the phone takes nothing away.
        let asked = phone.press("remove_card", &[("card", &oldest)]).await;
        let back = phone.show_card(&app.idp, &asked, ICHIRO).await;
        assert_card_refused(&phone.get(&back).await, "other_card");
        assert_eq!(cards(&mut phone).await, 2);
        let asked = phone.press("remove_card", &[("card", &oldest)]).await;
        let back = phone.show_card(&app.idp, &asked, HANAKO_AGAIN).await;
        assert_leads(&phone.get(&back).await, CARDS_OPEN);
        let gone = phone.press("remove_card", &[("card", &oldest)]).await;
        assert_leads(&gone, "/profile?saved=card_removed");
        assert_eq!(cards(&mut phone).await, 1);
        assert!(!is_in(&mut hanako).await, "other devices are out");
        let page = phone.get("/profile").await.text();
        assert!(!page.contains("を外す"), "the last one has no button");
    }

    async fn a_step_up_is_ended_in_its_own_session_or_not_at_all(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        for cookie in [None, Some("A".repeat(43))] {
            let begun = hanako.press("change_email", &[]).await;
            let callback = hanako.show_card(&app.idp, &begun, HANAKO).await;
            let calls = app.idp.seen().token_calls.len();
            let mut without = hanako.clone();
            without.cookies.remove(SESSION);
            without.cookies.extend(cookie.map(|made_up| (SESSION.to_owned(), made_up)));
            let answer = without.get(&callback).await;
            assert!(answer.header("location").unwrap().starts_with("/sign-in/failed?reason=expired"));
            assert_eq!(answer.header("set-cookie"), None);
            assert!(!is_pending(&app, &callback).await, "used up");
            assert_eq!(app.idp.seen().token_calls.len(), calls, "the code is not sent");
        }
        // Signed in again in another tab meanwhile: that is another session.
        let begun = hanako.press("change_email", &[]).await;
        let callback = hanako.show_card(&app.idp, &begun, HANAKO).await;
        hanako.sign_in(&app.idp, HANAKO, BOOKING).await;
        assert_card_refused(&hanako.get(&callback).await, "expired");
        assert!(is_in(&mut hanako).await);
    }

    async fn whoever_stops_at_the_card_stays_in_and_is_led_back(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut hanako = app.resident(TOWN, HANAKO).await;
        let before = hanako.cookies[SESSION].clone();
        let begun = hanako.press("add_card", &[]).await;
        let cancelled = hanako.show_card(&app.idp, &begun, "").await;
        assert_eq!(query(&cancelled)["error"], "access_denied");
        assert_card_refused(&hanako.get(&cancelled).await, "cancelled");
        for (fault, reason) in [
            (Fault::WrongNonce, "rejected"),
            (Fault::TokenError { error: "invalid_grant".to_owned() }, "expired"),
        ] {
            app.idp.once(fault);
            let back = hanako.press_and_show(&app.idp, "add_card", HANAKO).await;
            let place = back.header("location").unwrap();
            assert!(place.contains(reason) || place == CARDS_OPEN, "{place}");
            assert_eq!(back.header("set-cookie"), None);
            assert!(!hanako.get("/profile").await.text().contains("ご本人であることを確認しました"));
        }
        assert_eq!(hanako.cookies[SESSION], before);
    }
}
