use contract::Actor;
use domain::ids::RequestId;
use testkit::TestWorld;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{AuditEntry, Store as _};

use crate::behind::count;

/// An entry about nothing much.
pub fn entry(world: &TestWorld) -> AuditEntry {
    let now = world.clock.now();
    AuditEntry {
        id: world.chance.id(now),
        at: now,
        actor: Actor::Person(world.person),
        action: "reservation.held",
        subject: "reservation:1".to_owned(),
        detail: serde_json::json!({ "total_yen": 800 }),
        request: RequestId(world.chance.id(now)),
    }
}

testkit::on_both! {
    async fn an_audit_entry_lasts_with_the_change_and_goes_with_it(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.record(&entry(&world)).await.unwrap();
        drop(tx);
        assert_eq!(count(&db, "SELECT count(*) FROM audit_entries").await, 0);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for actor in [Actor::Visitor, Actor::System, Actor::Person(world.person)] {
            tx.record(&AuditEntry { actor, ..entry(&world) }).await.unwrap();
        }
        tx.commit().await.unwrap();
        let actors = "SELECT count(*) FROM audit_entries WHERE actor IN ('visitor', 'system')
            OR actor LIKE 'person:%'";
        assert_eq!(count(&db, actors).await, 3);
    }

    async fn a_trail_is_read_back_in_order_and_of_its_own_town(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "263444", "other").await.unwrap();
        let staff = world.clerk().await.unwrap();
        let actors = [
            Actor::Visitor,
            Actor::System,
            Actor::Person(world.person),
            Actor::Staff(staff),
        ];
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for actor in actors {
            world.clock.advance(chrono::Duration::seconds(1));
            tx.record(&AuditEntry { actor, ..entry(&world) }).await.unwrap();
        }
        let other = AuditEntry { subject: "reservation:2".to_owned(), ..entry(&world) };
        tx.record(&other).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = there.store.begin(there.municipality).await.unwrap();
        tx.record(&entry(&there)).await.unwrap();
        tx.commit().await.unwrap();

        let reading = world.store.read(world.municipality).await.unwrap();
        let asked = ["reservation:1".to_owned(), "reservation:9".to_owned()];
        let read = reading.entries_about(&asked).await.unwrap();
        assert_eq!(read.iter().map(|one| one.actor).collect::<Vec<_>>(), actors);
        assert_eq!(read[0].action, "reservation.held");
        assert_eq!(read[0].detail, serde_json::json!({ "total_yen": 800 }));
    }
}
