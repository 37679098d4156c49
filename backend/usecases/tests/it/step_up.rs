//! The card once more (本人の再確認): whose, in which session, for how long, and what it opens.

use chrono::Duration;
use contract::{Outcome, Resident as _, UpdateProfile};
use domain::personal::Personal;
use testkit::TestWorld;
use usecases::sign_in::{LIFETIME_HOURS, SignInStop};

use crate::bench::wishes::code;
use crate::bench::{Bench, Card};

const PHONE: &str = "0774-00-0000";

/// Somebody in a session asks for another address.
async fn change_email(bench: &Bench, secret: &str, email: Option<&str>) -> Outcome<()> {
    let change = UpdateProfile {
        email: email.map(|email| Personal::new(email.to_owned())),
        phone: Personal::new(PHONE.to_owned()),
    };
    let call = bench.call_by(secret).await;
    bench.desk().update_profile(&call, &change).await
}

/// The address that mail goes to.
async fn email(bench: &Bench) -> String {
    let profile = bench.desk().profile(&bench.call()).await.unwrap();
    profile.email.unwrap().into_revealed()
}

async fn entries(bench: &Bench, action: &str) -> i64 {
    let about_me = format!(
        "SELECT count(*) FROM audit_entries WHERE action = '{action}'
         AND actor = 'person:{me}' AND subject = 'person:{me}'",
        me = bench.me()
    );
    bench.count(&about_me).await
}

/// People, identities and sessions.
async fn who_there_is(bench: &Bench) -> [i64; 3] {
    let mut rows = [0; 3];
    for (n, table) in rows.iter_mut().zip(["people", "identities", "sessions"]) {
        *n = bench.count(&format!("SELECT count(*) FROM {table}")).await;
    }
    rows
}

