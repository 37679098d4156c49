//! An attempt is used once, by the browser that began it, at the town where it began.

use standin::idp::Fault;
use usecases::ports::store::Store as _;
use usecases::sign_in::hash;

use super::{
    ATTEMPT, BOOKING, SESSION, altered, assert_goes_on, assert_turned_away, is_in, is_pending,
    query,
};
use crate::app::{HANAKO, ICHIRO, NEIGHBOUR, TOWN, TestApp, logged};

testkit::on_both! {
    // Test 1: absent, altered, doubled, swapped by the provider. The code is never sent on.
    async fn a_state_that_is_not_this_attempts_opens_nothing_and_sends_no_code(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        let set = |state: &str| altered(&callback, |pairs| {
            pairs.insert("state".to_owned(), state.to_owned());
        });
        let own = &query(&callback)["state"];
        for forged in [
            altered(&callback, |pairs| { pairs.remove("state"); }),
            set(""),
            set(&own.to_lowercase()),
            set(&format!("{own}=")),
            set(&format!("{own}\0")),
            set(&"A".repeat(43)),
            set(&"A".repeat(8_000)),
            set("'; drop table sign_in_attempts; --"),
            format!("{callback}&state={own}"),
            format!("{callback}&state=x"),
            "/auth/callback".to_owned(),
            "/auth/callback?%ff%fe=%00&state=%ff".to_owned(),
        ] {
            assert_turned_away(&browser.get(&forged).await, "expired", None);
        }
        app.idp.once(Fault::StateSwap);
        let swapped = browser.choose_card(&app.idp, HANAKO, "/").await;
        assert_turned_away(&browser.get(&swapped).await, "expired", None);
        assert!(app.idp.seen().token_calls.is_empty());
        // None of it touched the honest attempt.
        assert!(is_pending(&app, &callback).await);
        browser.get(&callback).await;
        assert!(is_in(&mut browser).await);
    }

    // Test 1: another browser's. The way on is kept, since the card app may open another browser.
    async fn an_attempt_of_another_browser_is_used_up_and_only_its_way_on_is_left(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut stranger = app.visitor(TOWN);
        stranger.choose_card(&app.idp, ICHIRO, "/").await;
        let strangers = stranger.cookies[ATTEMPT].clone();
        for cookie in [None, Some(""), Some("x"), Some(&*strangers)] {
            let mut owner = app.visitor(TOWN);
            let callback = owner.choose_card(&app.idp, HANAKO, BOOKING).await;
            let mut other = app.visitor(TOWN);
            if let Some(cookie) = cookie {
                other.cookies.insert(ATTEMPT.to_owned(), cookie.to_owned());
            }
            assert_turned_away(&other.get(&callback).await, "expired", Some(BOOKING));
            assert!(!is_pending(&app, &callback).await, "{cookie:?}");
            assert_turned_away(&owner.get(&callback).await, "expired", None);
            assert!(!is_in(&mut owner).await && !is_in(&mut other).await);
        }
        assert!(app.idp.seen().token_calls.is_empty());
    }

    async fn an_attempt_lives_for_ten_minutes(db: TestStore) {
        let app = TestApp::open(&db).await;
        let (mut slow, mut late) = (app.visitor(TOWN), app.visitor(TOWN));
        let slow_callback = slow.choose_card(&app.idp, HANAKO, BOOKING).await;
        let late_callback = late.choose_card(&app.idp, HANAKO, BOOKING).await;
        app.world.clock.advance(chrono::Duration::seconds(10 * 60 - 1));
        // Ours still stands: it is the provider that finds its own code too old.
        assert_turned_away(&slow.get(&slow_callback).await, "expired", Some(BOOKING));
        assert_eq!(app.idp.seen().token_calls.len(), 1);
        app.world.clock.advance(chrono::Duration::seconds(1));
        assert_turned_away(&late.get(&late_callback).await, "expired", Some(BOOKING));
        assert_eq!(app.idp.seen().token_calls.len(), 1, "the code was not sent");
    }

    async fn an_attempt_of_one_town_is_none_in_another(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        let mut next_door = browser.clone();
        next_door.host = app.visitor(NEIGHBOUR).host;
        assert_turned_away(&next_door.get(&callback).await, "expired", None);
        assert!(is_pending(&app, &callback).await);
        browser.get(&callback).await;
        assert!(is_in(&mut browser).await);
    }

    // Test 2: the back button.
    async fn a_callback_again_opens_nothing_and_leaves_the_session_alone(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        browser.get(&callback).await;
        let session = browser.cookies[SESSION].clone();
        for _ in 0..2 {
            assert_turned_away(&browser.get(&callback).await, "expired", None);
        }
        assert_eq!(browser.cookies[SESSION], session);
        assert!(is_in(&mut browser).await);
        assert_eq!(app.idp.seen().token_calls.len(), 1);
    }

    async fn who_was_slow_in_one_tab_and_came_in_by_another_goes_on_to_the_booking(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let slow = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        app.world.clock.advance(chrono::Duration::minutes(10));
        browser.sign_in(&app.idp, HANAKO, "/").await;
        let session = browser.cookies[SESSION].clone();
        assert_goes_on(&browser.get(&slow).await, BOOKING);
        assert_eq!(browser.cookies[SESSION], session);
    }

    // Test 2: at once.
    async fn of_eight_callbacks_at_once_one_opens_a_session_and_sends_the_code(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let callback = browser.choose_card(&app.idp, HANAKO, "/").await;
        let tries: Vec<_> = (0..8).map(|_| {
            let (mut tab, callback) = (browser.clone(), callback.clone());
            tokio::spawn(async move {
                let answer = tab.get(&callback).await;
                if !tab.cookies.contains_key(SESSION) {
                    assert_turned_away(&answer, "expired", None);
                }
                tab
            })
        }).collect();
        let mut inside = 0;
        for tab in tries {
            inside += usize::from(is_in(&mut tab.await.unwrap()).await);
        }
        assert_eq!(inside, 1);
        assert_eq!(app.idp.seen().token_calls.len(), 1);
    }

    async fn a_new_card_in_two_tabs_at_once_is_one_person(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut browser = app.visitor(TOWN);
        let one = browser.choose_card(&app.idp, HANAKO, "/").await;
        let other = browser.choose_card(&app.idp, HANAKO, BOOKING).await;
        let (mut left, mut right) = (browser.clone(), browser.clone());
        tokio::join!(left.get(&one), right.get(&other));
        let mut people = Vec::new();
        for tab in [left, right] {
            let reads = app.world.store.read(app.world.municipality).await.unwrap();
            let session = reads.session(&hash(&tab.cookies[SESSION])).await.unwrap();
            people.push(session.unwrap().person);
        }
        assert_eq!(people[0], people[1]);
    }

    // Test 3: the attacker's whole answer, while the victim is about to sign in or already has.
    async fn an_attackers_answer_neither_signs_a_victim_in_nor_out(db: TestStore) {
        let app = TestApp::open(&db).await;
        let mut victim = app.resident(TOWN, HANAKO).await;
        victim.get("/auth/start").await;
        let attack = app.visitor(TOWN).choose_card(&app.idp, ICHIRO, "/reservations").await;
        assert_goes_on(&victim.get(&attack).await, "/reservations");
        assert!(logged().contains("sign_in.other_browser"));
        let profile = victim.get("/profile").await.text();
        assert!(profile.contains("山田　花子") && !profile.contains("木下"));
    }

    // Test 3: only the attacker's code, under the victim's own state: PKCE does not fit.
    async fn an_attackers_code_under_the_victims_state_opens_nothing(db: TestStore) {
        let app = TestApp::open(&db).await;
        let attack = app.visitor(TOWN).choose_card(&app.idp, ICHIRO, "/").await;
        let mut victim = app.visitor(TOWN);
        let own = victim.choose_card(&app.idp, HANAKO, BOOKING).await;
        let injected = altered(&own, |pairs| {
            pairs.insert("code".to_owned(), query(&attack)["code"].clone());
        });
        assert_turned_away(&victim.get(&injected).await, "expired", Some(BOOKING));
        assert!(!is_in(&mut victim).await);
        let calls = app.idp.seen().token_calls;
        assert_eq!(calls.last().unwrap().error.as_deref(), Some("invalid_grant"));
    }
}
