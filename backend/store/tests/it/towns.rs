use std::sync::Arc;

use domain::ids::MunicipalityId;
use domain::town::Town;
use testkit::TestWorld;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{Municipality, Store as _, StoreFailure};
use uuid::Uuid;

use crate::behind::{count, refused};

/// Applies a town file and says which version is then in force.
async fn apply(world: &TestWorld, town: &Town) -> i32 {
    let now = world.clock.now();
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let version = tx
        .apply_town(town, now, &|| world.chance.id(now))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    version
}

fn renamed(world: &TestWorld, name: &str) -> Town {
    Town {
        name: name.to_owned(),
        ..world.town.town.clone()
    }
}

testkit::on_both! {
    async fn a_town_file_comes_back_as_it_was_applied(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        assert_eq!(world.town.town, testkit::town().unwrap());
        assert_eq!(world.town.version, 1);
        assert_eq!(world.town.units.len(), 3);
        assert_eq!(world.town.rooms.len(), 4);
        assert_eq!(world.town.facilities.len(), 2);
    }

    async fn the_same_town_again_is_the_same_version(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        assert_eq!(apply(&world, &world.town.town).await, 1);
        assert_eq!(apply(&world, &renamed(&world, "新寄合町")).await, 2);
        assert_eq!(apply(&world, &renamed(&world, "新寄合町")).await, 2);
        assert_eq!(count(&db, "SELECT count(*) FROM town_versions").await, 2);
        assert_eq!(count(&db, "SELECT count(*) FROM units").await, 3);
    }

    async fn every_reading_sees_the_version_in_force(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        // Another process with a memory of its own.
        let elsewhere = store::Database::connect(db.url(), 2).await.unwrap();
        let reading = elsewhere.read(world.municipality).await.unwrap();
        let old = reading.town().await.unwrap().unwrap();
        let again = reading.town().await.unwrap().unwrap();
        assert!(Arc::ptr_eq(&old, &again), "kept in memory");
        apply(&world, &renamed(&world, "新寄合町")).await;
        let new = reading.town().await.unwrap().unwrap();
        assert_eq!((new.version, new.town.name.as_str()), (2, "新寄合町"));
        elsewhere.close().await.unwrap();
    }

    async fn a_former_version_is_read_as_it_was_and_can_never_be_changed(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut smaller = renamed(&world, "新寄合町");
        smaller.facilities.pop();
        apply(&world, &smaller).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let now = reading.town().await.unwrap().unwrap();
        let then = reading.town_version(1).await.unwrap().unwrap();
        assert_eq!((now.version, now.town.facilities.len()), (2, 1));
        assert_eq!((then.version, &then.town), (1, &world.town.town));
        assert_eq!(then.rooms, world.town.rooms, "what is retired has its id still");
        // Reading an old one does not push the one in force out of memory.
        let again = reading.town().await.unwrap().unwrap();
        assert!(Arc::ptr_eq(&now, &again));
        assert!(reading.town_version(3).await.unwrap().is_none());
        refused(&db, "UPDATE town_versions SET version = 9 WHERE version = 1", "append-only").await;
        refused(&db, "DELETE FROM town_versions", "append-only").await;
    }

    async fn a_version_that_is_rolled_back_was_never_there(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let new_id = || world.chance.id(now);
        tx.apply_town(&renamed(&world, "幻町"), now, &new_id).await.unwrap();
        assert_eq!(tx.town().await.unwrap().unwrap().town.name, "幻町");
        drop(tx);
        apply(&world, &renamed(&world, "新寄合町")).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let town = reading.town().await.unwrap().unwrap();
        assert_eq!((town.version, town.town.name.as_str()), (2, "新寄合町"));
    }

    async fn what_the_file_no_longer_names_is_retired_and_keeps_its_id(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let hall = world.room("hall-room").unwrap();
        let mut smaller = world.town.town.clone();
        smaller.facilities.pop();
        apply(&world, &smaller).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let town = reading.town().await.unwrap().unwrap();
        assert_eq!(town.room_slug(hall), None);
        assert_eq!(town.facilities.len(), 1);
        let retired = "SELECT (SELECT count(*) FROM rooms WHERE retired_at IS NOT NULL)
            + (SELECT count(*) FROM units WHERE retired_at IS NOT NULL)
            + (SELECT count(*) FROM facilities WHERE retired_at IS NOT NULL)";
        assert_eq!(count(&db, retired).await, 3);

        apply(&world, &world.town.town).await;
        let town = reading.town().await.unwrap().unwrap();
        assert_eq!(town.rooms[&"hall-room".parse().unwrap()], hall);
        assert_eq!(count(&db, retired).await, 0);
    }

    async fn a_room_can_move_to_another_facility(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut town = world.town.town.clone();
        let mut hall = town.facilities.pop().unwrap();
        let (hall, gym) = (Arc::make_mut(&mut hall), Arc::make_mut(&mut town.facilities[0]));
        gym.units.append(&mut hall.units);
        gym.rooms.append(&mut hall.rooms);
        apply(&world, &town).await;
        let in_gym = "SELECT count(*) FROM rooms r JOIN facilities f ON f.id = r.facility_id
            WHERE f.slug = 'gym' AND r.retired_at IS NULL";
        assert_eq!(count(&db, in_gym).await, 4);
    }

    async fn a_town_without_facilities_can_be_applied(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let empty = Town { facilities: Vec::new(), ..world.town.town.clone() };
        assert_eq!(apply(&world, &empty).await, 2);
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.town().await.unwrap().unwrap().town, empty);
    }

    async fn towns_are_listed_by_code_under_the_names_their_files_give(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let moved = Town { host: "shin".parse().unwrap(), ..renamed(&here, "新寄合町") };
        apply(&here, &moved).await;
        let known: Vec<_> = here.store.municipalities().await.unwrap().into_iter()
            .map(|town| (town.id, town.code, town.host.to_string(), town.name))
            .collect();
        let line = |id, code: &str, host: &str, name: &str| {
            (id, code.to_owned(), host.to_owned(), name.to_owned())
        };
        assert_eq!(known, [
            line(there.municipality, "999993", "tonari", "寄合町"),
            line(here.municipality, "999997", "shin", "新寄合町"),
        ]);
    }

    async fn a_town_entered_twice_keeps_its_first_id_and_nobody_takes_its_host(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let entry = |code: &str, host: &str, id| Municipality {
            id: MunicipalityId(Uuid::from_u128(id)),
            code: code.to_owned(),
            host: host.parse().unwrap(),
            name: "寄合町".to_owned(),
        };
        let again = entry("999997", "yoriai", 5);
        let kept = world.store.enter_municipality(&again, now).await.unwrap();
        assert_eq!(kept, world.municipality);
        let thief = world.store.enter_municipality(&entry("999985", "yoriai", 6), now).await;
        assert!(matches!(thief, Err(StoreFailure::Fault(_))), "{thief:?}");
    }

    async fn a_town_that_is_not_there_has_no_file_and_takes_none(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let nowhere = MunicipalityId(Uuid::from_u128(0xdead));
        let reading = world.store.read(nowhere).await.unwrap();
        assert!(reading.town().await.unwrap().is_none());
        let mut tx = world.store.begin(nowhere).await.unwrap();
        let now = world.clock.now();
        let applied = tx.apply_town(&world.town.town, now, &|| world.chance.id(now)).await;
        assert!(matches!(applied, Err(StoreFailure::Fault(_))), "{applied:?}");
    }

    async fn two_who_apply_at_once_make_two_versions_or_the_same_one(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let (left, right) = (renamed(&world, "東町"), renamed(&world, "西町"));
        let (left, right) = tokio::join!(apply(&world, &left), apply(&world, &right));
        assert_eq!([left.min(right), left.max(right)], [2, 3]);
        let same = renamed(&world, "中町");
        assert_eq!(tokio::join!(apply(&world, &same), apply(&world, &same)), (4, 4));
    }
}
