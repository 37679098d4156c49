//! Groups: entered once, changed by one at a time, found by name, and whose they are.

use std::sync::Arc;

use chrono::{Duration, NaiveDate};
use domain::group::{DocumentSeen, GroupDocument, GroupState, searched_for};
use domain::ids::{GroupId, PersonId};
use domain::residency::Members;
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{GroupRecord, Store as _, StoreFailure};

use crate::behind::refused;

/// An application of the world's person.
fn kendo(world: &TestWorld) -> GroupRecord {
    let now = world.clock.now();
    GroupRecord {
        id: GroupId(world.chance.id(now)),
        name: "むくのき剣道クラブ".to_owned(),
        kana: "ムクノキ ケンドウ クラブ".to_owned(),
        activity: "剣道の稽古".to_owned(),
        representative: world.person,
        members: Members {
            in_town: 6,
            all: 12,
        },
        state: GroupState::apply(now),
        submission: world.chance.id(now),
        revision: 1,
        created_at: now,
    }
}

async fn insert(world: &TestWorld, group: &GroupRecord) -> bool {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let entered = tx.insert_group(group).await.unwrap();
    tx.commit().await.unwrap();
    entered
}

async fn change(world: &TestWorld, group: &GroupRecord) -> Result<(), StoreFailure> {
    let mut tx = world.store.begin(world.municipality).await?;
    tx.change_group(group, world.clock.now()).await?;
    tx.commit().await
}

async fn registered(world: &TestWorld) -> GroupRecord {
    let mut group = kendo(world);
    insert(world, &group).await;
    group.state = serde_json::from_value(serde_json::json!({
        "state": "registered", "on": "2026-11-21", "until": "2029-11-20",
        "by": world.clerk().await.unwrap(),
    }))
    .unwrap();
    change(world, &group).await.unwrap();
    group.revision = 2;
    group
}

async fn read(world: &TestWorld, id: GroupId) -> Option<GroupRecord> {
    let reading = world.store.read(world.municipality).await.unwrap();
    reading.group(id).await.unwrap()
}

async fn groups_of(world: &TestWorld, person: PersonId) -> Vec<GroupId> {
    let reading = world.store.read(world.municipality).await.unwrap();
    let groups = reading.groups_of(person).await.unwrap();
    groups.into_iter().map(|group| group.id).collect()
}

