//! What is thrown away, and when (保存期間).

use chrono::Duration;
use usecases::retention::KEPT_HOURS;
use usecases::return_path::ReturnPath;
use usecases::sign_in::LIFETIME_HOURS;

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

    async fn who_is_signed_in_stays_so(db: TestStore) {
        let bench = Bench::new(&db).await;
        let secret = bench.sign_in(&Card::of("hanako"), None).await.unwrap().session_secret;
        bench.pass(Duration::minutes(29));
        bench.house().worker.purge().await.unwrap();
        assert_eq!(bench.who(&secret).await, Some(bench.me()));
    }
}
