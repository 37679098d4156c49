//! The entries each event makes. Nothing is entered for 0 円.

use super::{Account, Cause, Entry, Transfer};
use crate::ids::{AdjustmentId, DisputeId, PaymentId, RefundId, ReservationId};
use crate::money::Yen;

fn entry(debit: Account, credit: Account, amount: Yen, cause: Cause) -> Option<Entry> {
    (!amount.is_zero()).then_some(Entry {
        debit,
        credit,
        amount,
        cause,
    })
}

/// The fee of a reservation is charged (調定).
#[must_use]
pub fn charge(reservation: ReservationId, fee: Yen) -> Option<Entry> {
    let cause = Cause::Charged(reservation);
    entry(Account::Receivable, Account::DeferredFees, fee, cause)
}

/// An unpaid charge is taken back: the reservation lapsed or was cancelled (変更調定).
#[must_use]
pub fn uncharge(reservation: ReservationId, fee: Yen) -> Option<Entry> {
    let cause = Cause::Uncharged(reservation);
    entry(Account::DeferredFees, Account::Receivable, fee, cause)
}

/// What was charged is changed by a later decision (変更調定): a reduction lowers it, the tariff of a
/// later day may raise it.
#[must_use]
pub fn adjust(adjustment: AdjustmentId, before: Yen, after: Yen) -> Option<Entry> {
    let cause = Cause::Adjusted(adjustment);
    let by = Yen::new(before.get().abs_diff(after.get()));
    if after < before {
        entry(Account::DeferredFees, Account::Receivable, by, cause)
    } else {
        entry(Account::Receivable, Account::DeferredFees, by, cause)
    }
}

/// The fee is charged again: late money re-books a lapsed reservation (payments.md §3 row 11).
#[must_use]
pub fn charge_again(payment: PaymentId, fee: Yen) -> Option<Entry> {
    let cause = Cause::ChargedAgain(payment);
    entry(Account::Receivable, Account::DeferredFees, fee, cause)
}

/// Money came through the payment service (収納). Money for nothing that is owed makes the
/// receivable negative until it is refunded: [`refund_decided`] from [`Account::Receivable`].
#[must_use]
pub fn pay_online(payment: PaymentId, amount: Yen) -> Option<Entry> {
    let cause = Cause::Paid(payment);
    entry(Account::StripeClearing, Account::Receivable, amount, cause)
}

/// Cash came at the counter (収納).
#[must_use]
pub fn pay_at_counter(payment: PaymentId, amount: Yen) -> Option<Entry> {
    let cause = Cause::Paid(payment);
    entry(Account::CounterCash, Account::Receivable, amount, cause)
}

/// A refund is decided (還付決定): of a fee, or of money for which no fee was owed.
#[must_use]
pub fn refund_decided(refund: RefundId, amount: Yen, of: Refunded) -> Option<Entry> {
    let from = match of {
        Refunded::Fee => Account::DeferredFees,
        Refunded::StrayMoney => Account::Receivable,
    };
    let cause = Cause::RefundDecided(refund);
    entry(from, Account::RefundsPayable, amount, cause)
}

/// What a refund gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refunded {
    /// A fee, or a part of it, of a reservation that was given up.
    Fee,
    /// Money that nothing was owed for: too late, or twice (rows 11 and 12).
    StrayMoney,
}

/// A refund is paid out through the payment service (還付).
#[must_use]
pub fn refund_paid(refund: RefundId, amount: Yen) -> Option<Entry> {
    let cause = Cause::RefundPaid(refund);
    entry(
        Account::RefundsPayable,
        Account::StripeClearing,
        amount,
        cause,
    )
}

/// A refund that had been paid out came back (row 20): the town owes it again.
#[must_use]
pub fn refund_bounced(refund: RefundId, amount: Yen) -> Option<Entry> {
    let cause = Cause::RefundBounced(refund);
    entry(
        Account::StripeClearing,
        Account::RefundsPayable,
        amount,
        cause,
    )
}

/// A refund is paid out in cash (窓口還付).
#[must_use]
pub fn refund_paid_at_counter(refund: RefundId, amount: Yen) -> Option<Entry> {
    let cause = Cause::RefundPaidAtCounter(refund);
    entry(Account::RefundsPayable, Account::CounterCash, amount, cause)
}

/// A refund is sent to a bank account (口座振込).
#[must_use]
pub fn refund_transferred(transfer: Transfer, amount: Yen) -> Option<Entry> {
    let cause = Cause::RefundTransferred(transfer);
    entry(Account::RefundsPayable, Account::Bank, amount, cause)
}

/// The bank sent a refund back (振込不能): the town owes it again.
#[must_use]
pub fn transfer_sent_back(transfer: Transfer, amount: Yen) -> Option<Entry> {
    let cause = Cause::TransferSentBack(transfer);
    entry(Account::Bank, Account::RefundsPayable, amount, cause)
}

/// A refund is found that was made at the service's own screens (row 21). Until staff decide what it
/// gave back, by [`refund_decided`], the residents owe it: [`Account::RefundsPayable`] is in debit.
#[must_use]
pub fn refund_found(refund: RefundId, amount: Yen) -> Option<Entry> {
    let cause = Cause::RefundFound(refund);
    entry(
        Account::RefundsPayable,
        Account::StripeClearing,
        amount,
        cause,
    )
}

/// The payer's bank took the money back (row 23): the fee is owed again.
#[must_use]
pub fn dispute_withdrawn(dispute: DisputeId, amount: Yen) -> Option<Entry> {
    let cause = Cause::DisputeWithdrawn(dispute);
    entry(Account::Receivable, Account::StripeClearing, amount, cause)
}

/// The payer's bank brought the money again (row 23).
#[must_use]
pub fn dispute_reinstated(dispute: DisputeId, amount: Yen) -> Option<Entry> {
    let cause = Cause::DisputeReinstated(dispute);
    entry(Account::StripeClearing, Account::Receivable, amount, cause)
}