testkit::on_both! {
    async fn a_group_is_read_back_as_it_was_entered_and_changed(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut group = kendo(&world);
        assert!(insert(&world, &group).await);
        assert_eq!(read(&world, group.id).await.unwrap(), group);
        group.name = "光台剣道クラブ".to_owned();
        group.members = Members { in_town: 12, all: 13 };
        group.state = group.state.end("解散したため", world.clock.now()).unwrap();
        change(&world, &group).await.unwrap();
        group.revision = 2;
        assert_eq!(read(&world, group.id).await.unwrap(), group);
    }

    async fn the_same_form_twice_is_one_group(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let group = kendo(&world);
        assert!(insert(&world, &group).await);
        let again = GroupRecord { id: GroupId(world.chance.id(world.clock.now())), ..group.clone() };
        assert!(!insert(&world, &again).await);
        let reading = world.store.read(world.municipality).await.unwrap();
        let found = reading.group_submitted(world.person, group.submission).await.unwrap();
        assert_eq!(found, Some(group.id));
        assert_eq!(reading.group_submitted(world.person, again.id.0).await.unwrap(), None);
    }

    async fn of_two_who_decide_at_once_one_is_told_to_look_again(db: TestStore) {
        let world = Arc::new(TestWorld::new(&db).await.unwrap());
        let group = kendo(&world);
        insert(&world, &group).await;
        let barrier = Arc::new(Barrier::new(2));
        let mut deciding = JoinSet::new();
        for reason in ["一人め", "二人め"] {
            let (world, barrier, mut group) =
                (Arc::clone(&world), Arc::clone(&barrier), group.clone());
            deciding.spawn(async move {
                group.state = group.state.end(reason, world.clock.now()).unwrap();
                barrier.wait().await;
                change(&world, &group).await
            });
        }
        let outcomes = deciding.join_all().await;
        let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(done, 1, "{outcomes:?}");
        assert_eq!(read(&world, group.id).await.unwrap().revision, 2);
    }

    async fn a_group_is_its_representatives_and_its_agents(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let other = world.another_person("agent").await.unwrap();
        let group = registered(&world).await;
        assert_eq!(groups_of(&world, world.person).await, [group.id]);
        assert!(groups_of(&world, other).await.is_empty());
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(!tx.acts_for(other, group.id).await.unwrap());
        assert!(tx.insert_agent(group.id, other, now).await.unwrap());
        assert!(!tx.insert_agent(group.id, other, now).await.unwrap());
        assert!(tx.acts_for(other, group.id).await.unwrap());
        assert_eq!(tx.agents_of(group.id).await.unwrap(), [other]);
        tx.commit().await.unwrap();
        assert_eq!(groups_of(&world, other).await, [group.id]);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.delete_agent(group.id, other).await.unwrap());
        assert!(!tx.delete_agent(group.id, other).await.unwrap());
        tx.commit().await.unwrap();
        assert!(groups_of(&world, other).await.is_empty());
    }

    async fn groups_of_another_town_are_not_there(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let group = registered(&here).await;
        assert_eq!(read(&there, group.id).await, None);
        let reading = there.store.read(there.municipality).await.unwrap();
        let asked = searched_for("剣道").unwrap();
        assert!(reading.groups_found(&asked, 10).await.unwrap().is_empty());
        assert!(reading.groups_of(here.person).await.unwrap().is_empty());
    }

    async fn groups_are_found_by_name_and_reading_and_wait_in_the_order_they_came(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let done = registered(&world).await;
        world.clock.advance(Duration::minutes(1));
        let first = GroupRecord { name: "百人一首の会".to_owned(), ..kendo(&world) };
        world.clock.advance(Duration::minutes(1));
        let second = GroupRecord { kana: "ヒャクニンイッシュ".to_owned(), ..kendo(&world) };
        for group in [&second, &first] {
            insert(&world, group).await;
        }
        let reading = world.store.read(world.municipality).await.unwrap();
        let ids = |groups: Vec<GroupRecord>| groups.into_iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids(reading.groups_to_decide(10).await.unwrap()), [first.id, second.id]);
        assert_eq!(ids(reading.groups_to_decide(1).await.unwrap()), [first.id]);
        for (typed, found) in [
            ("百人", vec![first.id]),
            ("ﾋｬｸﾆﾝ", vec![second.id]),
            ("剣道", vec![second.id, done.id]),
            ("柔道", vec![]),
        ] {
            let asked = searched_for(typed).unwrap();
            assert_eq!(ids(reading.groups_found(&asked, 10).await.unwrap()), found, "{typed}");
        }
    }

    async fn papers_are_noted_once_a_day_and_the_last_look_comes_first(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let group = registered(&world).await;
        let by = world.clerk().await.unwrap();
        let seen = |day: &str| DocumentSeen {
            document: GroupDocument::Roster,
            on: day.parse::<NaiveDate>().unwrap(),
            by,
        };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.note_document(group.id, &seen("2026-11-21")).await.unwrap());
        assert!(!tx.note_document(group.id, &seen("2026-11-21")).await.unwrap());
        assert!(tx.note_document(group.id, &seen("2029-10-01")).await.unwrap());
        let noted = tx.documents_of(group.id).await.unwrap();
        assert_eq!(noted, [seen("2029-10-01"), seen("2026-11-21")]);
        tx.commit().await.unwrap();
    }

    async fn the_schema_refuses_states_and_counts_that_cannot_be(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        registered(&world).await;
        for wrong in [
            "members_in_town = 13",
            "members_all = 0, members_in_town = 0",
            "valid_until = NULL",
            "state = 'applied', valid_until = NULL",
            "state = 'ended'",
            "representative_id = id",
        ] {
            refused(&db, &format!("UPDATE groups SET {wrong}"), "constraint").await;
        }
    }
}
