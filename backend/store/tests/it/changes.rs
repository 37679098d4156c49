//! Who follows along hears what was committed, and is told when something may have been missed.

use std::time::Duration;

use domain::ids::MunicipalityId;
use store::Database;
use testkit::{Engine, TestWorld};
use usecases::ports::chance::Clock as _;
use usecases::ports::changes::{Change, Changes as _, Hearing};
use usecases::ports::store::{SessionRecord, Store as _};

use crate::behind::{count, meddle};
use crate::booking::booked;

/// Long enough for a busy machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

async fn next(hearing: &mut Box<dyn Hearing>) -> Option<Change> {
    tokio::time::timeout(PATIENCE, hearing.next())
        .await
        .unwrap()
}

/// A listener to whom nothing is lost any more.
async fn listening(database: &Database) -> Box<dyn Hearing> {
    let mut hearing = database.hear();
    assert_eq!(next(&mut hearing).await, Some(Change::LookAgain));
    hearing
}

/// Who hears the world's commits: another process on PostgreSQL, the same one on SQLite.
async fn another(db: &testkit::TestStore, world: &TestWorld) -> Database {
    match db.engine() {
        Engine::Sqlite => world.store.clone(),
        Engine::Postgres => Database::connect(db.url(), 2).await.unwrap(),
    }
}

/// Touches a reservation.
async fn touch(world: &TestWorld) {
    let now = world.clock.now();
    let record = world
        .reservation("gym-full", "2026-11-28", "18:00", "20:00")
        .unwrap();
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let _inserted = tx.insert_reservation(&record).await.unwrap();
    tx.set_state(record.id, 1, &record.state, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

testkit::on_both! {
    async fn what_is_committed_is_heard_and_what_is_not_is_not(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let elsewhere = another(&db, &here).await;
        let mut hearing = listening(&elsewhere).await;

        booked(&here).await;
        assert_eq!(next(&mut hearing).await, Some(Change::In(here.municipality)));

        // Rolled back, and of no interest: only what comes after is heard.
        let record = here.reservation("hall-room", "2026-12-01", "09:00", "12:00").unwrap();
        let mut tx = here.store.begin(here.municipality).await.unwrap();
        let _inserted = tx.insert_reservation(&record).await.unwrap();
        drop(tx);
        let now = here.clock.now();
        let mut tx = here.store.begin(here.municipality).await.unwrap();
        let session = SessionRecord {
            token_hash: [1; 32],
            person: here.person,
            created_at: now,
            last_seen_at: now,
            stepped_up_at: None,
            expires_at: now + chrono::Duration::hours(1),
        };
        tx.insert_session(&session).await.unwrap();
        tx.commit().await.unwrap();
        booked(&there).await;
        assert_eq!(next(&mut hearing).await, Some(Change::In(there.municipality)));
        drop(hearing);
        elsewhere.close().await.unwrap();
    }

    async fn every_commit_is_followed_by_news_however_many_come(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let elsewhere = another(&db, &world).await;
        let mut hearing = listening(&elsewhere).await;
        for _ in 0..30 {
            touch(&world).await;
            assert_eq!(next(&mut hearing).await, Some(Change::In(world.municipality)));
        }
        let crowd = (0..20).map(|_| {
            let world = world.clone();
            tokio::spawn(async move { touch(&world).await })
        });
        for one in crowd.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        // Told together or one by one, but told: the last news is no older than the last commit.
        assert_eq!(next(&mut hearing).await, Some(Change::In(world.municipality)));
        elsewhere.close().await.unwrap();
    }

    async fn all_who_listen_hear_it_and_whoever_comes_later_looks_first(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut early = listening(&world.store).await;
        touch(&world).await;
        assert_eq!(next(&mut early).await, Some(Change::In(world.municipality)));
        let mut late = listening(&world.store).await;
        touch(&world).await;
        for hearing in [&mut early, &mut late] {
            assert_eq!(next(hearing).await, Some(Change::In(world.municipality)));
        }
    }

    async fn whoever_is_too_slow_is_told_to_look_again(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut quick = listening(&world.store).await;
        let mut slow = listening(&world.store).await;
        for _ in 0..300 {
            touch(&world).await;
            assert_eq!(next(&mut quick).await, Some(Change::In(world.municipality)));
        }
        assert_eq!(next(&mut slow).await, Some(Change::LookAgain));
        assert_eq!(next(&mut slow).await, Some(Change::In(world.municipality)));
    }

    async fn listening_ends_with_the_store(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let database = Database::connect(db.url(), 2).await.unwrap();
        let mut hearing = listening(&database).await;
        database.close().await.unwrap();
        assert_eq!(next(&mut hearing).await, None);
        assert_eq!(next(&mut database.hear()).await, None);
        // Ours goes on.
        assert_eq!(next(&mut world.store.hear()).await, Some(Change::LookAgain));
    }
}

/// Connections of this database that listen.
const LISTENERS: &str = "FROM pg_stat_activity
    WHERE application_name = 'yoriai listen' AND datname = current_database()";

#[test]
fn a_listener_that_lost_its_connection_looks_again_and_goes_on() {
    testkit::run(Engine::Postgres, async |db| {
        let world = TestWorld::new(&db).await.unwrap();
        let mut hearing = listening(&world.store).await;
        for _ in 0..3 {
            let listeners = format!("SELECT count(*) {LISTENERS}");
            assert_eq!(count(&db, &listeners).await, 1);
            meddle(
                &db,
                &format!("SELECT pg_terminate_backend(pid) {LISTENERS}"),
            )
            .await;
            assert_eq!(next(&mut hearing).await, Some(Change::LookAgain));
            touch(&world).await;
            let news = next(&mut hearing).await;
            assert_eq!(news, Some(Change::In(world.municipality)));
        }
    })
    .unwrap();
}

#[test]
fn what_nobody_understands_means_to_look_again() {
    testkit::run(Engine::Postgres, async |db| {
        let world = TestWorld::new(&db).await.unwrap();
        let mut hearing = listening(&world.store).await;
        meddle(&db, "NOTIFY yoriai_changes, 'nonsense'").await;
        assert_eq!(next(&mut hearing).await, Some(Change::LookAgain));
        let id: MunicipalityId = world.municipality;
        meddle(&db, &format!("NOTIFY yoriai_changes, '{id}'")).await;
        assert_eq!(next(&mut hearing).await, Some(Change::In(id)));
    })
    .unwrap();
}
