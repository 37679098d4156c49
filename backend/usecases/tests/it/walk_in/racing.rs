//! Two clerks, or a clerk and a resident, on one slot at the same moment.

use std::sync::Arc;

use contract::{Failure, Outcome, Refusal, Role, WalkIn as _};
use domain::ids::ReservationId;
use tokio::sync::Barrier;

use super::{clerk, secret, taro};
use crate::bench::Bench;

const ROUNDS: u32 = 20;

/// A day of its own for each round; the gym is closed on Mondays.
fn day(round: u32) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let open = first
        .iter_days()
        .filter(|day| day.format("%a").to_string() != "Mon");
    open.map(|day| day.to_string())
        .nth(usize::try_from(round).unwrap())
        .unwrap()
}

/// Exactly one of two has it, and the other one is told what else there is.
fn one_of(one: Outcome<ReservationId>, other: Outcome<ReservationId>, round: u32) {
    let (won, lost) = match (one, other) {
        (Ok(won), Err(lost)) | (Err(lost), Ok(won)) => (won, lost),
        both => panic!("round {round}: {both:?}"),
    };
    let Failure::Refused(Refusal::SlotTaken { alternatives }) = lost else {
        panic!("round {round}: {won} won, the other one was told {lost:?}");
    };
    assert!(!alternatives.is_empty(), "round {round}");
}

testkit::on_both! {
    async fn two_clerks_sell_one_slot_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let sato = clerk(&bench).await;
        let suzuki = bench.on_duty("suzuki", &[(Role::Manager, Some("gym"))]).await;
        let taro_id = bench.desk().register(&sato, &taro(&bench)).await.unwrap();
        for round in 0..ROUNDS {
            let start = Arc::new(Barrier::new(2));
            let sell = |call, person| {
                let (bench, start) = (bench.clone(), Arc::clone(&start));
                let form = bench.form("gym-full", &day(round), "18:00", "20:00");
                tokio::spawn(async move {
                    start.wait().await;
                    bench.desk().book_for(&call, person, &form).await
                })
            };
            let (one, other) = tokio::join!(sell(sato, taro_id), sell(suzuki, bench.me()));
            one_of(one.unwrap(), other.unwrap(), round);
        }
        assert_eq!(bench.rows().await["reservations"], i64::from(ROUNDS));
        bench.assert_sound().await;
    }

    async fn a_resident_and_the_clerk_who_serves_her_get_one_slot_once(db: TestStore) {
        let bench = Bench::new(&db).await;
        let sato = clerk(&bench).await;
        for round in 0..ROUNDS {
            let start = Arc::new(Barrier::new(2));
            let form = || bench.form("gym-full", &day(round), "18:00", "20:00");
            let at_the_counter = {
                let (bench, start, form) = (bench.clone(), Arc::clone(&start), form());
                tokio::spawn(async move {
                    start.wait().await;
                    bench.desk().book_for(&sato, bench.me(), &form).await
                })
            };
            let online = {
                let (bench, start, form) = (bench.clone(), Arc::clone(&start), form());
                tokio::spawn(async move {
                    start.wait().await;
                    bench.book(&form).await
                })
            };
            let (one, other) = tokio::join!(at_the_counter, online);
            one_of(one.unwrap(), other.unwrap(), round);
        }
        assert_eq!(bench.rows().await["reservations"], i64::from(ROUNDS));
        let found = bench.desk().find_people(&sato, &secret("山田")).await.unwrap().unwrap();
        assert_eq!(found.people.len(), 1);
        bench.assert_sound().await;
    }
}
