use chrono::{DateTime, Duration, Utc};
use domain::ids::PersonId;
use testkit::TestWorld;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    AttemptPurpose, AttemptRecord, IdentityKey, PersonRecord, Realm, SessionRecord, Store as _,
    StoreFailure, VerifiedBy,
};

use crate::behind::count;

fn identity(subject: &str) -> IdentityKey {
    IdentityKey {
        issuer: "https://idp.example".to_owned(),
        client_id: "yoriai".to_owned(),
        subject: subject.to_owned(),
    }
}

fn person(world: &TestWorld) -> PersonRecord {
    let now = world.clock.now();
    PersonRecord {
        id: PersonId(world.chance.id(now)),
        name_sealed: vec![1, 0, 255],
        kana_sealed: Some(vec![4]),
        address_sealed: Some(vec![2]),
        birthdate_sealed: Some(vec![3]),
        gender_sealed: None,
        email_sealed: Some(vec![]),
        phone_sealed: None,
        in_town: false,
        verified_at: now,
        verified_by: VerifiedBy::Card,
        created_at: now,
    }
}

fn attempt(state_hash: [u8; 32], now: DateTime<Utc>) -> AttemptRecord {
    AttemptRecord {
        state_hash,
        realm: Realm::Resident,
        purpose: AttemptPurpose::SignIn,
        browser_hash: [7; 32],
        nonce: "nonce".to_owned(),
        verifier: "verifier".to_owned(),
        return_to: "/facilities/gym?day=2026-11-28".to_owned(),
        created_at: now,
        expires_at: now + Duration::minutes(10),
    }
}

testkit::on_both! {
    async fn a_person_is_found_by_their_identity_and_by_nobody_elses(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = person(&world);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.insert_person(&record, &identity("sub-1")).await.unwrap());
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.person_of(&identity("sub-1")).await.unwrap(), Some(record.id));
        assert_eq!(reading.person(record.id).await.unwrap(), Some(record));
        for stranger in [
            identity("sub-2"),
            IdentityKey { issuer: "https://other.example".to_owned(), ..identity("sub-1") },
            IdentityKey { client_id: "other".to_owned(), ..identity("sub-1") },
        ] {
            assert_eq!(reading.person_of(&stranger).await.unwrap(), None);
        }
    }

    async fn an_identity_that_is_somebodys_makes_no_second_person(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(!tx.insert_person(&person(&world), &identity("someone")).await.unwrap());
        // The transaction still answers; on PostgreSQL an error would have ended it.
        assert_eq!(tx.person_of(&identity("someone")).await.unwrap(), Some(world.person));
    }

    async fn a_card_read_again_overwrites_all_but_the_first_day(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = world.clock.now();
        world.clock.advance(Duration::days(400));
        let changed = PersonRecord { id: world.person, ..person(&world) };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.update_person(&changed, world.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let stored = reading.person(world.person).await.unwrap().unwrap();
        assert_eq!(stored, PersonRecord { created_at: first, ..changed });

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let nobody = tx.update_person(&person(&world), world.clock.now()).await;
        assert!(matches!(nobody, Err(StoreFailure::Fault(_))), "{nobody:?}");
    }

    async fn a_session_is_used_and_ends(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let session = SessionRecord {
            token_hash: [9; 32],
            person: world.person,
            created_at: now,
            last_seen_at: now,
            expires_at: now + Duration::hours(12),
            stepped_up_at: None,
        };
        let later = now + Duration::minutes(5);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.insert_session(&session).await.unwrap();
        tx.touch_session(&session.token_hash, later).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let seen = SessionRecord { last_seen_at: later, ..session.clone() };
        assert_eq!(reading.session(&session.token_hash).await.unwrap(), Some(seen));
        assert_eq!(reading.session(&[8; 32]).await.unwrap(), None);

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.delete_session(&session.token_hash).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(reading.session(&session.token_hash).await.unwrap(), None);
    }

    async fn an_attempt_is_given_out_once_and_not_to_another_state(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let record = attempt([1; 32], now);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.insert_attempt(&record).await.unwrap();
        assert_eq!(tx.consume_attempt(Realm::Resident, &[2; 32], now).await.unwrap(), None);
        assert_eq!(tx.consume_attempt(Realm::Resident, &[1; 32], now).await.unwrap(), Some(record));
        assert_eq!(tx.consume_attempt(Realm::Resident, &[1; 32], now).await.unwrap(), None);
    }

    async fn what_ended_long_ago_is_purged_here_and_left_alone_elsewhere(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let there = TestWorld::neighbour(&db, "999993", "tonari").await.unwrap();
        let start = world.clock.now();
        for town in [&world, &there] {
            let mut tx = town.store.begin(town.municipality).await.unwrap();
            for hours in 1..=5_u8 {
                let session = SessionRecord {
                    token_hash: [hours; 32],
                    person: town.person,
                    created_at: start,
                    last_seen_at: start,
                    expires_at: start + Duration::hours(i64::from(hours)),
                    stepped_up_at: None,
                };
                tx.insert_session(&session).await.unwrap();
                let attempt = AttemptRecord {
                    expires_at: session.expires_at,
                    ..attempt([hours; 32], start)
                };
                tx.insert_attempt(&attempt).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        let before = start + Duration::hours(4);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert_eq!(tx.purge_sessions(before, 2).await.unwrap(), 2);
        assert_eq!(tx.purge_sessions(before, 2).await.unwrap(), 1);
        assert_eq!(tx.purge_sessions(before, 2).await.unwrap(), 0);
        assert_eq!(tx.purge_attempts(before, 2).await.unwrap(), 2);
        assert_eq!(tx.purge_attempts(before, 10).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        for (hours, kept) in [(3, false), (4, true), (5, true)] {
            let session = reading.session(&[hours; 32]).await.unwrap();
            assert_eq!(session.is_some(), kept, "{hours} hours");
        }
        assert_eq!(count(&db, "SELECT count(*) FROM sessions").await, 2 + 5);
        assert_eq!(count(&db, "SELECT count(*) FROM sign_in_attempts").await, 2 + 5);
    }
}
