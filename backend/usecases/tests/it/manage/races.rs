//! Somebody books while the floor is being closed: one of the two has it, never both.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate, Weekday};
use contract::{Failure, Manage as _, Refusal, ReservationState};
use tokio::sync::Barrier;

use super::{manager, preview, works};
use crate::bench::Bench;

const ROUNDS: usize = 20;

/// A day of its own for each round, none of them a Monday.
fn open_day(round: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let mut open = first
        .iter_days()
        .filter(|day| day.weekday() != Weekday::Mon);
    open.nth(round).unwrap()
}

testkit::on_both! {
    async fn a_booking_and_a_closure_at_once_never_both_stand(db: TestStore) {
        let bench = Bench::new(&db).await;
        let boss = manager(&bench).await;
        let (mut booked, mut closed) = (0, 0);
        for round in 0..ROUNDS {
            let mut wish = works(&bench);
            let day = open_day(round);
            (wish.schedule.from, wish.schedule.until) = (day, day);
            let seen = preview(&bench, &boss, &wish).await.seen;
            let form = bench.form("gym-north", &day.to_string(), "18:00", "20:00");
            let start = Arc::new(Barrier::new(2));
            let booking = {
                let (bench, start) = (bench.clone(), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    bench.book(&form).await
                })
            };
            start.wait().await;
            let closing = bench.desk().close(&boss, &wish, &seen).await;
            match (booking.await.unwrap(), closing) {
                (Ok(id), Err(Failure::Refused(Refusal::ClosureImpactChanged))) => {
                    booked += 1;
                    // Shown again, it is one of those who lose theirs.
                    let shown = preview(&bench, &boss, &wish).await;
                    assert_eq!(shown.cancelled[0].id, id);
                    bench.desk().close(&boss, &wish, &shown.seen).await.unwrap();
                    let state = bench.state(id).await;
                    assert!(matches!(state, ReservationState::Cancelled { .. }), "{state:?}");
                }
                (Err(Failure::Refused(Refusal::SlotTaken { .. })), Ok(_made)) => closed += 1,
                other => panic!("both or neither: {other:?}"),
            }
        }
        assert_eq!(booked + closed, ROUNDS);
        bench.assert_sound().await;
    }
}
