use domain::reservation::{ReleaseReason, ReservationState};
use domain::span::Cell;
use testkit::TestWorld;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{ClaimOutcome, Store as _, StoreFailure, TakenCell};

use crate::behind::{count, orphans};
use crate::booking::{book, booked};
use crate::closures::entered;

testkit::on_both! {
    async fn what_is_claimed_is_read_in_order_and_only_within_the_hours_asked(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let evening = booked(&world).await;
        let later = world.reservation("gym-north", "2026-11-28", "20:00", "21:00").unwrap();
        assert_eq!(book(&world, &later).await.unwrap(), ClaimOutcome::Claimed);
        let (north, south) = (world.unit("gym-a").unwrap(), world.unit("gym-b").unwrap());
        let reading = world.store.read(world.municipality).await.unwrap();
        let start = evening.span.start();

        let all = reading.claimed(&[south, north], start, start.plus(100)).await.unwrap();
        let mut wanted = world.cells(&evening).unwrap();
        wanted.extend(world.cells(&later).unwrap());
        wanted.sort();
        assert_eq!(all, wanted);

        // [from, until): the cell that starts at `until` is not in it.
        let hour = reading.claimed(&[south], start.plus(1), start.plus(3)).await.unwrap();
        assert_eq!(hour, [(south, start.plus(1)), (south, start.plus(2))]);
        let hall = world.unit("hall-floor").unwrap();
        assert_eq!(reading.claimed(&[hall], start, start.plus(100)).await.unwrap(), []);
        assert_eq!(reading.claimed(&[], start, start.plus(100)).await.unwrap(), []);
    }

    async fn claims_are_told_together_with_the_town_file_in_force(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let evening = booked(&world).await;
        let units = [world.unit("gym-a").unwrap(), world.unit("gym-b").unwrap()];
        let hall = [world.unit("hall-floor").unwrap()];
        let (start, end) = (evening.span.start(), evening.span.end());
        let reading = world.store.read(world.municipality).await.unwrap();

        let mut wanted: Vec<TakenCell> = world
            .cells(&evening)
            .unwrap()
            .into_iter()
            .map(|(unit, cell)| TakenCell { unit, cell, closed: false })
            .collect();
        wanted.sort();
        assert_eq!(reading.taken(&units, start, end).await.unwrap(), wanted);
        let told = reading.claimed_under(1, &units, start, end).await.unwrap();
        assert_eq!(told, Some(wanted));
        // Nothing claimed is something else than another file.
        assert_eq!(reading.claimed_under(1, &hall, start, end).await.unwrap(), Some(Vec::new()));
        assert_eq!(reading.claimed_under(2, &units, start, end).await.unwrap(), None);
        assert_eq!(reading.claimed_under(2, &hall, start, end).await.unwrap(), None);

        let mut renamed = world.town.town.clone();
        renamed.name = "新寄合町".to_owned();
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let new_id = || world.chance.id(now);
        assert_eq!(tx.apply_town(&renamed, now, &new_id).await.unwrap(), 2);
        tx.commit().await.unwrap();
        assert_eq!(reading.claimed_under(1, &hall, start, end).await.unwrap(), None);
        assert!(reading.claimed_under(2, &units, start, end).await.unwrap().is_some());
    }

    async fn a_taken_floor_leaves_nothing_of_the_loser_behind(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        booked(&world).await;
        let half = world.reservation("gym-south", "2026-11-28", "19:30", "21:00").unwrap();
        assert_eq!(book(&world, &half).await.unwrap(), ClaimOutcome::Taken);
        assert_eq!(count(&db, "SELECT count(*) FROM reservations").await, 1);
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 8);
    }

    async fn neighbours_in_time_and_floor_stand_side_by_side(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        for (room, start, end) in [
            ("gym-north", "18:00", "20:00"),
            ("gym-south", "18:00", "20:00"),
            ("gym-full", "20:00", "21:00"),
            ("gym-full", "16:00", "18:00"),
        ] {
            let wish = world.reservation(room, "2026-11-28", start, end).unwrap();
            assert_eq!(book(&world, &wish).await.unwrap(), ClaimOutcome::Claimed, "{room} {start}");
        }
        assert_eq!(orphans(&db).await, 0);
    }

    async fn a_released_floor_can_be_booked_again(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = booked(&world).await;
        let released = ReservationState::Released {
            at: world.clock.now(),
            why: ReleaseReason::HoldLapsed,
        };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.unclaim(first.id).await.unwrap();
        tx.set_state(first.id, 1, &released, world.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        booked(&world).await;
        assert_eq!(orphans(&db).await, 0);
    }

    async fn a_cell_named_twice_is_claimed_once(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = world.reservation("gym-full", "2026-11-28", "18:00", "20:00").unwrap();
        let mut cells = world.cells(&reservation).unwrap();
        cells.extend(cells.clone());
        cells.reverse();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let _inserted = tx.insert_reservation(&reservation).await.unwrap();
        let outcome = tx.claim(reservation.id, &cells).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(outcome, ClaimOutcome::Claimed);
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 8);
    }

    async fn nobody_books_into_a_closure_and_no_closure_over_a_booking(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let closure = entered(&world, &[reservation.span]).await.pop().unwrap();
        let north = world.unit("gym-a").unwrap();
        let start = reservation.span.start();
        let month: Vec<_> = (1..=1_440).map(|n| (north, start.plus(-n))).collect();

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let over = tx.claim_closure(closure, &[(north, start)]).await.unwrap();
        assert_eq!(over, ClaimOutcome::Taken);
        drop(tx);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert_eq!(tx.claim_closure(closure, &month).await.unwrap(), ClaimOutcome::Claimed);
        tx.commit().await.unwrap();
        let wish = world.reservation("gym-north", "2026-11-28", "16:00", "18:00").unwrap();
        assert_eq!(book(&world, &wish).await.unwrap(), ClaimOutcome::Taken);
    }

    async fn a_reservation_that_is_not_there_claims_nothing(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = world.reservation("gym-full", "2026-11-28", "18:00", "20:00").unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let cells = world.cells(&reservation).unwrap();
        // PostgreSQL looks at once, SQLite too; neither waits for the commit.
        let failure = tx.claim(reservation.id, &cells).await.unwrap_err();
        assert!(matches!(failure, StoreFailure::Fault(_)), "{failure:?}");
    }

    async fn a_dropped_transaction_changes_nothing(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = world.reservation("gym-full", "2026-11-28", "18:00", "20:00").unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let _inserted = tx.insert_reservation(&reservation).await.unwrap();
        let _claimed = tx.claim(reservation.id, &world.cells(&reservation).unwrap()).await.unwrap();
        drop(tx);
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.reservation(reservation.id).await.unwrap(), None);
        let units = [world.unit("gym-a").unwrap()];
        let (from, until) = (Cell::new(0).unwrap(), Cell::new(60_000_000).unwrap());
        assert_eq!(reading.claimed(&units, from, until).await.unwrap(), []);
    }
}
