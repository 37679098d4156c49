use chrono::{DateTime, Duration, Utc};
use domain::reservation::{CancelledBy, ReleaseReason, ReservationState, StateName};
use testkit::TestWorld;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{InsertOutcome, ReservationRecord, Store as _, StoreFailure};

use crate::behind::count;
use crate::booking::booked;

/// Enters a reservation without any floor, where floor is not the point.
async fn enter(world: &TestWorld, record: &ReservationRecord) -> InsertOutcome {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let outcome = tx.insert_reservation(record).await.unwrap();
    tx.commit().await.unwrap();
    outcome
}

async fn stored(world: &TestWorld, record: &ReservationRecord) -> ReservationRecord {
    let reading = world.store.read(world.municipality).await.unwrap();
    reading.reservation(record.id).await.unwrap().unwrap()
}

fn every_state(at: DateTime<Utc>) -> Vec<ReservationState> {
    vec![
        ReservationState::hold(at, 10).extend(at).unwrap(),
        ReservationState::AwaitingReview { since: at },
        ReservationState::AwaitingPayment {
            due: at + Duration::days(7),
        },
        ReservationState::Confirmed { at },
        ReservationState::CheckedIn {
            at,
            confirmed_at: at,
        },
        ReservationState::Completed {
            at,
            confirmed_at: at,
            checked_in_at: Some(at),
        },
        ReservationState::NoShow {
            at,
            confirmed_at: at,
        },
        ReservationState::Released {
            at,
            why: ReleaseReason::PaymentLapsed,
        },
        ReservationState::Cancelled {
            at,
            by: CancelledBy::Facility,
            reason: "避難所として開設するため".to_owned(),
        },
        ReservationState::Refused {
            at,
            reason: "規則第4条による".to_owned(),
        },
    ]
}

