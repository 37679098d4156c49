//! Scenario 37: which day is closed instead.

use contract::{Refusal, Visitor as _};

use crate::bench::Bench;
use crate::bench::wishes::refusal;

testkit::on_both! {
    /// 月曜が祝日・翌火曜も祝日 / 休館計算 / 直近の平日が休館 (2027年: 5/3・5/4・5/5 が祝日)
    async fn scenario_37_after_a_chain_of_holidays_the_next_weekday_is_closed(db: TestStore) {
        let bench = Bench::new(&db).await;
        bench.becomes("2027-04-20", "09:00");
        let gym = "gym".parse().unwrap();
        for (day, is_closed) in [
            ("2027-04-26", true), // an ordinary Monday
            ("2027-05-03", false),
            ("2027-05-04", false),
            ("2027-05-05", false),
            ("2027-05-06", true),
            ("2027-05-07", false),
        ] {
            let shown = bench.desk().day(&bench.visitor(), &gym, day.parse().unwrap()).await.unwrap();
            assert_eq!(shown.closed.is_some(), is_closed, "{day}");
            assert_eq!(shown.rooms.iter().all(|room| room.slots.is_empty()), is_closed, "{day}");
            let booked = bench.book(&bench.form("gym-full", day, "18:00", "20:00")).await;
            match booked {
                Ok(_id) => assert!(!is_closed, "{day}"),
                told => assert!(matches!(refusal(told), Refusal::SlotClosed { .. }), "{day}"),
            }
        }
    }
}
