//! Refunds to bank accounts: where they go, and the orders to the bank.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{RefundId, StaffId, TransferOrderId};
use domain::money::Yen;
use domain::transfer::OrderState;
use uuid::Uuid;

use super::{RefundRecord, Stored};

/// Where a refund is to go, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundAccount {
    /// Which refund.
    pub refund: RefundId,
    /// The account, sealed.
    pub account_sealed: Vec<u8>,
    /// The clerk who typed it for somebody; `None` when they did themselves.
    pub told_to: Option<StaffId>,
}

/// An order to the bank, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferOrderRecord {
    /// Its id.
    pub id: TransferOrderId,
    /// Its number, from 1 in each town.
    pub number: u32,
    /// The day the bank is to send it, in Japan.
    pub pay_on: NaiveDate,
    /// Where it stands.
    pub state: OrderState,
    /// Who wrote it.
    pub prepared_by: StaffId,
    /// The form it came from: the same one again is the same order.
    pub submission: Uuid,
    /// Rises with each change.
    pub revision: i32,
    /// When it was written, UTC.
    pub created_at: DateTime<Utc>,
}

/// One transfer of an order, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferRecord {
    /// Of which order.
    pub order: TransferOrderId,
    /// Which refund.
    pub refund: RefundId,
    /// How much, yen.
    pub amount: Yen,
    /// Its place in the file, from 1.
    pub place: u32,
    /// False once the order was taken back or the bank sent this one back.
    pub live: bool,
}

/// Reads accounts and orders.
#[async_trait]
pub trait TransferReads {
    /// Where a refund is to go.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn refund_account(&self, refund: RefundId) -> Stored<Option<RefundAccount>>;

    /// Refunds that wait for a transfer, oldest first, at most `most`.
    ///
    /// # Errors
    /// As [`Self::refund_account`].
    async fn refunds_by_transfer(&self, most: u32) -> Stored<Vec<RefundRecord>>;

    /// One order.
    ///
    /// # Errors
    /// As [`Self::refund_account`].
    async fn transfer_order(&self, id: TransferOrderId) -> Stored<Option<TransferOrderRecord>>;

    /// The order that a form made.
    ///
    /// # Errors
    /// As [`Self::refund_account`].
    async fn transfer_order_of(&self, submission: Uuid) -> Stored<Option<TransferOrderRecord>>;

    /// Orders, the newest first, at most `most`.
    ///
    /// # Errors
    /// As [`Self::refund_account`].
    async fn transfer_orders(&self, most: u32) -> Stored<Vec<TransferOrderRecord>>;

    /// What is in an order, by place.
    ///
    /// # Errors
    /// As [`Self::refund_account`].
    async fn transfers(&self, order: TransferOrderId) -> Stored<Vec<TransferRecord>>;
}

/// Changes accounts and orders. The reservations of all refunds concerned are locked first.
#[async_trait]
pub trait TransferWrites {
    /// Keeps where a refund is to go, in the place of what was told before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn keep_refund_account(
        &mut self,
        account: &RefundAccount,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Throws an account away.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn forget_refund_account(&mut self, refund: RefundId) -> Stored<()>;

    /// Throws away the accounts, up to `most`, of refunds that were sent or paid out in cash, and not
    /// touched since `before`.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn purge_refund_accounts(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64>;

    /// Enters an order and what is in it, and gives it the town's next number; `false` when its form
    /// made one already, or a refund is in another.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails; [`super::StoreFailure::Contended`] when
    /// somebody took the number meanwhile.
    async fn insert_transfer_order(
        &mut self,
        order: &TransferOrderRecord,
        transfers: &[TransferRecord],
    ) -> Stored<bool>;

    /// Gives an order its next state; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn set_transfer_order_state(
        &mut self,
        id: TransferOrderId,
        revision: i32,
        state: OrderState,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// One transfer of an order goes nowhere, or came back: its refund may be in another.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn end_transfer(&mut self, order: TransferOrderId, refund: RefundId) -> Stored<()>;
}
