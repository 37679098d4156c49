//! Refunds to bank accounts, as residents and staff see them. Accounts are personal data: every look
//! of the staff is noted.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{RefundId, ReservationId, TransferOrderId};
use domain::money::Yen;
use domain::personal::Personal;
use domain::transfer::{BankAccount, OrderState};

/// What somebody is asked who tells an account (還付口座の届出).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountForm {
    /// The reservation.
    pub reservation: ReservationId,
    /// Its number.
    pub number: String,
    /// What waits to be sent, yen.
    pub amount: Yen,
    /// The account that was told before, with most of its number hidden (「****567」).
    pub told: Option<Personal<String>>,
}

/// A refund that waits for a transfer (振込待ち).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferDue {
    /// Which.
    pub refund: RefundId,
    /// Of which reservation.
    pub reservation: ReservationId,
    /// Its number.
    pub number: String,
    /// How much, yen.
    pub amount: Yen,
    /// Since when, UTC.
    pub since: DateTime<Utc>,
    /// Where to; `None` while nobody has told.
    pub account: Option<Personal<BankAccount>>,
}

/// An order in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferOrderSummary {
    /// Which.
    pub id: TransferOrderId,
    /// Its number in the town.
    pub number: u32,
    /// The day the bank is to send it, in Japan.
    pub pay_on: NaiveDate,
    /// Where it stands.
    pub state: OrderState,
    /// How many transfers.
    pub count: u32,
    /// What they come to, yen.
    pub total: Yen,
}

/// Everything about refunds to bank accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransfersView {
    /// Whether the town file names the account that money is sent from.
    pub has_payer: bool,
    /// What waits, whoever waits longest first.
    pub due: Vec<TransferDue>,
    /// The orders, the newest first.
    pub orders: Vec<TransferOrderSummary>,
    /// The next day on which banks work: what a form proposes.
    pub proposed: NaiveDate,
}

/// One transfer of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferItem {
    /// Which refund.
    pub refund: RefundId,
    /// Its place in the file, from 1.
    pub place: u32,
    /// The reservation's number.
    pub number: String,
    /// How much, yen.
    pub amount: Yen,
    /// Where to; `None` once it was thrown away.
    pub account: Option<Personal<BankAccount>>,
    /// False once the order was taken back or the bank sent this one back.
    pub live: bool,
}

/// One order in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferOrderView {
    /// The order.
    pub order: TransferOrderSummary,
    /// What is in it.
    pub items: Vec<TransferItem>,
    /// Who wrote it, and when.
    pub prepared: (Personal<String>, DateTime<Utc>),
    /// Who signed it.
    pub approved_by: Option<Personal<String>>,
    /// Whether whoever looks may sign it.
    pub may_approve: bool,
}
