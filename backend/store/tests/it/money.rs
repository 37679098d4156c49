//! Refunds, the ledger and receipts.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::ledger::{self, Refunded};
use domain::money::Yen;
use domain::payment::RefundState;
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::payments::IdempotencyKey;
use usecases::ports::store::{RefundRecord, Store as _, StoreFailure};

use crate::behind::count;
use crate::booking::booked;
use crate::payments::{enter, paid, payment, set};

/// A payment of a reservation that came in.
pub async fn paid_for(world: &TestWorld, reservation: ReservationId, session: &str) -> PaymentId {
    let record = payment(world, reservation);
    assert!(enter(world, &record).await);
    set(world, record.id, 1, &paid(session, world.clock.now())).await;
    record.id
}

/// A refund of half of it that was just decided.
pub fn refund(world: &TestWorld, payment: PaymentId, reservation: ReservationId) -> RefundRecord {
    let now = world.clock.now();
    let id = RefundId(world.chance.id(now));
    RefundRecord {
        id,
        payment,
        reservation,
        amount: Yen::new(400),
        state: RefundState::Requested { at: now },
        reason: "cancelled".to_owned(),
        idempotency_key: Some(IdempotencyKey::of_refund(id).as_str().to_owned()),
        revision: 1,
        created_at: now,
    }
}

/// Enters a refund.
pub async fn ask_for(world: &TestWorld, refund: &RefundRecord) {
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.insert_refund(refund, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

fn every_state(at: DateTime<Utc>) -> Vec<RefundState> {
    let provider_id = || "re_1".to_owned();
    vec![
        RefundState::Pending {
            provider_id: provider_id(),
            at,
            needs_payer: true,
        },
        RefundState::Done {
            provider_id: provider_id(),
            at,
        },
        RefundState::Failed {
            provider_id: Some(provider_id()),
            at,
            reason: "expired_or_canceled_card".to_owned(),
        },
    ]
}

testkit::on_both! {
    async fn a_refund_comes_back_with_all_it_went_through(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let payment = paid_for(&world, reservation.id, "cs_1").await;
        let record = refund(&world, payment, reservation.id);
        ask_for(&world, &record).await;
        let now = world.clock.now();
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.refund(record.id).await.unwrap(), Some(record.clone()));
        assert_eq!(reading.refund_of_provider("re_1").await.unwrap(), None);
        let later = now + Duration::microseconds(1);
        assert_eq!(reading.live_refunds(now, 10).await.unwrap(), []);
        assert_eq!(reading.live_refunds(later, 10).await.unwrap(), [record.id]);
        for (state, revision) in every_state(now).into_iter().zip(1..) {
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            tx.set_refund_state(record.id, revision, &state, now).await.unwrap();
            let stale = tx.set_refund_state(record.id, revision, &state, now).await;
            assert!(matches!(stale, Err(StoreFailure::Contended)), "{stale:?}");
            tx.commit().await.unwrap();
            let under_way = state.is_under_way();
            let known = RefundRecord { state, revision: revision + 1, ..record.clone() };
            assert_eq!(reading.refund_of_provider("re_1").await.unwrap(), Some(known.clone()));
            assert_eq!(reading.refunds(reservation.id).await.unwrap(), [known]);
            let asked = reading.live_refunds(later, 10).await.unwrap();
            assert_eq!(asked.len(), usize::from(under_way));
            let failed = reading.failed_refunds(10).await.unwrap();
            assert_eq!(failed.len(), usize::from(revision == 3), "{failed:?}");
        }
        let failed = reading.failed_refunds(10).await.unwrap();
        assert_eq!(failed.iter().map(|refund| refund.id).collect::<Vec<_>>(), [record.id]);
        assert_eq!(reading.failed_refunds(0).await.unwrap(), []);
    }

    async fn each_cause_is_booked_once_and_read_in_order(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let payment = paid_for(&world, reservation.id, "cs_1").await;
        let back = refund(&world, payment, reservation.id);
        ask_for(&world, &back).await;
        let (fee, half) = (Yen::new(800), Yen::new(400));
        let story: Vec<_> = [
            ledger::charge(reservation.id, fee),
            ledger::pay_online(payment, fee),
            ledger::refund_decided(back.id, half, Refunded::Fee),
            ledger::refund_paid(back.id, half),
            ledger::refund_bounced(back.id, half),
            ledger::refund_paid_at_counter(back.id, half),
            ledger::uncharge(reservation.id, fee),
            ledger::charge_again(payment, fee),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        for entry in &story {
            world.clock.advance(Duration::microseconds(1));
            let now = world.clock.now();
            let id = world.chance.id(now);
            assert!(tx.book_entry(id, reservation.id, entry, now).await.unwrap());
            let again = world.chance.id(now);
            assert!(!tx.book_entry(again, reservation.id, entry, now).await.unwrap());
        }
        assert_eq!(tx.entries(reservation.id).await.unwrap(), story);
        tx.commit().await.unwrap();
        let year = "SELECT count(*) FROM ledger_entries WHERE fiscal_year = 2026";
        assert_eq!(count(&db, year).await, 8);
    }

    async fn money_that_is_not_there_is_not_booked(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let now = world.clock.now();
        let nobody = PaymentId(world.chance.id(now));
        let entry = ledger::pay_online(nobody, Yen::new(800)).unwrap();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let booked = tx.book_entry(world.chance.id(now), reservation.id, &entry, now).await;
        assert!(matches!(booked, Err(StoreFailure::Fault(_))), "{booked:?}");
    }

    async fn receipts_are_numbered_without_gaps_however_many_come_at_once(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let mut payments = Vec::new();
        for n in 0..20 {
            payments.push(paid_for(&world, reservation.id, &format!("cs_{n}")).await);
        }
        let start = Arc::new(Barrier::new(payments.len()));
        let mut desks = JoinSet::new();
        for (n, payment) in payments.into_iter().enumerate() {
            let (world, start) = (world.clone(), Arc::clone(&start));
            desks.spawn(async move {
                start.wait().await;
                let mut tx = world.store.begin(world.municipality).await.unwrap();
                let receipt = tx.number_receipt(payment, world.clock.now()).await.unwrap();
                // Every third changes its mind: its number must not be missing afterwards.
                if n % 3 != 0 {
                    tx.commit().await.unwrap();
                }
                (payment, receipt.number)
            });
        }
        let drawn = desks.join_all().await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let mut numbers = Vec::new();
        for (payment, number) in drawn {
            if let Some(receipt) = reading.receipt(payment).await.unwrap() {
                assert_eq!((receipt.payment, receipt.number), (payment, number));
                numbers.push(number);
                let mut tx = world.store.begin(world.municipality).await.unwrap();
                let again = tx.number_receipt(payment, world.clock.now()).await.unwrap();
                assert_eq!(again, receipt);
            }
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=13).collect::<Vec<_>>());
    }

    async fn each_town_numbers_its_own_receipts(db: TestStore) {
        for world in [
            TestWorld::new(&db).await.unwrap(),
            TestWorld::neighbour(&db, "999993", "tonari").await.unwrap(),
        ] {
            let reservation = booked(&world).await;
            let payment = paid_for(&world, reservation.id, "cs_1").await;
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            let receipt = tx.number_receipt(payment, world.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(receipt.number, 1);
        }
    }
}
