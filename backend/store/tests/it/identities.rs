//! The cards that people sign in with, and what a trip to the identity provider is for.

use chrono::Duration;
use testkit::{Engine, TestStore, TestWorld};
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{
    AttemptPurpose, AttemptRecord, BoundTo, FormerEmail, IdentityKey, PendingCardRecord, Realm,
    SessionRecord, Store as _,
};

use crate::behind::{count, meddle, refused};

fn identity(subject: &str) -> IdentityKey {
    IdentityKey {
        issuer: "https://idp.example".to_owned(),
        client_id: "yoriai".to_owned(),
        subject: subject.to_owned(),
    }
}

fn session(world: &TestWorld) -> SessionRecord {
    let now = world.clock.now();
    SessionRecord {
        token_hash: [9; 32],
        person: world.person,
        created_at: now,
        last_seen_at: now,
        expires_at: now + Duration::hours(12),
        stepped_up_at: Some(now),
    }
}

fn pending(world: &TestWorld, subject: &str) -> PendingCardRecord {
    PendingCardRecord {
        asked_by: BoundTo {
            session_hash: [9; 32],
            person: world.person,
        },
        identity: identity(subject),
        name_sealed: Some(vec![1, 0, 255]),
        birthdate_sealed: None,
        created_at: world.clock.now(),
    }
}

fn check(db: &TestStore) -> &'static str {
    match db.engine() {
        Engine::Sqlite => "CHECK constraint failed",
        Engine::Postgres => "violates check constraint",
    }
}

testkit::on_both! {
    async fn a_persons_identities_are_listed_by_age_and_are_only_ever_one_persons(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let other = world.another_person("other").await.unwrap();
        world.clock.advance(Duration::days(1));
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let now = world.clock.now();
        assert!(tx.insert_identity(world.person, &identity("second"), now).await.unwrap());
        for taken in ["second", "other"] {
            assert!(!tx.insert_identity(other, &identity(taken), now).await.unwrap(), "{taken}");
        }
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let own = reading.identities(world.person).await.unwrap();
        let subjects: Vec<_> = own.iter().map(|own| &*own.key.subject).collect();
        assert_eq!(subjects, ["someone", "second"]);
        assert_eq!(own[1].added_at, now);

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert_eq!(tx.lock_identities(world.person).await.unwrap(), own);
        tx.delete_identity(&identity("someone")).await.unwrap();
        assert_eq!(tx.lock_identities(world.person).await.unwrap(), own[1..]);
        assert_eq!(tx.identities(other).await.unwrap().len(), 1);
    }

    async fn a_card_waits_once_a_session_and_goes_with_it(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.insert_session(&session(&world)).await.unwrap();
        tx.put_pending_card(&pending(&world, "first")).await.unwrap();
        tx.put_pending_card(&pending(&world, "second")).await.unwrap();
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let waits = reading.pending_card(&[9; 32]).await.unwrap();
        assert_eq!(waits, Some(pending(&world, "second")));
        assert_eq!(reading.pending_card(&[8; 32]).await.unwrap(), None);

        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert_eq!(tx.take_pending_card(&[9; 32]).await.unwrap(), waits);
        assert_eq!(tx.take_pending_card(&[9; 32]).await.unwrap(), None);
        drop(tx);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.delete_session(&[9; 32]).await.unwrap());
        assert!(!tx.delete_session(&[9; 32]).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM pending_cards").await, 0);
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        assert!(tx.put_pending_card(&pending(&world, "late")).await.is_err(), "in no session");
    }

    async fn all_sessions_but_one_end(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let other = world.another_person("other").await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for (token_hash, person) in [
            ([1; 32], world.person),
            ([2; 32], world.person),
            ([3; 32], world.person),
            ([4; 32], other),
        ] {
            let session = SessionRecord { token_hash, person, ..session(&world) };
            tx.insert_session(&session).await.unwrap();
        }
        tx.delete_other_sessions(world.person, &[2; 32]).await.unwrap();
        for (hash, kept) in [(1, false), (2, true), (3, false), (4, true)] {
            assert_eq!(tx.session(&[hash; 32]).await.unwrap().is_some(), kept, "{hash}");
        }
    }

    async fn an_attempt_says_what_it_is_for_and_in_whose_session(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        let bound = BoundTo { session_hash: [9; 32], person: world.person };
        let purposes = [
            AttemptPurpose::SignIn,
            AttemptPurpose::StepUp(bound),
            AttemptPurpose::Link(bound),
        ];
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for (n, purpose) in (1..).zip(purposes) {
            let attempt = AttemptRecord {
                state_hash: [n; 32],
                realm: Realm::Resident,
                purpose,
                browser_hash: [7; 32],
                nonce: "nonce".to_owned(),
                verifier: "verifier".to_owned(),
                return_to: "/profile".to_owned(),
                created_at: now,
                expires_at: now + Duration::minutes(10),
            };
            tx.insert_attempt(&attempt).await.unwrap();
        }
        tx.commit().await.unwrap();
        for wrong in [
            "purpose = 'other'",
            "purpose = 'sign_in'",
            "session_hash = NULL",
            "person_id = NULL",
        ] {
            let sql = format!("UPDATE sign_in_attempts SET {wrong} WHERE purpose = 'link'");
            refused(&db, &sql, check(&db)).await;
        }
        let unbound = "UPDATE sign_in_attempts SET purpose = 'step_up' WHERE purpose = 'sign_in'";
        refused(&db, unbound, check(&db)).await;
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for (n, purpose) in (1..).zip(purposes) {
            let consumed = tx.consume_attempt(Realm::Resident, &[n; 32], now).await.unwrap().unwrap();
            assert_eq!(consumed.purpose, purpose);
        }
    }

    async fn a_former_address_is_kept_for_a_while(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let start = world.clock.now();
        let email = |n: u128, days: i64| FormerEmail {
            id: uuid::Uuid::from_u128(n),
            person: world.person,
            email_sealed: vec![1, 2, 3],
            replaced_at: start + Duration::days(days),
        };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for (n, days) in [(1, 0), (2, 1), (3, 2)] {
            tx.insert_former_email(&email(n, days)).await.unwrap();
        }
        let before = start + Duration::days(2);
        assert_eq!(tx.purge_former_emails(before, 1).await.unwrap(), 1);
        assert_eq!(tx.purge_former_emails(before, 5).await.unwrap(), 1);
        assert_eq!(tx.purge_former_emails(before, 5).await.unwrap(), 0);
        let kept = tx.former_email(uuid::Uuid::from_u128(3)).await.unwrap();
        assert_eq!(kept, Some(email(3, 2)));
        assert_eq!(tx.former_email(uuid::Uuid::from_u128(1)).await.unwrap(), None);
    }

    async fn a_release_that_knows_no_purposes_still_signs_people_in(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let bytes = match db.engine() {
            Engine::Sqlite => "zeroblob(32)",
            Engine::Postgres => "decode(repeat('00', 32), 'hex')",
        };
        let before = format!(
            "INSERT INTO sign_in_attempts (municipality_id, state_hash, browser_hash, nonce,
                verifier, return_to, created_at, expires_at)
             SELECT id, {bytes}, {bytes}, 'n', 'v', '/', 0, 1 FROM municipalities"
        );
        meddle(&db, &before).await;
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let attempt = tx.consume_attempt(Realm::Resident, &[0; 32], world.clock.now()).await.unwrap().unwrap();
        assert_eq!(attempt.purpose, AttemptPurpose::SignIn);
    }
}
