//! Lifting a closure, and the list of those there are.

use contract::{Manage as _, Role};
use domain::closure::Lift;

use super::{DAY, close, manager, works};
use crate::bench::Bench;
use crate::bench::wishes::code;

testkit::on_both! {
    async fn a_day_of_a_weekly_closure_is_opened_again_and_then_the_rest(db: TestStore) {
        let bench = Bench::new(&db).await;
        let (desk, boss) = (bench.desk(), manager(&bench).await);
        let mut weekly = works(&bench);
        weekly.schedule.until = "2026-12-26".parse().unwrap();
        weekly.schedule.weekdays = vec![chrono::Weekday::Sat];
        let id = close(&bench, &boss, &weekly).await.unwrap().id;
        assert_eq!(desk.closure(&boss, id).await.unwrap().spans.len(), 4);

        desk.lift(&boss, id, Lift::Day(DAY.parse().unwrap())).await.unwrap();
        bench.book(&bench.gym()).await.unwrap();
        let twice = desk.lift(&boss, id, Lift::Day(DAY.parse().unwrap())).await;
        assert_eq!(code(twice), "closure.nothing_to_lift");
        let next = bench.form("gym-full", "2026-12-12", "18:00", "20:00");
        assert_eq!(code(bench.book(&next).await), "slot.taken");

        desk.lift(&boss, id, Lift::From("2026-12-19".parse().unwrap())).await.unwrap();
        let view = desk.closure(&boss, id).await.unwrap();
        let closed: Vec<bool> = view.spans.iter().map(|span| span.closed.is_some()).collect();
        assert_eq!(closed, [false, true, false, false]);
        let list = desk.closures(&boss).await.unwrap().closures;
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].closed, list[0].lifted, list[0].over), (1, 3, false));
        desk.lift(&boss, id, Lift::All).await.unwrap();
        bench.book(&next).await.unwrap();
        assert!(desk.closures(&boss).await.unwrap().closures[0].over);
        let told = "SELECT count(*) FROM audit_entries WHERE action LIKE 'closure.%'";
        assert_eq!(bench.count(told).await, 4);
        bench.assert_sound().await;
    }

    async fn another_facilitys_closures_are_not_there(db: TestStore) {
        let bench = Bench::new(&db).await;
        let desk = bench.desk();
        let id = close(&bench, &manager(&bench).await, &works(&bench)).await.unwrap().id;
        let hall = bench.on_duty("tanaka", &[(Role::Manager, Some("hall"))]).await;
        assert_eq!(code(desk.closure(&hall, id).await), "not_found");
        assert_eq!(code(desk.lift(&hall, id, Lift::All).await), "forbidden");
        assert!(desk.closures(&hall).await.unwrap().closures.is_empty());
        let viewer = bench.on_duty("watanabe", &[(Role::Viewer, None)]).await;
        for call in [viewer, bench.call()] {
            assert_eq!(code(desk.closures(&call).await), "forbidden");
            assert_eq!(code(desk.closure(&call, id).await), "forbidden");
            assert_eq!(code(desk.lift(&call, id, Lift::All).await), "forbidden");
        }
        assert_eq!(code(bench.book(&bench.gym()).await), "slot.taken");
    }
}
