//! Two who decide, or one who decides and one who cancels, at the same moment.

use std::sync::Arc;

use contract::{Failure, Outcome, ReservationState, Reviews as _, Role};
use domain::review::{ReviewKind, Verdict};
use tokio::sync::Barrier;

use crate::bench::Bench;
use crate::bench::reviews::{percent, town};
use crate::bench::wishes::yen;

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

fn lost(outcome: &Outcome<()>, code: &str) -> bool {
    matches!(outcome, Err(Failure::Refused(refusal)) if refusal.code() == code)
}

testkit::on_both! {
    async fn two_who_decide_otherwise_decide_once(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let kacho = bench.manager().await;
        let kakari = bench.on_duty("kakari", &[(Role::Manager, Some("gym"))]).await;
        for round in 0..ROUNDS {
            let mut form = bench.form("gym-full", &day(round), "18:00", "20:00");
            form.what.reduction = Some("sports".parse().unwrap());
            let id = bench.applied(&form).await;
            let what = (id, ReviewKind::Reduction);
            let start = Arc::new(Barrier::new(2));
            let yes = bench.decision(&kacho, what, (percent(50), "")).await;
            let no = bench.decision(&kacho, what, (Verdict::Refused, "要項がないため")).await;
            let press = |call, decide| {
                let (bench, start) = (bench.clone(), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    bench.desk().decide(&call, &decide).await
                })
            };
            let (one, other) = tokio::join!(press(kacho, yes), press(kakari, no));
            let (one, other) = (one.unwrap(), other.unwrap());
            let total = bench.view(id).await.quote.total_yen;
            if one.is_ok() {
                assert!(lost(&other, "review.decided"), "round {round}: {other:?}");
                assert_eq!(total, yen(800), "round {round}");
            } else {
                assert!(other.is_ok(), "round {round}: {one:?} {other:?}");
                assert!(lost(&one, "review.decided"), "round {round}: {one:?}");
                assert_eq!(total, yen(1_600), "round {round}");
            }
        }
        bench.work().await;
        let mails = bench.mailbox().mails().len();
        assert_eq!(mails, usize::try_from(ROUNDS).unwrap(), "one mail each");
        bench.assert_sound().await;
    }

    async fn who_gives_up_and_who_decides_never_cross(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let kacho = bench.manager().await;
        for round in 0..ROUNDS {
            let mut form = bench.form("gym-full", &day(round), "18:00", "20:00");
            form.what.reduction = Some("sponsored".parse().unwrap());
            let id = bench.applied(&form).await;
            let what = (id, ReviewKind::Reduction);
            let yes = bench.decision(&kacho, what, (percent(100), "")).await;
            let start = Arc::new(Barrier::new(2));
            let decide = {
                let (bench, start) = (bench.clone(), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    bench.desk().decide(&kacho, &yes).await
                })
            };
            let cancel = {
                let (bench, start) = (bench.clone(), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    bench.press_cancel(id).await
                })
            };
            let (decided, cancelled) = tokio::join!(decide, cancel);
            // What was granted a moment before is given up all the same.
            cancelled.unwrap().unwrap();
            let decided = decided.unwrap();
            let in_time = decided.is_ok() || lost(&decided, "reservation.state");
            assert!(in_time, "round {round}: {decided:?}");
            let state = bench.state(id).await;
            let gone = ReservationState::Cancelled { at: bench.now(), reason: None };
            assert_eq!(state, gone, "round {round}");
            bench.assert_settled(id).await;
        }
        bench.assert_sound().await;
    }

    async fn the_clock_and_who_refuses_end_it_once(db: TestStore) {
        let bench = Bench::in_town(&db, &town()).await;
        let kacho = bench.manager().await;
        for round in 0..ROUNDS {
            let mut form = bench.fair();
            form.what.date = day(round).parse().unwrap();
            let id = bench.applied(&form).await;
            let what = (id, ReviewKind::Purpose);
            let no = bench.decision(&kacho, what, (Verdict::Refused, "販売だけのため")).await;
            bench.becomes(&day(round), "09:00");
            let start = Arc::new(Barrier::new(2));
            let (call, other) = (bench.again(&kacho), (bench.clone(), Arc::clone(&start)));
            let clock = tokio::spawn(async move {
                let (bench, start) = other;
                start.wait().await;
                bench.house().worker.let_go_undecided().await.unwrap()
            });
            start.wait().await;
            let decided = bench.desk().decide(&call, &no).await;
            let let_go = clock.await.unwrap();
            let once = (decided.is_ok() && let_go == 0)
                || (lost(&decided, "reservation.state") && let_go == 1);
            assert!(once, "round {round}: {decided:?} {let_go}");
            assert!(matches!(bench.state(id).await, ReservationState::Refused { .. }));
            bench.work().await;
        }
        let mails = bench.mailbox().mails().len();
        assert_eq!(mails, usize::try_from(ROUNDS).unwrap(), "one mail each");
        bench.assert_sound().await;
    }
}
