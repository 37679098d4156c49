//! Signing in and staying signed in (identity.md §3): one-shot attempts, fresh sessions and how
//! they end.

use chrono::Duration;
use contract::Resident as _;
use sea_orm::ConnectionTrait as _;
use testkit::TestWorld;
use usecases::ports::identity::Callback;
use usecases::return_path::ReturnPath;
use usecases::sign_in::{Begun, IDLE_MINUTES, LIFETIME_HOURS, SignInStop};

use crate::bench::wishes::code;
use crate::bench::{Bench, Card, FORGED};

/// The callback that ends an attempt with a card.
fn callback(bench: &Bench, begun: &Begun, card: &Card) -> Callback {
    let (_, state) = begun.authorize_url.split_once("state=").unwrap();
    Callback {
        code: Some(bench.house().cards.lay(card)),
        state: Some(state.to_owned()),
        ..Callback::default()
    }
}

/// How many refused sign-ins the trail has, nobody named, with this detail if one is given.
async fn refused(bench: &Bench, detail: &str) -> i64 {
    let nobodys = "SELECT count(*) FROM audit_entries WHERE action = 'sign_in.refused'
        AND actor = 'visitor' AND subject = ''";
    // PostgreSQL keeps JSON with blanks of its own.
    let told = "replace(CAST(detail AS text), ' ', '')";
    match detail {
        "" => bench.count(nobodys).await,
        detail => {
            bench
                .count(&format!("{nobodys} AND {told} = '{detail}'"))
                .await
        }
    }
}

async fn begin(bench: &Bench) -> Begun {
    let home = ReturnPath::home();
    bench
        .house()
        .door
        .begin(&bench.visitor(), home, None)
        .await
        .unwrap()
}

