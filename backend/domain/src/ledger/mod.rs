//! The ledger (帳簿): append-only double entry for 調定・収納・還付.
//!
//! One entry has one debit and one credit account, so no entry can be out of balance; what must be
//! kept is that every cause is entered once, and [`Cause::key`] is the database's unique key for
//! that. Nothing is ever changed: a mistake is reversed by another entry.

mod entries;

#[cfg(test)]
mod tests;

pub use entries::{
    Refunded, adjust, charge, charge_again, dispute_reinstated, dispute_withdrawn, pay_at_counter,
    pay_online, refund_bounced, refund_decided, refund_found, refund_paid, refund_paid_at_counter,
    refund_transferred, transfer_sent_back, uncharge,
};

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use crate::civil;
use crate::ids::{AdjustmentId, DisputeId, PaymentId, RefundId, ReservationId, TransferOrderId};
use crate::money::Yen;

/// An account (勘定).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// What residents owe (未収使用料).
    Receivable,
    /// What the payment service holds for the town (決済会社への債権).
    StripeClearing,
    /// Cash in the counter's drawers (窓口現金).
    CounterCash,
    /// The town's account at its bank (指定金融機関の口座).
    Bank,
    /// Fees charged (使用料; 前受分を含む).
    DeferredFees,
    /// What the town owes residents (未払還付金).
    RefundsPayable,
    /// What the payment service keeps (決済手数料).
    StripeFees,
}

impl Account {
    /// As it stands in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receivable => "receivable",
            Self::StripeClearing => "stripe_clearing",
            Self::CounterCash => "counter_cash",
            Self::Bank => "bank",
            Self::DeferredFees => "deferred_fees",
            Self::RefundsPayable => "refunds_payable",
            Self::StripeFees => "stripe_fees",
        }
    }
}

/// What an entry records. One cause is entered at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The fee was charged (調定).
    Charged(ReservationId),
    /// The charge was taken back unpaid (変更調定).
    Uncharged(ReservationId),
    /// The charge was changed by a decision (変更調定): a reduction, or the tariff of a later day.
    Adjusted(AdjustmentId),
    /// The fee was charged again because late money re-booked the floor.
    ChargedAgain(PaymentId),
    /// Money came (収納).
    Paid(PaymentId),
    /// A refund was decided (還付決定).
    RefundDecided(RefundId),
    /// A refund was paid out (還付).
    RefundPaid(RefundId),
    /// A refund that had been paid out came back (還付不能).
    RefundBounced(RefundId),
    /// A refund was paid out in cash (窓口還付).
    RefundPaidAtCounter(RefundId),
    /// A refund was sent to a bank account (口座振込).
    RefundTransferred(Transfer),
    /// The bank sent a refund back (振込不能).
    TransferSentBack(Transfer),
    /// A refund that nobody here had asked for was found (決済会社の画面での還付).
    RefundFound(RefundId),
    /// The payer's bank took the money back (異議申立てによる引落し).
    DisputeWithdrawn(DisputeId),
    /// The payer's bank brought it again (異議申立ての却下による入金).
    DisputeReinstated(DisputeId),
}

/// One refund in one order to the bank: after it came back it may go by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Transfer {
    /// The refund.
    pub refund: RefundId,
    /// The order.
    pub order: TransferOrderId,
}

/// A key that names no transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a transfer is written `refund:order`")]
pub struct NotATransfer;

/// As it stands in a cause's key: `refund:order`.
impl fmt::Display for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.refund, self.order)
    }
}

impl From<Transfer> for String {
    fn from(transfer: Transfer) -> Self {
        transfer.to_string()
    }
}

impl TryFrom<String> for Transfer {
    type Error = NotATransfer;

    fn try_from(text: String) -> Result<Self, NotATransfer> {
        let (refund, order) = text.split_once(':').ok_or(NotATransfer)?;
        Ok(Self {
            refund: refund.parse().map_err(|_not_an_id| NotATransfer)?,
            order: order.parse().map_err(|_not_an_id| NotATransfer)?,
        })
    }
}

impl Cause {
    /// The unique key in the database: `paid:0190…`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Charged(id) => format!("charged:{id}"),
            Self::Uncharged(id) => format!("uncharged:{id}"),
            Self::Adjusted(id) => format!("adjusted:{id}"),
            Self::ChargedAgain(id) => format!("charged_again:{id}"),
            Self::Paid(id) => format!("paid:{id}"),
            Self::RefundDecided(id) => format!("refund_decided:{id}"),
            Self::RefundPaid(id) => format!("refund_paid:{id}"),
            Self::RefundBounced(id) => format!("refund_bounced:{id}"),
            Self::RefundPaidAtCounter(id) => format!("refund_paid_at_counter:{id}"),
            Self::RefundTransferred(transfer) => format!("refund_transferred:{transfer}"),
            Self::TransferSentBack(transfer) => format!("transfer_sent_back:{transfer}"),
            Self::RefundFound(id) => format!("refund_found:{id}"),
            Self::DisputeWithdrawn(id) => format!("dispute_withdrawn:{id}"),
            Self::DisputeReinstated(id) => format!("dispute_reinstated:{id}"),
        }
    }
}

/// One entry (仕訳): `amount` from `credit` to `debit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// The account debited (借方).
    pub debit: Account,
    /// The account credited (貸方).
    pub credit: Account,
    /// Yen, tax included; never zero.
    pub amount: Yen,
    /// What it records.
    pub cause: Cause,
}

/// Balances by account: debits less credits, yen.
#[must_use]
pub fn balances<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<Account, i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        *sums.entry(entry.debit).or_insert(0) += entry.amount.as_i64();
        *sums.entry(entry.credit).or_insert(0) -= entry.amount.as_i64();
    }
    sums
}

/// The fiscal year (会計年度) of an instant: April to March, in Japan (scenario 56).
#[must_use]
pub fn fiscal_year(at: DateTime<Utc>) -> i32 {
    let date = civil::date_at(at);
    if date.month() >= 4 {
        date.year()
    } else {
        date.year() - 1
    }
}
