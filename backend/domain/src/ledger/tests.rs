use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::ids::{AdjustmentId, DisputeId};

fn reservation() -> ReservationId {
    ReservationId(Uuid::from_u128(1))
}

fn payment(n: u128) -> PaymentId {
    PaymentId(Uuid::from_u128(n))
}

fn refund(n: u128) -> RefundId {
    RefundId(Uuid::from_u128(n))
}

fn balance(entries: &[Option<Entry>], account: Account) -> i64 {
    balances(entries.iter().flatten())
        .get(&account)
        .copied()
        .unwrap_or(0)
}

#[test]
fn half_a_refund_leaves_half_the_fee_and_no_debts() {
    let (fee, half) = (Yen::new(800), Yen::new(400));
    let books = [
        charge(reservation(), fee),
        pay_online(payment(1), fee),
        refund_decided(refund(1), half, Refunded::Fee),
        refund_paid(refund(1), half),
    ];
    assert_eq!(balance(&books, Account::Receivable), 0);
    assert_eq!(balance(&books, Account::RefundsPayable), 0);
    assert_eq!(balance(&books, Account::StripeClearing), 400);
    assert_eq!(balance(&books, Account::DeferredFees), -400);
}

#[test]
fn late_money_that_found_no_floor_goes_back_without_a_trace_in_the_fees() {
    let fee = Yen::new(800);
    let books = [
        charge(reservation(), fee),
        uncharge(reservation(), fee),
        pay_online(payment(1), fee),
        refund_decided(refund(1), fee, Refunded::StrayMoney),
        refund_paid(refund(1), fee),
    ];
    for (account, sum) in balances(books.iter().flatten()) {
        assert_eq!(sum, 0, "{account:?}");
    }
}

#[test]
fn a_refund_that_comes_back_is_owed_again_and_paid_in_cash() {
    let fee = Yen::new(800);
    let books = [
        charge(reservation(), fee),
        pay_online(payment(1), fee),
        refund_decided(refund(1), fee, Refunded::Fee),
        refund_paid(refund(1), fee),
        refund_bounced(refund(1), fee),
    ];
    assert_eq!(balance(&books, Account::RefundsPayable), -800);
    let mut books = books.to_vec();
    books.push(refund_paid_at_counter(refund(1), fee));
    assert_eq!(balance(&books, Account::RefundsPayable), 0);
    assert_eq!(balance(&books, Account::CounterCash), -800);
}

#[test]
fn a_refund_found_at_the_service_is_unexplained_until_somebody_decides_what_it_was() {
    // Row 21.
    let fee = Yen::new(800);
    let mut books = vec![
        charge(reservation(), fee),
        pay_online(payment(1), fee),
        refund_found(refund(1), fee),
    ];
    assert_eq!(balance(&books, Account::StripeClearing), 0);
    assert_eq!(balance(&books, Account::RefundsPayable), 800);
    books.push(refund_decided(refund(1), fee, Refunded::Fee));
    for (account, sum) in balances(books.iter().flatten()) {
        assert_eq!(sum, 0, "{account:?}");
    }
}

#[test]
fn what_a_bank_takes_back_is_owed_again_until_it_brings_it() {
    // Rows 22 and 23.
    let (fee, dispute) = (Yen::new(800), DisputeId(Uuid::from_u128(3)));
    let mut books = vec![
        charge(reservation(), fee),
        pay_online(payment(1), fee),
        dispute_withdrawn(dispute, fee),
    ];
    assert_eq!(balance(&books, Account::Receivable), 800);
    assert_eq!(balance(&books, Account::StripeClearing), 0);
    books.push(dispute_reinstated(dispute, fee));
    assert_eq!(balance(&books, Account::Receivable), 0);
    assert_eq!(balance(&books, Account::StripeClearing), 800);
}