testkit::on_both! {
    async fn a_session_ends_when_it_is_not_used_for_half_an_hour(db: TestStore) {
        let bench = Bench::new(&db).await;
        let signed_in = bench.sign_in(&Card::of("hanako"), None).await.unwrap();
        let secret = signed_in.session_secret;
        assert!(!signed_in.needs_profile);
        let idle = Duration::minutes(IDLE_MINUTES);
        for _ in 0..4 {
            bench.pass(idle - Duration::microseconds(1));
            assert_eq!(bench.who(&secret).await, Some(bench.me()), "use keeps it awake");
        }
        bench.pass(idle);
        assert_eq!(bench.who(&secret).await, None);
        bench.pass(-idle);
        assert_eq!(bench.who(&secret).await, Some(bench.me()), "judged by the last use alone");
    }

    async fn a_session_ends_after_its_lifetime_however_busy(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        for _ in 1..LIFETIME_HOURS * 4 {
            bench.pass(Duration::minutes(15));
            assert_eq!(bench.who(&secret).await, Some(bench.me()));
        }
        bench.pass(Duration::minutes(15) - Duration::microseconds(1));
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
        bench.pass(Duration::microseconds(1));
        assert_eq!(bench.who(&secret).await, None);
    }

    async fn signing_out_ends_the_session_and_no_other(db: TestStore) {
        let bench = Bench::new(&db).await;
        let phone = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let desktop = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let (door, town) = (&bench.house().door, bench.world().municipality);
        door.sign_out(town, &phone).await.unwrap();
        door.sign_out(town, &phone).await.unwrap();
        assert_eq!(bench.who(&phone).await, None);
        assert_eq!(bench.who(&desktop).await, Some(bench.me()));
    }

    /// Session fixation: whatever session the browser had, signing in makes a new one and ends it.
    async fn every_sign_in_makes_a_new_session_and_ends_the_one_before(db: TestStore) {
        let bench = Bench::new(&db).await;
        let planted = bench.sign_in(&Card::of("attacker"), None).await.unwrap().session_secret;
        let signed_in = bench.sign_in(&Card::of("hanako"), Some(&planted)).await.unwrap();
        assert_ne!(signed_in.session_secret, planted);
        assert_eq!(bench.who(&signed_in.session_secret).await, Some(bench.me()));
        assert_eq!(bench.who(&planted).await, None);
    }

    async fn a_session_is_worth_nothing_in_another_town(db: TestStore) {
        let bench = Bench::new(&db).await;
        let tonari = TestWorld::neighbour(&db, "000002", "tonari").await.unwrap();
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let door = &bench.house().door;
        let there = door.resume(tonari.municipality, &secret, bench.now()).await.unwrap();
        assert!(there.is_none());
        door.sign_out(tonari.municipality, &secret).await.unwrap();
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
        assert_eq!(bench.who("").await, None);
        assert_eq!(bench.who("no such secret").await, None);
    }

    async fn an_attempt_is_used_once_by_the_browser_that_began_it_and_in_time(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (door, card) = (&bench.house().door, Card::of("hanako"));
        let finish = async |begun: &Begun, browser: Option<&str>| {
            let callback = callback(&bench, begun, &card);
            door.finish(&bench.visitor(), &callback, browser, None).await.map(|_| ())
        };
        let stale = |outcome| matches!(outcome, Err(SignInStop::StaleAttempt { .. }));

        let begun = begin(&bench).await;
        finish(&begun, Some(&begun.browser_secret)).await.unwrap();
        assert!(stale(finish(&begun, Some(&begun.browser_secret)).await), "used");

        for other in [None, Some(""), Some("another browser's")] {
            let begun = begin(&bench).await;
            let elsewhere = finish(&begun, other).await;
            assert!(matches!(elsewhere, Err(SignInStop::OtherBrowser { .. })), "{other:?}");
            let used_up = finish(&begun, Some(&begun.browser_secret)).await;
            assert!(stale(used_up), "the wrong browser uses it up");
        }

        let begun = begin(&bench).await;
        bench.pass(Duration::minutes(10) - Duration::microseconds(1));
        finish(&begun, Some(&begun.browser_secret)).await.unwrap();
        let begun = begin(&bench).await;
        bench.pass(Duration::minutes(10));
        assert!(stale(finish(&begun, Some(&begun.browser_secret)).await), "too late");

    }

    /// identity.md §5: an audit event without anything of the answer.
    async fn an_answer_that_is_not_believed_is_in_the_trail_by_its_code_alone(db: TestStore) {
        let bench = Bench::new(&db).await;
        let card = Card::of("hanako");
        let finish = async |browser: Option<&str>, code: Option<&str>| {
            let begun = begin(&bench).await;
            let code = code.map(str::to_owned);
            let callback = Callback { code, ..callback(&bench, &begun, &card) };
            let browser = browser.unwrap_or(&begun.browser_secret);
            let door = &bench.house().door;
            door.finish(&bench.visitor(), &callback, Some(browser), None).await.err()
        };
        assert_eq!(refused(&bench, "").await, 0);
        // 中止 and a code that is no longer good are everyday life.
        assert!(matches!(finish(None, None).await, Some(SignInStop::Cancelled { .. })));
        let spent = finish(None, Some("nobody's card")).await;
        assert!(matches!(spent, Some(SignInStop::StaleAttempt { .. })));
        assert_eq!(refused(&bench, "").await, 0);

        let forged = finish(None, Some(FORGED)).await;
        assert!(matches!(forged, Some(SignInStop::Rejected { .. })));
        let slipped = finish(Some("another browser's"), Some("hanako")).await;
        assert!(matches!(slipped, Some(SignInStop::OtherBrowser { .. })));
        for code in ["sign_in.signature", "sign_in.other_browser"] {
            assert_eq!(refused(&bench, &format!(r#"{{"code":"{code}"}}"#)).await, 1, "{code}");
        }
        assert_eq!(refused(&bench, "").await, 2);
    }

    async fn who_comes_in_is_in_the_trail(db: TestStore) {
        let bench = Bench::new(&db).await;
        let entries = format!(
            "SELECT count(*) FROM audit_entries WHERE action = 'sign_in.done'
             AND actor = 'person:{me}' AND subject = 'person:{me}'", me = bench.me());
        assert_eq!(bench.count(&entries).await, 1);
        bench.sign_in(&Card::of("hanako"), None).await.unwrap();
        assert_eq!(bench.count(&entries).await, 2);
    }

    /// What broke on our side is mended by trying again, and the booking is not lost over it.
    async fn a_sign_in_that_breaks_still_knows_where_the_person_was_going(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (door, booking) = (&bench.house().door, ReturnPath::parse("/rooms/gym-full/book").unwrap());
        let begun = door.begin(&bench.visitor(), booking.clone(), None).await.unwrap();
        let callback = callback(&bench, &begun, &Card::of("hanako"));
        let raw = db.raw().await.unwrap();
        raw.execute_unprepared("ALTER TABLE sessions RENAME TO sessions_away").await.unwrap();
        let browser = Some(&*begun.browser_secret);
        let stop = door.finish(&bench.visitor(), &callback, browser, None).await.err().unwrap();
        assert!(matches!(stop, SignInStop::Failed { .. }), "{stop:?}");
        assert_eq!(stop.return_to(), Some(&booking));

        raw.execute_unprepared("ALTER TABLE sign_in_attempts RENAME TO attempts_away").await.unwrap();
        let stop = door.begin(&bench.visitor(), booking.clone(), None).await.err().unwrap();
        assert_eq!(stop.return_to(), Some(&booking));
        raw.close().await.unwrap();
    }

    async fn who_cancels_at_the_provider_is_nobody_and_may_go_on(db: TestStore) {
        let bench = Bench::new(&db).await;
        let before = bench.count("SELECT count(*) FROM sessions").await;
        let begun = begin(&bench).await;
        let cancelled = Callback { code: None, ..callback(&bench, &begun, &Card::of("hanako")) };
        let (door, browser) = (&bench.house().door, Some(&*begun.browser_secret));
        let stop = door.finish(&bench.visitor(), &cancelled, browser, None).await.err();
        let Some(SignInStop::Cancelled { return_to }) = stop else {
            panic!("{stop:?}");
        };
        assert_eq!(return_to, ReturnPath::home());
        assert_eq!(bench.count("SELECT count(*) FROM sessions").await, before);
    }

    /// The same card again is the same person, with the card's facts of today and the reachability
    /// of before; another card is another person.
    async fn a_card_is_a_person_and_moving_away_is_noticed(db: TestStore) {
        let bench = Bench::new(&db).await;
        let moved = Card { subject: "hanako".to_owned(), ..Card::from_elsewhere("hanako") };
        assert_eq!(bench.come_in(&moved).await, bench.me());
        let profile = bench.desk().profile(&bench.call()).await.unwrap();
        assert!(!profile.in_town && profile.is_complete());
        assert_eq!(profile.address.unwrap().reveal(), &moved.address);
        assert_eq!(profile.email.unwrap().reveal(), "hanako@example.jp");
        let other = bench.come_in(&Card::of("jiro")).await;
        assert_ne!(other, bench.me());
        assert_eq!(code(bench.book_as(other, &bench.gym()).await), "profile.incomplete");
    }
}
