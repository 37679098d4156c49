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
}
