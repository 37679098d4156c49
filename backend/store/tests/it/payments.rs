use chrono::{DateTime, Duration, Utc};
use domain::ids::{PaymentId, ReservationId};
use domain::money::Yen;
use domain::payment::{AttemptState, Mismatch, PaymentMethod, SessionId};
use testkit::TestWorld;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::payments::IdempotencyKey;
use usecases::ports::store::{CheckoutCall, PaymentRecord, Store as _, StoreFailure};

use crate::behind::{count, refused};
use crate::booking::booked;

/// An attempt that has just begun.
pub fn payment(world: &TestWorld, reservation: ReservationId) -> PaymentRecord {
    let now = world.clock.now();
    let id = PaymentId(world.chance.id(now));
    PaymentRecord {
        id,
        reservation,
        amount: Yen::new(800),
        state: AttemptState::Creating,
        checkout: Some(CheckoutCall {
            idempotency_key: IdempotencyKey::of_payment(id).as_str().to_owned(),
            request: serde_json::json!({ "amount": 800, "lines": [{ "label": "体育館" }] }),
        }),
        revision: 1,
        created_at: now,
    }
}

/// Enters an attempt; true when it is the reservation's only live one.
pub async fn enter(world: &TestWorld, payment: &PaymentRecord) -> bool {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let entered = tx.insert_payment(payment, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    entered
}

/// Gives an attempt its next state.
pub async fn set(world: &TestWorld, id: PaymentId, revision: i32, state: &AttemptState) {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    let now = world.clock.now();
    tx.set_payment_state(id, revision, state, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Paid by the session `session`.
pub fn paid(session: &str, at: DateTime<Utc>) -> AttemptState {
    AttemptState::Paid {
        session: SessionId(session.to_owned()),
        intent: format!("pi_{session}"),
        entrusted_at: at,
        method: Some(PaymentMethod::Card),
    }
}

fn every_state(at: DateTime<Utc>) -> Vec<AttemptState> {
    let session = || SessionId("cs_1".to_owned());
    vec![
        AttemptState::Open {
            session: session(),
            url: "https://pay.example/cs_1".to_owned(),
            expires_at: at + Duration::minutes(30),
        },
        AttemptState::Expired {
            session: session(),
            at,
        },
        paid("cs_1", at),
        AttemptState::Quarantined {
            session: session(),
            at,
            why: Mismatch::Currency,
        },
        AttemptState::Failed {
            at,
            reason: "amount_too_small".to_owned(),
        },
        AttemptState::Creating,
    ]
}

testkit::on_both! {
    async fn an_attempt_comes_back_with_all_it_went_through(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let record = payment(&world, reservation.id);
        assert!(enter(&world, &record).await);
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.payment(record.id).await.unwrap(), Some(record.clone()));
        for (state, revision) in every_state(world.clock.now()).into_iter().zip(1..) {
            set(&world, record.id, revision, &state).await;
            let now_known = PaymentRecord { state, revision: revision + 1, ..record.clone() };
            assert_eq!(reading.payment(record.id).await.unwrap(), Some(now_known.clone()));
            let session = SessionId("cs_1".to_owned());
            let of_session = reading.payment_of_session(&session).await.unwrap();
            let known = now_known.state.session().is_some();
            assert_eq!(of_session, known.then_some(now_known));
        }
    }

    /// The means stands where people who look at the table can count it, and only with money.
    async fn what_it_was_paid_by_is_a_word_of_the_schema(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let record = payment(&world, reservation.id);
        assert!(enter(&world, &record).await);
        refused(&db, "UPDATE payments SET method = 'card'", "constraint").await;
        set(&world, record.id, 1, &paid("cs_1", world.clock.now())).await;
        let by_card = "SELECT count(*) FROM payments WHERE method = 'card'";
        assert_eq!(count(&db, by_card).await, 1);
        refused(&db, "UPDATE payments SET method = 'barter'", "constraint").await;
    }

    async fn a_reservation_has_one_live_attempt_and_as_many_dead_ones_as_it_takes(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let first = payment(&world, reservation.id);
        assert!(enter(&world, &first).await);
        assert!(!enter(&world, &payment(&world, reservation.id)).await, "creating");
        let states = every_state(world.clock.now());
        set(&world, first.id, 1, &states[0]).await;
        assert!(!enter(&world, &payment(&world, reservation.id)).await, "open");
        set(&world, first.id, 2, &states[1]).await;
        world.clock.advance(Duration::seconds(1));
        let second = payment(&world, reservation.id);
        assert!(enter(&world, &second).await, "expired");
        let reading = world.store.read(world.municipality).await.unwrap();
        let both: Vec<_> = reading.payments(reservation.id).await.unwrap();
        let both: Vec<_> = both.into_iter().map(|payment| payment.id).collect();
        assert_eq!(both, [first.id, second.id]);
        // Late money for the first while the second is open: both facts stand.
        set(&world, first.id, 3, &paid("cs_1", world.clock.now())).await;
    }

    async fn twenty_taps_on_pay_begin_one_attempt(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let mut taps = JoinSet::new();
        for _ in 0..20 {
            let (world, record) = (world.clone(), payment(&world, reservation.id));
            taps.spawn(async move { enter(&world, &record).await });
        }
        let begun = taps.join_all().await;
        assert_eq!(begun.iter().filter(|begun| **begun).count(), 1);
        assert_eq!(count(&db, "SELECT count(*) FROM payments").await, 1);
    }

    async fn two_attempts_cannot_share_a_session_or_a_key(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let first = payment(&world, reservation.id);
        assert!(enter(&world, &first).await);
        set(&world, first.id, 1, &paid("cs_1", world.clock.now())).await;
        let second = payment(&world, reservation.id);
        assert!(enter(&world, &second).await);
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let shared = tx.set_payment_state(second.id, 1, &paid("cs_1", now), now).await;
        assert!(matches!(shared, Err(StoreFailure::Fault(_))), "{shared:?}");
        drop(tx);
        set(&world, second.id, 1, &paid("cs_2", now)).await;
        let third = PaymentRecord {
            checkout: first.checkout,
            ..payment(&world, reservation.id)
        };
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let shared = tx.insert_payment(&third, now).await;
        assert!(matches!(shared, Err(StoreFailure::Fault(_))), "{shared:?}");
    }

    async fn news_for_an_older_revision_is_not_taken_in(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let record = payment(&world, reservation.id);
        assert!(enter(&world, &record).await);
        set(&world, record.id, 1, &paid("cs_1", world.clock.now())).await;
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let stale = tx.set_payment_state(record.id, 1, &every_state(now)[1], now).await;
        assert!(matches!(stale, Err(StoreFailure::Contended)), "{stale:?}");
    }

    async fn the_poller_asks_about_old_live_attempts_only(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let old = payment(&world, reservation.id);
        assert!(enter(&world, &old).await);
        let started = world.clock.now();
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.live_payments(started, 10).await.unwrap(), []);
        let later = started + Duration::microseconds(1);
        assert_eq!(reading.live_payments(later, 10).await.unwrap(), [old.id]);
        for (state, revision) in every_state(started).into_iter().zip(1..) {
            set(&world, old.id, revision, &state).await;
            let asked = reading.live_payments(later, 10).await.unwrap();
            let live = matches!(state, AttemptState::Creating | AttemptState::Open { .. });
            assert_eq!(asked.len(), usize::from(live), "{state:?}");
        }
    }
}
