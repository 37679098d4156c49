//! What is thrown away, and when (保存期間).

use chrono::Duration;
use usecases::ports::identity::Callback;
use usecases::retention::{KEPT_HOURS, NOTICE_KEPT_DAYS};
use usecases::return_path::ReturnPath;
use usecases::sign_in::{LIFETIME_HOURS, SignInStop};

use crate::bench::{Bench, Card};

testkit::on_both! {
    async fn sessions_and_attempts_are_gone_a_day_after_they_ended(db: TestStore) {
        let bench = Bench::new(&db).await;
        let rows = async |table: &str| bench.count(&format!("SELECT count(*) FROM {table}")).await;
        bench.sign_in(&Card::of("hanako"), None).await.unwrap();
        let begun = bench.house().door.begin(&bench.visitor(), ReturnPath::home(), None).await;
        begun.unwrap();
        let (sessions, attempts) = (rows("sessions").await, rows("sign_in_attempts").await);
        assert!(sessions > 0 && attempts > 0);

        let worker = &bench.house().worker;
        let ended = Duration::hours(LIFETIME_HOURS) + Duration::hours(KEPT_HOURS);
        bench.pass(ended);
        let purged = worker.purge().await.unwrap();
        assert_eq!(purged.sessions, 0, "to the moment a day");
        assert_eq!(i64::try_from(purged.attempts).unwrap(), attempts);
        assert_eq!(rows("sessions").await, sessions);
        bench.pass(Duration::microseconds(1));
        assert_eq!(i64::try_from(worker.purge().await.unwrap().sessions).unwrap(), sessions);
        assert_eq!((rows("sessions").await, rows("sign_in_attempts").await), (0, 0));
        let nothing = worker.purge().await.unwrap();
        assert_eq!((nothing.sessions, nothing.attempts), (0, 0));
    }

    /// Whoever took too long with the card begins again where they were, however many others have
    /// come to the door meanwhile.
    async fn an_attempt_that_lapsed_still_knows_where_the_person_was_going(db: TestStore) {
        let bench = Bench::new(&db).await;
        let door = &bench.house().door;
        let booking = ReturnPath::parse("/book/gym-full?date=2026-12-05").unwrap();
        let begun = door.begin(&bench.visitor(), booking.clone(), None).await.unwrap();
        bench.pass(Duration::minutes(11));
        bench.sign_in(&Card::of("jiro"), None).await.unwrap();
        bench.house().worker.purge().await.unwrap();
        let (_, state) = begun.authorize_url.split_once("state=").unwrap();
        let callback = Callback { state: Some(state.to_owned()), ..Callback::default() };
        let browser = Some(&*begun.browser_secret);
        let stop = door.finish(&bench.visitor(), &callback, browser, None).await.err().unwrap();
        assert!(matches!(stop, SignInStop::StaleAttempt { .. }), "{stop:?}");
        assert_eq!(stop.return_to(), Some(&booking));
    }

    async fn a_notice_is_gone_a_month_after_it_was_looked_into_and_not_before(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.paid_booking().await;
        bench.receive(&bench.events().await[0]).await;
        bench.pass(Duration::days(NOTICE_KEPT_DAYS + 1));
        let worker = &bench.house().worker;
        assert_eq!(worker.purge().await.unwrap().notices, 0, "nobody has looked into it");
        bench.work().await;
        bench.pass(Duration::days(NOTICE_KEPT_DAYS));
        assert_eq!(worker.purge().await.unwrap().notices, 0);
        bench.pass(Duration::microseconds(1));
        assert_eq!(worker.purge().await.unwrap().notices, 1);
        assert_eq!(bench.rows().await["inbox_events"], 0);
    }

    async fn who_is_signed_in_stays_so(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        bench.pass(Duration::minutes(29));
        bench.house().worker.purge().await.unwrap();
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
    }
}
