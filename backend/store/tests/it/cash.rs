//! Payments and refunds in cash.

use std::sync::Arc;

use chrono::Duration;
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::ledger::{self, Account, Refunded, balances};
use domain::money::Yen;
use domain::payment::{AttemptState, RefundState};
use domain::reservation::ReservationState;
use testkit::TestWorld;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usecases::ports::chance::{Chance as _, Clock as _};
use usecases::ports::store::{
    ClaimOutcome, PaymentRecord, RefundRecord, Store as _, StoreFailure, Stored,
};

use crate::behind::count;
use crate::booking::{book, booked};
use crate::money::{ask_for, paid_for, refund};
use crate::payments::{enter, paid, payment, set};

/// A payment in cash that is just being taken.
pub fn cash(world: &TestWorld, reservation: ReservationId) -> PaymentRecord {
    PaymentRecord {
        state: AttemptState::paid_in_cash(world.clock.now()),
        checkout: None,
        ..payment(world, reservation)
    }
}

/// A refund of half of it, that somebody has to come for.
pub fn due_in_cash(world: &TestWorld, payment: PaymentId, of: ReservationId) -> RefundRecord {
    RefundRecord {
        state: RefundState::DueInCash {
            at: world.clock.now(),
        },
        idempotency_key: None,
        ..refund(world, payment, of)
    }
}

