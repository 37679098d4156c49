//! When another transaction stays in the way the store says so, and not that something broke:
//! the same work may be tried again.

use testkit::{Engine, TestWorld};
use tokio::sync::Barrier;
use usecases::ports::store::{ClaimOutcome, ClaimedCell, Store as _, StoreFailure, Stored};

use crate::behind::count;
use crate::booking::booked;

testkit::on_both! {
    async fn who_waits_too_long_for_a_lock_may_try_again(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let mut slow = world.store.begin(world.municipality).await.unwrap();
        slow.lock_reservation(record.id).await.unwrap().unwrap();
        // A worker in a process of its own.
        let elsewhere = store::Database::connect(db.url(), 2).await.unwrap();
        let second = async {
            let mut tx = elsewhere.begin(world.municipality).await?;
            tx.lock_reservation(record.id).await
        };
        let outcome: Stored<_> = second.await;
        assert!(matches!(outcome, Err(StoreFailure::Contended)), "{outcome:?}");
        slow.commit().await.unwrap();
        let mut tx = elsewhere.begin(world.municipality).await.unwrap();
        assert!(tx.lock_reservation(record.id).await.unwrap().is_some());
        drop(tx);
        elsewhere.close().await.unwrap();
    }

    async fn readers_wait_for_no_writer(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let mut writer = world.store.begin(world.municipality).await.unwrap();
        writer.lock_reservation(record.id).await.unwrap().unwrap();
        writer.unclaim(record.id).await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let units = [world.unit("gym-a").unwrap()];
        let (from, until) = (record.span.start(), record.span.end());
        let seen = reading.claimed(&units, from, until).await.unwrap();
        assert_eq!(seen.len(), 4, "what is not committed is not seen");
        drop(writer);
    }
}

/// The ports sort within one claim; two claims in one transaction can still cross.
#[test]
fn of_two_that_wait_for_each_other_one_goes_on_and_one_may_try_again() {
    testkit::run(Engine::Postgres, async |db| {
        let world = TestWorld::new(&db).await.unwrap();
        let cell = |room: &str| {
            let record = world.reservation(room, "2026-11-28", "18:00", "18:30");
            world.cells(&record.unwrap()).unwrap()
        };
        let (north, south) = (cell("gym-north"), cell("gym-south"));
        let both_hold_one = Barrier::new(2);
        let (left, right) = tokio::join!(
            crossing(&world, &both_hold_one, &north, &south),
            crossing(&world, &both_hold_one, &south, &north),
        );
        let outcomes = [left, right];
        let won = |outcome: &Stored<ClaimOutcome>| matches!(outcome, Ok(ClaimOutcome::Claimed));
        let contended = |outcome: &Stored<_>| matches!(outcome, Err(StoreFailure::Contended));
        assert_eq!(
            outcomes.iter().filter(|one| won(one)).count(),
            1,
            "{outcomes:?}"
        );
        assert_eq!(
            outcomes.iter().filter(|one| contended(one)).count(),
            1,
            "{outcomes:?}"
        );
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 2);
    })
    .unwrap();
}

/// Claims one piece, waits until the other has claimed one too, and claims the other piece.
async fn crossing(
    world: &TestWorld,
    both_hold_one: &Barrier,
    first: &[ClaimedCell],
    second: &[ClaimedCell],
) -> Stored<ClaimOutcome> {
    let record = world.reservation("hall-room", "2026-12-01", "09:00", "12:00");
    let record = record.unwrap();
    let mut tx = world.store.begin(world.municipality).await?;
    let _inserted = tx.insert_reservation(&record).await?;
    let _claimed = tx.claim(record.id, first).await?;
    both_hold_one.wait().await;
    let outcome = tx.claim(record.id, second).await?;
    tx.commit().await?;
    Ok(outcome)
}
