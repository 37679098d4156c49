//! Many people, one floor, real connections (DESIGN.md §3): exactly one winner or one consistent
//! set of winners, nothing left behind by the losers.

use std::sync::Arc;

use domain::ids::PersonId;
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{
    AttemptPurpose, AttemptRecord, ClaimOutcome, IdentityKey, Realm, ReservationRecord, Store as _,
};

use crate::behind::{count, orphans};
use crate::booking::book;

const PEOPLE: usize = 50;
const ROUNDS: usize = 20;

/// Lets everybody book at once and gives back what each wanted and got.
async fn rush(
    world: &TestWorld,
    wishes: Vec<ReservationRecord>,
) -> Vec<(ReservationRecord, ClaimOutcome)> {
    let start = Arc::new(Barrier::new(wishes.len()));
    let mut people = JoinSet::new();
    for wish in wishes {
        let (world, start) = (world.clone(), Arc::clone(&start));
        people.spawn(async move {
            start.wait().await;
            let outcome = book(&world, &wish).await.unwrap();
            (wish, outcome)
        });
    }
    people.join_all().await
}

/// A day of its own for each round.
fn day(round: usize) -> String {
    format!("2026-12-{:02}", round + 1)
}

fn winners(outcomes: &[(ReservationRecord, ClaimOutcome)]) -> Vec<&ReservationRecord> {
    outcomes
        .iter()
        .filter(|(_wish, outcome)| *outcome == ClaimOutcome::Claimed)
        .map(|(wish, _outcome)| wish)
        .collect()
}

testkit::on_both! {
    async fn fifty_people_at_once_on_one_court_make_one_booking(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        for round in 0..ROUNDS {
            let wish = || world.reservation("gym-full", &day(round), "18:00", "20:00").unwrap();
            let outcomes = rush(&world, (0..PEOPLE).map(|_| wish()).collect()).await;
            assert_eq!(outcomes.len(), PEOPLE);
            assert_eq!(winners(&outcomes).len(), 1, "round {round}");
        }
        assert_eq!(count(&db, "SELECT count(*) FROM reservations").await, 20);
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 20 * 8);
        assert_eq!(orphans(&db).await, 0);
    }

    async fn the_whole_gym_and_its_halves_never_stand_together(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        for round in 0..ROUNDS {
            let rooms = ["gym-full", "gym-north", "gym-south"];
            // Overlapping times in all orders, so that sorting has something to prove.
            let times = [("18:00", "20:00"), ("18:30", "19:30"), ("19:00", "21:00")];
            let wish = |n: usize| {
                let (start, end) = times[n / 3 % 3];
                world.reservation(rooms[n % 3], &day(round), start, end).unwrap()
            };
            let outcomes = rush(&world, (0..PEOPLE).map(wish).collect()).await;
            let winners = winners(&outcomes);
            assert!(!winners.is_empty(), "round {round}: somebody must get it");
            for (n, one) in winners.iter().enumerate() {
                for other in &winners[n + 1..] {
                    let floor = world.cells(one).unwrap();
                    let others = world.cells(other).unwrap();
                    let shared = others.iter().any(|cell| floor.contains(cell));
                    assert!(!shared, "round {round}: {one:?} and {other:?}");
                }
            }
        }
        assert_eq!(orphans(&db).await, 0);
    }

    async fn of_people_who_move_to_one_slot_one_moves_and_the_others_stay(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let mut movers = JoinSet::new();
        let start = Arc::new(Barrier::new(12));
        for n in 0..12 {
            let (from, to) = (9 + n / 2 * 2, 11 + n / 2 * 2);
            let room = ["gym-north", "gym-south"][n % 2];
            let (from, to) = (format!("{from:02}:00"), format!("{to:02}:00"));
            let old = world.reservation(room, "2026-12-05", &from, &to).unwrap();
            assert_eq!(book(&world, &old).await.unwrap(), ClaimOutcome::Claimed);
            let goal = world.reservation(room, "2026-12-06", "10:00", "12:00").unwrap();
            let cells = world.cells(&goal).unwrap();
            let (world, start) = (world.clone(), Arc::clone(&start));
            movers.spawn(async move {
                start.wait().await;
                let mut tx = world.store.begin(world.municipality).await.unwrap();
                tx.lock_reservation(old.id).await.unwrap().unwrap();
                tx.unclaim(old.id).await.unwrap();
                let outcome = tx.claim(old.id, &cells).await.unwrap();
                if outcome == ClaimOutcome::Claimed {
                    tx.commit().await.unwrap();
                }
                outcome
            });
        }
        let outcomes = movers.join_all().await;
        let moved = outcomes.iter().filter(|outcome| **outcome == ClaimOutcome::Claimed);
        assert_eq!(moved.count(), 2, "one in each half");
        assert_eq!(count(&db, "SELECT count(*) FROM claims").await, 12 * 4);
        assert_eq!(orphans(&db).await, 0);
    }

    async fn a_sign_in_attempt_is_finished_once_however_often_it_is_sent(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let now = world.clock.now();
        for round in 0..ROUNDS {
            let state_hash = [u8::try_from(round).unwrap(); 32];
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            tx.insert_attempt(&attempt(state_hash, now)).await.unwrap();
            tx.commit().await.unwrap();
            let mut callbacks = JoinSet::new();
            for _ in 0..20 {
                let world = world.clone();
                callbacks.spawn(async move {
                    let mut tx = world.store.begin(world.municipality).await.unwrap();
                    let attempt = tx.consume_attempt(Realm::Resident, &state_hash, now).await.unwrap();
                    tx.commit().await.unwrap();
                    attempt.is_some()
                });
            }
            let got = callbacks.join_all().await;
            assert_eq!(got.iter().filter(|got| **got).count(), 1, "round {round}");
        }
    }

    async fn one_card_read_twice_at_once_is_one_person(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let identity = IdentityKey {
            issuer: "https://idp.example".to_owned(),
            client_id: "yoriai".to_owned(),
            subject: "twice".to_owned(),
        };
        let known = world.store.read(world.municipality).await.unwrap();
        let template = known.person(world.person).await.unwrap().unwrap();
        let mut sign_ins = JoinSet::new();
        for n in 0..20_u128 {
            let (world, identity, mut person) = (world.clone(), identity.clone(), template.clone());
            person.id = PersonId(uuid::Uuid::from_u128(n + 1));
            sign_ins.spawn(async move {
                let mut tx = world.store.begin(world.municipality).await.unwrap();
                let entered = tx.insert_person(&person, &identity).await.unwrap();
                if entered {
                    tx.commit().await.unwrap();
                }
                entered
            });
        }
        let entered = sign_ins.join_all().await;
        assert_eq!(entered.iter().filter(|entered| **entered).count(), 1);
        assert_eq!(count(&db, "SELECT count(*) FROM people").await, 2);
    }
}

fn attempt(state_hash: [u8; 32], now: chrono::DateTime<chrono::Utc>) -> AttemptRecord {
    AttemptRecord {
        state_hash,
        realm: Realm::Resident,
        purpose: AttemptPurpose::SignIn,
        browser_hash: [7; 32],
        nonce: "nonce".to_owned(),
        verifier: "verifier".to_owned(),
        return_to: "/".to_owned(),
        created_at: now,
        expires_at: now + chrono::Duration::minutes(10),
    }
}
