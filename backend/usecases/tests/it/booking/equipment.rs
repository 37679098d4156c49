//! Equipment that there is only so much of: two bookings never get the same projector.

use std::sync::Arc;

use contract::{BookRoom, ChosenOption, Failure, Outcome, Refusal};
use domain::ids::ReservationId;
use domain::money::Yen;
use domain::quote::Component;
use domain::town::{FeeOption, OptionPrice, Room, Stock, Town};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bench::Bench;
use crate::bench::wishes::refusal;

/// Courts that share so many projectors.
fn courts(courts: usize, projectors: u32) -> Town {
    let mut town = testkit::courts(courts).unwrap();
    let gym = Arc::make_mut(&mut town.facilities[0]);
    gym.stocks = vec![Stock {
        id: "projector".parse().unwrap(),
        name: "プロジェクター".into(),
        count: projectors,
    }];
    for room in &mut gym.rooms {
        let room: &mut Room = Arc::make_mut(room);
        room.options = vec![FeeOption {
            id: "beamer".parse().unwrap(),
            name: "プロジェクター".into(),
            component: Component::Equipment,
            price: OptionPrice::PerUse(Yen::new(500)),
            round: None,
            automatic: None,
            max_quantity: 4,
            excludes: Vec::new(),
            stock: Some("projector".parse().unwrap()),
            article: "別表第2".into(),
            illustrative: false,
        }];
    }
    town
}

/// A court with so many projectors.
fn with(bench: &Bench, court: usize, (start, end): (&str, &str), pieces: u32) -> BookRoom {
    let mut form = bench.form(&format!("court-{court}"), "2026-12-05", start, end);
    form.what.options = vec![ChosenOption {
        id: "beamer".parse().unwrap(),
        quantity: pieces,
        minutes: None,
    }];
    form
}

fn short(outcome: Outcome<ReservationId>) -> u32 {
    let Refusal::EquipmentTaken { name, left } = refusal(outcome) else {
        panic!("there was enough");
    };
    assert_eq!(name, "プロジェクター");
    left
}

testkit::on_both! {
    async fn what_others_have_is_not_lent_again_until_they_let_go_of_it(db: TestStore) {
        let bench = Bench::in_town(&db, &courts(4, 2)).await;
        let first = bench.book(&with(&bench, 0, ("10:00", "12:00"), 1)).await.unwrap();
        bench.book(&with(&bench, 1, ("11:00", "13:00"), 1)).await.unwrap();
        assert_eq!(short(bench.book(&with(&bench, 2, ("11:30", "13:00"), 1)).await), 0);
        assert_eq!(short(bench.book(&with(&bench, 2, ("12:00", "14:00"), 2)).await), 1);
        // The court itself is free, and so is the other projector from twelve on.
        bench.book(&with(&bench, 2, ("12:00", "14:00"), 1)).await.unwrap();
        bench.book(&bench.form("court-3", "2026-12-05", "11:00", "13:00")).await.unwrap();

        bench.press_cancel(first).await.unwrap();
        bench.book(&with(&bench, 0, ("10:00", "12:00"), 1)).await.unwrap();
        let lent = "SELECT count(*) FROM stock_claims";
        assert_eq!(bench.count(lent).await, 3 * 4, "two hours each, none of what was cancelled");

        // One broke: what is lent stays lent, and nothing more is.
        bench.apply_town(&courts(4, 1)).await;
        assert_eq!(bench.count(lent).await, 3 * 4);
        assert_eq!(short(bench.book(&with(&bench, 3, ("13:00", "14:00"), 1)).await), 0);
        bench.book(&with(&bench, 3, ("14:00", "16:00"), 1)).await.unwrap();
        bench.assert_sound().await;
    }

    /// Eight courts at the same hours, three projectors, real connections.
    async fn of_eight_who_want_three_projectors_at_once_three_get_one(db: TestStore) {
        const COURTS: usize = 8;
        let bench = Bench::in_town(&db, &courts(COURTS, 3)).await;
        let start = Arc::new(Barrier::new(COURTS));
        let mut tasks = JoinSet::new();
        for court in 0..COURTS {
            let times = [("10:00", "12:00"), ("11:00", "13:00"), ("11:30", "12:30")];
            let form = with(&bench, court, times[court % 3], 1);
            let (bench, start) = (bench.clone(), Arc::clone(&start));
            tasks.spawn(async move {
                start.wait().await;
                bench.book(&form).await
            });
        }
        let (mut booked, mut told) = (0, 0);
        for outcome in tasks.join_all().await {
            match outcome {
                Ok(_id) => booked += 1,
                Err(Failure::Refused(Refusal::EquipmentTaken { left: 0, .. })) => told += 1,
                Err(other) => panic!("neither lent nor told that there is none: {other:?}"),
            }
        }
        assert_eq!((booked, told), (3, COURTS - 3));
        let most = "SELECT max(n) FROM (SELECT count(*) AS n FROM stock_claims GROUP BY cell) AS cells";
        assert_eq!(bench.count(most).await, 3);
        bench.assert_sound().await;
    }
}
