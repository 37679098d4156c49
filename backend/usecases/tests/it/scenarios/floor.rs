//! Scenario 7: the whole floor and its halves.

use domain::ids::ReservationId;

use crate::bench::Bench;
use crate::bench::wishes::code;

async fn evening(bench: &Bench, room: &str, day: &str) -> contract::Outcome<ReservationId> {
    bench.book(&bench.form(room, day, "18:00", "20:00")).await
}

testkit::on_both! {
    /// 全面予約あり / 半面選択 / 不可；半面のみなら残り半面可
    async fn scenario_7_a_half_goes_with_the_other_half_and_never_with_the_whole(db: TestStore) {
        let bench = Bench::new(&db).await;
        evening(&bench, "gym-full", "2026-12-05").await.unwrap();
        for half in ["gym-north", "gym-south"] {
            assert_eq!(code(evening(&bench, half, "2026-12-05").await), "slot.taken");
        }
        evening(&bench, "gym-north", "2026-12-06").await.unwrap();
        assert_eq!(code(evening(&bench, "gym-full", "2026-12-06").await), "slot.taken");
        evening(&bench, "gym-south", "2026-12-06").await.unwrap();
        bench.assert_sound().await;
    }
}
