//! Cash that came over the counter: the resident's own screens and the worker know what it is.

use contract::{PayState, RefundState, Resident as _};
use domain::ids::{PaymentId, ReservationId};
use domain::ledger::{self, Account, balances};
use domain::money::Yen;
use domain::payment::{AttemptState, RefundState as Stored};
use standin::stripe::Operation;
use usecases::ports::chance::Chance as _;
use usecases::ports::store::PaymentRecord;

use crate::bench::Bench;
use crate::bench::wishes::code;

/// A clerk takes the fee in cash.
pub async fn take_cash(bench: &Bench, id: ReservationId) -> Yen {
    let (now, chance) = (bench.now(), &bench.world().chance);
    let mut tx = bench
        .store()
        .begin(bench.world().municipality)
        .await
        .unwrap();
    let record = tx.lock_reservation(id).await.unwrap().unwrap();
    let fee = record.quote.total_yen;
    let state = record.state.confirm_paid(now).unwrap();
    tx.set_state(id, record.revision, &state, now)
        .await
        .unwrap();
    let payment = PaymentRecord {
        id: PaymentId(chance.id(now)),
        reservation: id,
        amount: fee,
        state: AttemptState::paid_in_cash(now),
        checkout: None,
        revision: 1,
        created_at: now,
    };
    assert!(tx.insert_payment(&payment, now).await.unwrap());
    let story = [
        ledger::charge(id, fee),
        ledger::pay_at_counter(payment.id, fee),
    ];
    for entry in story.into_iter().flatten() {
        let booked = tx.book_entry(chance.id(now), id, &entry, now).await;
        assert!(booked.unwrap());
    }
    tx.number_receipt(payment.id, now).await.unwrap();
    tx.commit().await.unwrap();
    fee
}

testkit::on_both! {
    async fn what_was_paid_in_cash_is_shown_as_that_and_cannot_be_paid_again(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        take_cash(&bench, id).await;
        let PayState::Paid { at, method } = bench.view(id).await.money.payment else {
            panic!("it is paid");
        };
        assert_eq!((at, method.as_str()), (bench.now(), "現金"));
        assert_eq!(code(bench.press_pay(id).await), "reservation.state");
        bench.work().await;
        bench.rounds().await;
        assert!(bench.calls_at_stripe(Operation::SessionCreate).is_empty());
        let receipt = bench.desk().receipt(&bench.call(), id).await.unwrap();
        assert!(!receipt.bytes.is_empty());
    }

    async fn whoever_paid_in_cash_and_cancels_comes_for_it_and_nobody_sends_it(db: TestStore) {
        let bench = Bench::new(&db).await;
        let id = bench.book(&bench.gym()).await.unwrap();
        let fee = take_cash(&bench, id).await;
        bench.press_cancel(id).await.unwrap();
        bench.work().await;
        bench.rounds().await;
        let refunds = bench.refunds(id).await;
        assert_eq!(refunds.len(), 1);
        assert!(matches!(refunds[0].state, Stored::DueInCash { .. }), "{refunds:?}");
        assert_eq!((refunds[0].amount, &refunds[0].idempotency_key), (fee, &None));
        assert!(bench.calls_at_stripe(Operation::RefundCreate).is_empty());
        let shown = bench.view(id).await.money.refunds;
        assert_eq!(shown, [(fee, RefundState::Pending)]);
        let reading = bench.store().read(bench.world().municipality).await.unwrap();
        let record = reading.reservation(id).await.unwrap().unwrap();
        assert_eq!(reading.refunds_to_pay_out(record.facility, 10).await.unwrap(), refunds);
        let sums = balances(&reading.entries(id).await.unwrap());
        assert_eq!(sums[&Account::CounterCash], fee.as_i64());
        assert_eq!(sums[&Account::RefundsPayable], -fee.as_i64());
        bench.assert_sound().await;
    }
}