testkit::on_both! {
    async fn a_reservation_comes_back_as_it_was_entered(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        world.clock.advance(Duration::microseconds(123_456));
        let mut record = world.reservation("gym-full", "2026-11-28", "18:00", "24:00").unwrap();
        record.note_sealed = Some(vec![0, 159, 146, 150]);
        record.particulars.room_name = "体育館（全面）𠮷野 🏀".to_owned();
        assert_eq!(enter(&world, &record).await, InsertOutcome::Inserted);
        assert_eq!(stored(&world, &record).await, record);
        let reading = world.store.read(world.municipality).await.unwrap();
        let by_submission = reading.by_submission(world.person, record.submission).await.unwrap();
        assert_eq!(by_submission, Some(record));
    }

    async fn every_state_comes_back_with_its_facts(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = world.reservation("gym-full", "2026-11-28", "18:00", "20:00").unwrap();
        let _inserted = enter(&world, &record).await;
        let at = world.clock.now() + Duration::microseconds(1);
        for (state, revision) in every_state(at).into_iter().zip(1..) {
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            let locked = tx.lock_reservation(record.id).await.unwrap().unwrap();
            assert_eq!(locked.revision, revision);
            tx.set_state(record.id, revision, &state, at).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(stored(&world, &record).await.state, state);
        }
    }

    async fn a_stale_writer_changes_nothing(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let now = world.clock.now();
        let confirmed = ReservationState::Confirmed { at: now };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        tx.set_state(record.id, 1, &confirmed, now).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let inside = ReservationState::CheckedIn { at: now, confirmed_at: now };
        let stale = tx.set_state(record.id, 1, &inside, now).await;
        assert!(matches!(stale, Err(StoreFailure::Contended)), "{stale:?}");
        drop(tx);
        assert_eq!(stored(&world, &record).await.state, confirmed);
    }

    async fn writers_who_lock_wait_for_each_other(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let record = booked(&world).await;
        let mut writers = JoinSet::new();
        for n in 1..=20 {
            let (world, id) = (world.clone(), record.id);
            writers.spawn(async move {
                let now = world.clock.now() + Duration::minutes(n);
                let mut tx = world.store.begin(world.municipality).await.unwrap();
                let locked = tx.lock_reservation(id).await.unwrap().unwrap();
                let state = ReservationState::Confirmed { at: now };
                tx.set_state(id, locked.revision, &state, now).await.unwrap();
                tx.commit().await.unwrap();
            });
        }
        writers.join_all().await;
        assert_eq!(stored(&world, &record).await.revision, 21);
    }

    async fn a_number_or_submission_in_use_says_which(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = booked(&world).await;
        let another = || world.reservation("hall-room", "2026-12-01", "09:00", "12:00").unwrap();
        let mut namesake = another();
        namesake.number = first.number.clone();
        assert_eq!(enter(&world, &namesake).await, InsertOutcome::NumberTaken);
        let mut again = another();
        again.submission = first.submission;
        assert_eq!(enter(&world, &again).await, InsertOutcome::SubmissionKnown);
        // Both at once is the same form sent twice.
        again.number = first.number.clone();
        assert_eq!(enter(&world, &again).await, InsertOutcome::SubmissionKnown);
        // The key is the person's own: somebody else may have drawn the same.
        again.number = "12345678".to_owned();
        again.person = world.another_person("another").await.unwrap();
        assert_eq!(enter(&world, &again).await, InsertOutcome::Inserted);
        assert_eq!(count(&db, "SELECT count(*) FROM reservations").await, 2);
    }

    async fn the_same_form_sent_twenty_times_at_once_is_one_reservation(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let form = world.chance.id(world.clock.now());
        let mut submits = JoinSet::new();
        for _ in 0..20 {
            let mut record = world.reservation("gym-full", "2026-11-28", "18:00", "20:00").unwrap();
            record.submission = form;
            let world = world.clone();
            submits.spawn(async move { enter(&world, &record).await });
        }
        let outcomes = submits.join_all().await;
        let inserted = outcomes.iter().filter(|outcome| **outcome == InsertOutcome::Inserted);
        assert_eq!(inserted.count(), 1);
        let known = outcomes.iter().filter(|outcome| **outcome == InsertOutcome::SubmissionKnown);
        assert_eq!(known.count(), 19);
    }

    async fn ones_own_reservations_come_latest_first(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let another = world.another_person("another").await.unwrap();
        let mut numbers = Vec::new();
        for day in ["2026-12-02", "2026-12-03", "2026-12-01"] {
            let record = world.reservation("gym-full", day, "18:00", "20:00").unwrap();
            let _inserted = enter(&world, &record).await;
            numbers.push(record.number);
        }
        let mut other = world.reservation("gym-full", "2026-12-04", "18:00", "20:00").unwrap();
        other.person = another;
        let _inserted = enter(&world, &other).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let mine = reading.reservations_of(world.person, 2).await.unwrap();
        let mine: Vec<_> = mine.into_iter().map(|record| record.number).collect();
        assert_eq!(mine, [numbers[1].clone(), numbers[0].clone()]);
    }

    async fn what_has_lapsed_is_found_at_its_minute_and_oldest_first(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let start = world.clock.now();
        let mut records = Vec::new();
        for (minutes, day) in [(20, "2026-12-01"), (10, "2026-12-02"), (30, "2026-12-03")] {
            let mut record = world.reservation("gym-full", day, "18:00", "20:00").unwrap();
            record.state = ReservationState::hold(start, minutes);
            let _inserted = enter(&world, &record).await;
            records.push(record);
        }
        let mut standing = world.reservation("gym-full", "2026-12-04", "18:00", "20:00").unwrap();
        standing.state = ReservationState::Confirmed { at: start };
        let _inserted = enter(&world, &standing).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let at = |minutes| start + Duration::minutes(minutes);
        let held = StateName::Held;
        assert_eq!(reading.lapsed(held, at(9), 10).await.unwrap(), []);
        assert_eq!(reading.lapsed(held, at(20), 10).await.unwrap(), [records[1].id, records[0].id]);
        assert_eq!(reading.lapsed(held, at(60), 1).await.unwrap(), [records[1].id]);
        let unpaid = StateName::AwaitingPayment;
        assert_eq!(reading.lapsed(unpaid, at(60), 10).await.unwrap(), []);
    }
}