testkit::on_both! {
    async fn the_card_again_gives_a_new_session_and_ends_the_old_one(db: TestStore) {
        let bench = Bench::new(&db).await;
        let old = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let elsewhere = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        assert!(bench.call_by(&old).await.stepped_up().is_none());
        let new = bench.step_up(&old, &Card::of("hanako")).await.unwrap();
        assert_ne!(new, old);
        assert_eq!(bench.who(&old).await, None);
        assert_eq!(bench.who(&new).await, Some(bench.me()));
        assert!(bench.call_by(&new).await.stepped_up().is_some());
        assert!(bench.call_by(&elsewhere).await.stepped_up().is_none(), "only here");
        assert_eq!(entries(&bench, "sign_in.stepped_up").await, 1);
    }

    /// Otherwise whoever holds a card could stay for ever.
    async fn the_card_again_does_not_put_off_the_end(db: TestStore) {
        let bench = Bench::new(&db).await;
        let mut secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        for quarter in 1..LIFETIME_HOURS * 4 {
            bench.pass(Duration::minutes(15));
            assert_eq!(bench.who(&secret).await, Some(bench.me()));
            if quarter % 12 == 0 {
                secret = bench.step_up(&secret, &Card::of("hanako")).await.unwrap();
            }
        }
        bench.pass(Duration::minutes(15) - Duration::microseconds(1));
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
        bench.pass(Duration::microseconds(1));
        assert_eq!(bench.who(&secret).await, None);
    }

    async fn the_card_again_counts_for_five_minutes_by_our_clock(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        bench.pass(Duration::minutes(5) - Duration::microseconds(1));
        assert!(bench.call_by(&secret).await.stepped_up().is_some());
        bench.pass(Duration::microseconds(1));
        assert!(bench.call_by(&secret).await.stepped_up().is_none());
        assert_eq!(bench.who(&secret).await, Some(bench.me()), "still signed in");
        let late = change_email(&bench, &secret, Some("new@example.jp")).await;
        assert_eq!(code(late), "identity.step_up_required");
    }

    async fn another_card_changes_nothing_and_is_noted(db: TestStore) {
        let bench = Bench::new(&db).await;
        let jiro = bench.settle_in(&Card::of("jiro")).await;
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let before = who_there_is(&bench).await;
        // Another resident's, and one that nobody has come with yet.
        for (n, other) in ["jiro", "nobody-yet"].into_iter().enumerate() {
            let stop = bench.step_up(&secret, &Card::of(other)).await.err().unwrap();
            let SignInStop::OtherCard { return_to } = stop else {
                panic!("{stop:?}");
            };
            assert_eq!(return_to.as_str(), "/profile");
            assert_eq!(entries(&bench, "sign_in.refused").await, i64::try_from(n).unwrap() + 1);
        }
        assert_eq!(who_there_is(&bench).await, before);
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
        assert!(bench.call_by(&secret).await.stepped_up().is_none());
        let told = format!("SELECT count(*) FROM audit_entries WHERE action = 'sign_in.refused'
            AND (subject = 'person:{jiro}' OR CAST(detail AS text) LIKE '%jiro%')");
        assert_eq!(bench.count(&told).await, 0, "whose card it was is nobody's business");
    }

    async fn an_attempt_belongs_to_the_session_that_began_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let hanako = Card::of("hanako");
        let secret = bench.sign_in(&hanako, None).await.unwrap().session_secret;
        let elsewhere = bench.sign_in(&hanako, None).await.unwrap().session_secret;
        let jiro = bench.sign_in(&Card::of("jiro"), None).await.unwrap().session_secret;
        let before = bench.count("SELECT count(*) FROM sessions").await;
        let calls = [
            bench.visitor(),
            bench.call(),
            bench.call_by(&elsewhere).await,
            bench.call_by(&jiro).await,
        ];
        for other in calls {
            let begun = bench.begin_step_up(&bench.call_by(&secret).await).await;
            let stop = bench.come_back(&other, &begun, &hanako).await.err().unwrap();
            assert!(matches!(stop, SignInStop::OtherSession { .. }), "{stop:?}");
            let used = bench.come_back(&bench.call_by(&secret).await, &begun, &hanako).await;
            assert!(matches!(used.err(), Some(SignInStop::StaleAttempt { .. })), "used up");
        }
        // The session ended while its holder was away at the card.
        let call = bench.call_by(&secret).await;
        let begun = bench.begin_step_up(&call).await;
        let town = bench.world().municipality;
        bench.house().door.sign_out(town, &secret).await.unwrap();
        let stop = bench.come_back(&call, &begun, &hanako).await.err().unwrap();
        assert!(matches!(stop, SignInStop::OtherSession { .. }), "{stop:?}");
        assert_eq!(bench.count("SELECT count(*) FROM sessions").await, before - 1);
    }

    async fn without_a_session_nobody_is_asked_for_a_card_again(db: TestStore) {
        let bench = Bench::new(&db).await;
        let door = &bench.house().door;
        let home = usecases::return_path::ReturnPath::home;
        for call in [bench.visitor(), bench.call(), bench.system()] {
            let step_up = door.begin_step_up(&call, home(), None).await;
            let link = door.begin_link(&call, home(), None).await;
            for stop in [step_up.err().unwrap(), link.err().unwrap()] {
                assert!(matches!(stop, SignInStop::Failed { .. }), "{stop:?}");
            }
        }
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let call = bench.call_by(&secret).await;
        let stop = door.begin_link(&call, home(), None).await.err().unwrap();
        let SignInStop::Failed { failure, .. } = stop else {
            panic!("{stop:?}");
        };
        assert_eq!(failure.refusal().unwrap().code(), "identity.step_up_required");
    }

    async fn two_tabs_with_the_card_at_once_leave_one_session(db: TestStore) {
        let bench = Bench::new(&db).await;
        let hanako = Card::of("hanako");
        for _ in 0..10 {
            let secret = bench.sign_in(&hanako, None).await.unwrap().session_secret;
            let call = bench.call_by(&secret).await;
            let before = bench.count("SELECT count(*) FROM sessions").await;
            let one = bench.begin_step_up(&call).await;
            let other = bench.begin_step_up(&call).await;
            let (one, other) = tokio::join!(
                bench.come_back(&call, &one, &hanako),
                bench.come_back(&call, &other, &hanako),
            );
            assert_eq!([&one, &other].iter().filter(|end| end.is_ok()).count(), 1);
            let lost = one.err().or(other.err());
            assert!(matches!(lost, Some(SignInStop::OtherSession { .. })), "{lost:?}");
            assert_eq!(bench.count("SELECT count(*) FROM sessions").await, before);
        }
    }

    async fn the_first_address_is_free_and_another_one_needs_the_card(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        let refused = change_email(&bench, &secret, Some("thief@example.jp")).await;
        assert_eq!(code(refused), "identity.step_up_required");
        // The same one, or none: only the telephone number changes.
        change_email(&bench, &secret, Some("hanako@example.jp")).await.unwrap();
        change_email(&bench, &secret, None).await.unwrap();
        assert_eq!(email(&bench).await, "hanako@example.jp");
        let secret = bench.step_up(&secret, &Card::of("hanako")).await.unwrap();
        change_email(&bench, &secret, Some("new@example.jp")).await.unwrap();
        assert_eq!(email(&bench).await, "new@example.jp");
        assert_eq!(entries(&bench, "profile.email_changed").await, 1);

        let newcomer = bench.sign_in(&Card::of("new"), None).await.unwrap().session_secret;
        assert_eq!(code(change_email(&bench, &newcomer, None).await), "input.invalid");
        change_email(&bench, &newcomer, Some("first@example.jp")).await.unwrap();
    }

    async fn the_address_there_was_is_told_and_then_forgotten(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        change_email(&bench, &secret, Some("new@example.jp")).await.unwrap();
        bench.work().await;
        let mails = bench.mailbox().mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].recipients, ["hanako@example.jp"]);
        assert!(mails[0].text.contains("心当たりのないときは"), "{}", mails[0].text);
        assert!(!mails[0].text.contains("new@example.jp"));
        let kept = "SELECT count(*) FROM former_emails";
        bench.pass(Duration::days(7));
        bench.house().worker.purge().await.unwrap();
        assert_eq!(bench.count(kept).await, 1, "to the moment a week");
        bench.pass(Duration::microseconds(1));
        assert_eq!(bench.house().worker.purge().await.unwrap().emails, 1);
        assert_eq!(bench.count(kept).await, 0);
    }

    async fn the_card_again_is_worth_nothing_in_another_town(db: TestStore) {
        let bench = Bench::new(&db).await;
        let tonari = TestWorld::neighbour(&db, "000002", "tonari").await.unwrap();
        let secret = bench.sign_in_twice(&Card::of("hanako")).await;
        let there = bench.house().door.resume(tonari.municipality, &secret, bench.now()).await;
        assert!(there.unwrap().is_none());
    }
}
