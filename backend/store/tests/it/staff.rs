//! Staff: what the schema refuses, and that nothing of theirs is another town's.

use chrono::Duration;
use contract::Role;
use testkit::{Engine, TestStore, TestWorld};
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    AttemptPurpose, AttemptRecord, Realm, StaffSessionRecord, Store as _, ViewEntry,
};

use crate::behind::{count, meddle, refused};

fn wording(db: &TestStore) -> (&'static str, &'static str, &'static str) {
    match db.engine() {
        Engine::Sqlite => (
            "CHECK constraint failed",
            "UNIQUE constraint failed",
            "FOREIGN KEY constraint failed",
        ),
        Engine::Postgres => (
            "violates check constraint",
            "violates unique constraint",
            "violates foreign key constraint",
        ),
    }
}

testkit::on_both! {
    async fn roles_are_of_a_closed_list_and_each_is_had_once(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let roles = [(Role::Window, None), (Role::Window, Some("gym")), (Role::Viewer, None)];
        let sato = world.staff("sato", &roles).await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let grants = reading.grants(sato).await.unwrap();
        assert_eq!(grants.iter().map(|grant| grant.role).collect::<Vec<_>>(), [
            Role::Viewer, Role::Window, Role::Window,
        ]);
        let (check, unique, foreign) = wording(&db);
        refused(&db, "UPDATE staff_grants SET role = 'chief'", check).await;
        refused(&db, "UPDATE staff_grants SET revoked_at = granted_at - 1", check).await;
        refused(&db, "UPDATE staff_grants SET role = 'window' WHERE facility_id IS NULL", unique).await;
        let another = "UPDATE staff_grants SET facility_id = (SELECT id FROM rooms LIMIT 1)
            WHERE facility_id IS NOT NULL";
        refused(&db, another, foreign).await;
        // What was taken back is in nobody's way.
        let (first, now) = (grants[1].id, world.clock.now());
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(!tx.insert_grant(&grants[1]).await.unwrap());
        assert!(tx.revoke_grant(first, None, now).await.unwrap());
        assert!(!tx.revoke_grant(first, None, now).await.unwrap());
        let again = usecases::ports::store::GrantRecord {
            id: domain::ids::GrantId(world.chance.id(now)),
            ..grants[1].clone()
        };
        assert!(tx.insert_grant(&again).await.unwrap());
        assert_eq!(tx.grants(sato).await.unwrap().len(), 3);
    }

    async fn one_towns_staff_are_nobody_in_another(db: TestStore) {
        let here = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let sato = here.staff("sato", &[(Role::Admin, None)]).await.unwrap();
        let reading = there.store.read(there.municipality).await.unwrap();
        assert_eq!(reading.staff(sato).await.unwrap(), None);
        assert_eq!(reading.grants(sato).await.unwrap(), []);
        assert!(reading.all_staff().await.unwrap().is_empty());
        let (_, _, foreign) = wording(&db);
        let move_town = "UPDATE staff_grants SET municipality_id =
            (SELECT id FROM municipalities WHERE code = '999993')";
        refused(&db, move_town, foreign).await;
    }

    async fn the_view_log_is_only_ever_added_to(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let sato = world.staff("sato", &[(Role::Window, None)]).await.unwrap();
        let call = world.call_of_staff(sato);
        let view = ViewEntry {
            id: world.chance.id(call.now()),
            staff: sato,
            person: world.person,
            at: call.now(),
            page: "counter.person",
            request: call.request_id(),
        };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.log_views(&[view]).await.unwrap();
        tx.log_views(&[]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM view_log").await, 1);
        refused(&db, "UPDATE view_log SET page = 'other'", "append-only").await;
        refused(&db, "DELETE FROM view_log", "append-only").await;
    }

    async fn an_attempt_of_one_realm_is_none_of_the_other(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let attempt = AttemptRecord {
            state_hash: [1; 32],
            realm: Realm::Staff,
            purpose: AttemptPurpose::SignIn,
            browser_hash: [7; 32],
            nonce: "nonce".to_owned(),
            verifier: "verifier".to_owned(),
            return_to: "/staff".to_owned(),
            created_at: now,
            expires_at: now + Duration::minutes(10),
        };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.insert_attempt(&attempt).await.unwrap();
        assert_eq!(tx.consume_attempt(Realm::Resident, &[1; 32], now).await.unwrap(), None);
        let taken = tx.consume_attempt(Realm::Staff, &[1; 32], now).await.unwrap();
        assert_eq!(taken, Some(attempt));
        tx.commit().await.unwrap();
        let (check, _, _) = wording(&db);
        refused(&db, "UPDATE sign_in_attempts SET realm = 'other'", check).await;
        let staffs_step_up = "UPDATE sign_in_attempts SET purpose = 'step_up',
            session_hash = state_hash, person_id = municipality_id";
        refused(&db, staffs_step_up, check).await;
    }

    async fn sessions_of_staff_end_one_by_one_or_all_of_somebodys(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let sato = world.staff("sato", &[(Role::Window, None)]).await.unwrap();
        let suzuki = world.staff("suzuki", &[(Role::Manager, None)]).await.unwrap();
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for (n, staff) in [(1, sato), (2, sato), (3, sato), (4, suzuki)] {
            let session = StaffSessionRecord {
                token_hash: [n; 32],
                staff,
                created_at: now,
                last_seen_at: now,
                expires_at: now + Duration::hours(8),
            };
            tx.insert_staff_session(&session).await.unwrap();
        }
        let later = now + Duration::minutes(5);
        tx.touch_staff_session(&[2; 32], later).await.unwrap();
        assert_eq!(tx.staff_session(&[2; 32]).await.unwrap().unwrap().last_seen_at, later);
        tx.delete_staff_session(&[1; 32]).await.unwrap();
        assert_eq!(tx.staff_session(&[1; 32]).await.unwrap(), None);
        tx.delete_sessions_of_staff(sato).await.unwrap();
        for (n, kept) in [(2, false), (3, false), (4, true)] {
            assert_eq!(tx.staff_session(&[n; 32]).await.unwrap().is_some(), kept, "{n}");
        }
        assert_eq!(tx.session(&[4; 32]).await.unwrap(), None, "no resident's");
        let over = now + Duration::hours(9);
        assert_eq!(tx.purge_staff_sessions(over, 10).await.unwrap(), 1);
    }

    async fn somebody_who_left_has_no_roles(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let sato = world.staff("sato", &[(Role::Admin, None)]).await.unwrap();
        meddle(&db, "UPDATE staff SET active = false").await;
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.grants(sato).await.unwrap(), []);
    }
}