/// Gives a refund its next state.
pub async fn move_refund(world: &TestWorld, id: RefundId, revision: i32, state: &RefundState) {
    let now = world.clock.now();
    let mut tx = world.store.begin(world.municipality).await.unwrap();
    tx.set_refund_state(id, revision, state, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Takes cash as a use case does: the reservation is locked, looked at, confirmed and paid. True
/// when it was this clerk who took it.
async fn take(world: &TestWorld, reservation: ReservationId) -> Stored<bool> {
    let now = world.clock.now();
    let mut tx = world.store.begin(world.municipality).await?;
    let record = tx.lock_reservation(reservation).await?.unwrap();
    let Ok(confirmed) = record.state.clone().confirm_paid(now) else {
        return Ok(false);
    };
    let payment = cash(world, reservation);
    assert!(tx.insert_payment(&payment, now).await?);
    tx.set_state(reservation, record.revision, &confirmed, now)
        .await?;
    let came = ledger::pay_at_counter(payment.id, payment.amount).unwrap();
    assert!(
        tx.book_entry(world.chance.id(now), reservation, &came, now)
            .await?
    );
    tx.number_receipt(payment.id, now).await?;
    tx.commit().await?;
    Ok(true)
}

testkit::on_both! {
    async fn cash_comes_back_as_it_was_taken_and_nobody_is_asked_about_it(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let record = cash(&world, reservation.id);
        assert!(enter(&world, &record).await);
        let reading = world.store.read(world.municipality).await.unwrap();
        assert_eq!(reading.payment(record.id).await.unwrap(), Some(record.clone()));
        assert_eq!(reading.payments(reservation.id).await.unwrap(), [record]);
        let later = world.clock.now() + Duration::seconds(1);
        assert_eq!(reading.live_payments(later, 10).await.unwrap(), []);
        let settled = "SELECT count(*) FROM payments WHERE means = 'cash' AND method IS NULL
            AND settled_at = entrusted_at AND session_id IS NULL AND request IS NULL";
        assert_eq!(count(&db, settled).await, 1);
    }

    async fn ten_clerks_who_take_cash_for_one_reservation_make_one_payment(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        // Another process.
        let elsewhere = store::Database::connect(db.url(), 10).await.unwrap();
        let reservation = booked(&world).await;
        let start = Arc::new(Barrier::new(10));
        let mut clerks = JoinSet::new();
        for n in 0..10 {
            let (mut world, start) = (world.clone(), Arc::clone(&start));
            if n % 2 == 0 {
                world.store = elsewhere.clone();
            }
            clerks.spawn(async move {
                start.wait().await;
                take(&world, reservation.id).await.unwrap()
            });
        }
        let took = clerks.join_all().await;
        assert_eq!(took.iter().filter(|took| **took).count(), 1);
        assert_eq!(count(&db, "SELECT count(*) FROM payments").await, 1);
        assert_eq!(count(&db, "SELECT count(*) FROM receipts").await, 1);
        let reading = world.store.read(world.municipality).await.unwrap();
        let entries = reading.entries(reservation.id).await.unwrap();
        assert_eq!(balances(&entries)[&Account::CounterCash], 800);
        let record = reading.reservation(reservation.id).await.unwrap().unwrap();
        assert!(matches!(record.state, ReservationState::Confirmed { .. }));
        elsewhere.close().await.unwrap();
    }

    async fn not_even_clerks_who_lock_nothing_are_paid_twice(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let start = Arc::new(Barrier::new(20));
        let mut clerks = JoinSet::new();
        for _ in 0..20 {
            let (world, start) = (world.clone(), Arc::clone(&start));
            let record = cash(&world, reservation.id);
            clerks.spawn(async move {
                start.wait().await;
                enter(&world, &record).await
            });
        }
        let entered = clerks.join_all().await;
        assert_eq!(entered.iter().filter(|entered| **entered).count(), 1);
        assert_eq!(count(&db, "SELECT count(*) FROM payments").await, 1);
    }

    async fn cash_and_a_page_that_was_paid_late_stand_side_by_side(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let page = payment(&world, reservation.id);
        assert!(enter(&world, &page).await);
        assert!(enter(&world, &cash(&world, reservation.id)).await);
        set(&world, page.id, 1, &paid("cs_1", world.clock.now())).await;
        assert_eq!(count(&db, "SELECT count(*) FROM payments WHERE state = 'paid'").await, 2);
    }

    async fn a_page_never_becomes_cash(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let page = payment(&world, reservation.id);
        assert!(enter(&world, &page).await);
        let now = world.clock.now();
        let mut tx = world.store.begin(world.municipality).await.unwrap();
        let state = AttemptState::paid_in_cash(now);
        let became = tx.set_payment_state(page.id, 1, &state, now).await;
        assert!(matches!(became, Err(StoreFailure::Fault(_))), "{became:?}");
    }

    async fn a_refund_of_cash_waits_at_the_counter_until_somebody_comes(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        let back = due_in_cash(&world, taken.id, reservation.id);
        ask_for(&world, &back).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let later = world.clock.now() + Duration::seconds(1);
        assert_eq!(reading.live_refunds(later, 10).await.unwrap(), [], "nobody to ask");
        assert_eq!(reading.failed_refunds(10).await.unwrap(), []);
        let waiting = reading.refunds_to_pay_out(reservation.facility, 10).await.unwrap();
        assert_eq!(waiting, std::slice::from_ref(&back));
        let left = Yen::new(400);
        let out = back.state.pay_in_cash(back.amount, left, later).unwrap();
        move_refund(&world, back.id, 1, &out).await;
        assert_eq!(reading.refunds_to_pay_out(reservation.facility, 10).await.unwrap(), []);
        let known = reading.refund(back.id).await.unwrap().unwrap();
        assert_eq!((known.state, known.idempotency_key), (out, None));
    }

    async fn what_the_service_could_not_bring_waits_there_too_the_oldest_first(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let first = booked(&world).await;
        let payment = paid_for(&world, first.id, "cs_1").await;
        let bounced = refund(&world, payment, first.id);
        ask_for(&world, &bounced).await;
        let failed = RefundState::Failed {
            provider_id: Some("re_1".to_owned()),
            at: world.clock.now(),
            reason: "expired_or_canceled_card".to_owned(),
        };
        move_refund(&world, bounced.id, 1, &failed).await;
        world.clock.advance(Duration::seconds(1));
        let second = world.reservation("gym-full", "2026-12-01", "09:00", "12:00").unwrap();
        assert_eq!(book(&world, &second).await.unwrap(), ClaimOutcome::Claimed);
        let taken = cash(&world, second.id);
        assert!(enter(&world, &taken).await);
        let due = due_in_cash(&world, taken.id, second.id);
        ask_for(&world, &due).await;
        let reading = world.store.read(world.municipality).await.unwrap();
        let waiting: Vec<_> = reading.refunds_to_pay_out(first.facility, 10).await.unwrap();
        let waiting: Vec<_> = waiting.into_iter().map(|refund| refund.id).collect();
        assert_eq!(waiting, [bounced.id, due.id]);
        let hall = world.town.facilities[&"hall".parse().unwrap()];
        assert_eq!(reading.refunds_to_pay_out(hall, 10).await.unwrap(), [], "another counter's");
        assert_eq!(reading.refunds_to_pay_out(first.facility, 1).await.unwrap().len(), 1);

        let out = failed.pay_in_cash(bounced.amount, Yen::new(800), world.clock.now()).unwrap();
        move_refund(&world, bounced.id, 2, &out).await;
        assert_eq!(reading.failed_refunds(10).await.unwrap(), []);
        // A late notice about it still finds it.
        let known = reading.refund_of_provider("re_1").await.unwrap().unwrap();
        assert_eq!((known.id, known.state), (bounced.id, out));
    }

    async fn the_books_of_cash_are_read_back_as_they_were_written(db: TestStore) {
        let world = TestWorld::new(&db).await.unwrap();
        let reservation = booked(&world).await;
        let taken = cash(&world, reservation.id);
        assert!(enter(&world, &taken).await);
        let back = due_in_cash(&world, taken.id, reservation.id);
        ask_for(&world, &back).await;
        let (fee, half) = (taken.amount, back.amount);
        let story: Vec<_> = [
            ledger::charge(reservation.id, fee),
            ledger::pay_at_counter(taken.id, fee),
            ledger::refund_decided(back.id, half, Refunded::Fee),
            ledger::refund_paid_at_counter(back.id, half),
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
        }
        tx.commit().await.unwrap();
        let reading = world.store.read(world.municipality).await.unwrap();
        let entries = reading.entries(reservation.id).await.unwrap();
        assert_eq!(entries, story);
        let sums = balances(&entries);
        assert_eq!(sums[&Account::CounterCash], 400);
        assert_eq!(sums[&Account::RefundsPayable], 0);
    }
}