#[test]
fn cash_is_in_the_drawer_until_it_goes_back_over_the_counter() {
    let (fee, half) = (Yen::new(800), Yen::new(400));
    let mut books = vec![charge(reservation(), fee), pay_at_counter(payment(1), fee)];
    assert_eq!(balance(&books, Account::CounterCash), 800);
    assert_eq!(balance(&books, Account::Receivable), 0);
    books.push(refund_decided(refund(1), half, Refunded::Fee));
    assert_eq!(balance(&books, Account::RefundsPayable), -400);
    assert_eq!(
        balance(&books, Account::CounterCash),
        800,
        "nobody came yet"
    );
    books.push(refund_paid_at_counter(refund(1), half));
    for (account, yen) in [
        (Account::CounterCash, 400),
        (Account::RefundsPayable, 0),
        (Account::DeferredFees, -400),
        (Account::StripeClearing, 0),
    ] {
        assert_eq!(balance(&books, account), yen, "{account:?}");
    }
}

#[test]
fn a_payment_is_booked_once_however_it_came() {
    let fee = Yen::new(800);
    let keys = [pay_online(payment(1), fee), pay_at_counter(payment(1), fee)]
        .map(|entry| entry.unwrap().cause.key());
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn nothing_is_entered_for_free_use() {
    assert_eq!(charge(reservation(), Yen::ZERO), None);
}

#[test]
fn the_evening_of_31_march_in_japan_is_the_old_fiscal_year() {
    for (date, time, year) in [
        ("2027-03-31", "23:30", 2026),
        ("2027-04-01", "00:00", 2027),
        ("2027-01-01", "00:00", 2026),
        ("2026-12-31", "23:59", 2026),
    ] {
        let date: NaiveDate = date.parse().unwrap();
        let at = civil::instant(date, time.parse().unwrap());
        assert_eq!(fiscal_year(at), year, "{date} {time}");
    }
}

proptest! {
    /// A fee, any number of part refunds, a second payment by mistake: when all is paid out, the
    /// books balance and show exactly the fee that was kept.
    #[test]
    fn books_balance_and_show_what_was_kept(
        fee in 1_u32..1_000_000,
        shares in prop::collection::vec(0_u32..400_000, 0..6),
        paid_twice: bool,
    ) {
        let mut books = vec![charge(reservation(), Yen::new(fee))];
        books.push(pay_online(payment(1), Yen::new(fee)));
        let mut kept = fee;
        for (n, share) in (10_u128..).zip(shares) {
            let share = share.min(kept);
            kept -= share;
            books.push(refund_decided(refund(n), Yen::new(share), Refunded::Fee));
            books.push(refund_paid(refund(n), Yen::new(share)));
        }
        if paid_twice {
            books.push(pay_online(payment(2), Yen::new(fee)));
            books.push(refund_decided(refund(2), Yen::new(fee), Refunded::StrayMoney));
            books.push(refund_paid(refund(2), Yen::new(fee)));
        }
        prop_assert_eq!(balances(books.iter().flatten()).values().sum::<i64>(), 0);
        prop_assert_eq!(balance(&books, Account::Receivable), 0);
        prop_assert_eq!(balance(&books, Account::RefundsPayable), 0);
        prop_assert_eq!(balance(&books, Account::StripeClearing), i64::from(kept));
        prop_assert_eq!(balance(&books, Account::DeferredFees), -i64::from(kept));
        let keys: Vec<_> = books.iter().flatten().map(|entry| entry.cause.key()).collect();
        let unique: std::collections::BTreeSet<_> = keys.iter().collect();
        prop_assert_eq!(keys.len(), unique.len());
    }
}

#[test]
fn a_charge_that_a_decision_changes_is_what_is_taken_back() {
    let (whole, half) = (Yen::new(800), Yen::new(400));
    for (before, after) in [(whole, half), (half, whole), (whole, whole)] {
        let books = [
            charge(reservation(), before),
            adjust(AdjustmentId(Uuid::from_u128(1)), before, after),
            uncharge(reservation(), after),
        ];
        for (account, sum) in balances(books.iter().flatten()) {
            assert_eq!(sum, 0, "{account:?} {before} {after}");
        }
    }
}
