//! Payments, refunds, receipts and the ledger.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::ledger::Entry;
use domain::money::Yen;
use domain::payment::{AttemptState, RefundState, SessionId};
use uuid::Uuid;

use super::Stored;

/// One attempt to pay, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRecord {
    /// Its id.
    pub id: PaymentId,
    /// What is paid for.
    pub reservation: ReservationId,
    /// How much, yen, tax included.
    pub amount: Yen,
    /// Where it stands.
    pub state: AttemptState,
    /// The call that opens the checkout; `None` for cash.
    pub checkout: Option<CheckoutCall>,
    /// Rises with each change.
    pub revision: i32,
    /// When it began, UTC.
    pub created_at: DateTime<Utc>,
}

/// The call that opens a checkout, as it was frozen before it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutCall {
    /// Its idempotency key.
    pub idempotency_key: String,
    /// Its parameters.
    pub request: serde_json::Value,
}

/// One refund, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRecord {
    /// Its id.
    pub id: RefundId,
    /// The payment it gives back from.
    pub payment: PaymentId,
    /// The reservation.
    pub reservation: ReservationId,
    /// How much, yen.
    pub amount: Yen,
    /// Where it stands.
    pub state: RefundState,
    /// Why, as a stable code (`cancelled`, `floor_taken`).
    pub reason: String,
    /// The idempotency key of the call; `None` where cash came and cash goes back.
    pub idempotency_key: Option<String>,
    /// Rises with each change.
    pub revision: i32,
    /// When it was asked for, UTC.
    pub created_at: DateTime<Utc>,
}

/// A receipt's number, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptRecord {
    /// The number, from 1 in each town.
    pub number: i64,
    /// The payment it is for.
    pub payment: PaymentId,
    /// When it was issued, UTC.
    pub issued_at: DateTime<Utc>,
}

/// Reads money.
#[async_trait]
pub trait MoneyReads {
    /// The attempts to pay for a reservation, oldest first.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds what it should not.
    async fn payments(&self, reservation: ReservationId) -> Stored<Vec<PaymentRecord>>;

    /// One attempt.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn payment(&self, id: PaymentId) -> Stored<Option<PaymentRecord>>;

    /// The attempt with this checkout session.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn payment_of_session(&self, session: &SessionId) -> Stored<Option<PaymentRecord>>;

    /// Attempts that may still bring money and are older than `before`, oldest first.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn live_payments(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<PaymentId>>;

    /// The refunds of a reservation, oldest first.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn refunds(&self, reservation: ReservationId) -> Stored<Vec<RefundRecord>>;

    /// One refund.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn refund(&self, id: RefundId) -> Stored<Option<RefundRecord>>;

    /// The refund with this id at the payment service.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn refund_of_provider(&self, provider_id: &str) -> Stored<Option<RefundRecord>>;

    /// Refunds under way and older than `before`, oldest first.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn live_refunds(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<RefundId>>;

    /// Refunds that did not reach the payer (還付不能), the latest first: staff have to pay them back
    /// by hand.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn failed_refunds(&self, most: u32) -> Stored<Vec<RefundRecord>>;

    /// The receipt of a payment.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn receipt(&self, payment: PaymentId) -> Stored<Option<ReceiptRecord>>;

    /// The ledger's entries of a reservation, oldest first.
    ///
    /// # Errors
    /// As [`Self::payments`].
    async fn entries(&self, reservation: ReservationId) -> Stored<Vec<Entry>>;
}

/// Changes money. The reservation is locked first, always, so that two changes never cross.
#[async_trait]
pub trait MoneyWrites {
    /// Enters an attempt; `false` when the reservation has a live one already or, for cash, was paid
    /// in cash before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_payment(&mut self, payment: &PaymentRecord, now: DateTime<Utc>)
    -> Stored<bool>;

    /// Gives an attempt its next state; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn set_payment_state(
        &mut self,
        id: PaymentId,
        revision: i32,
        state: &AttemptState,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Enters a refund.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn insert_refund(&mut self, refund: &RefundRecord, now: DateTime<Utc>) -> Stored<()>;

    /// Gives a refund its next state; `revision` is the one that was read.
    ///
    /// # Errors
    /// [`super::StoreFailure::Contended`] when the revision is no longer that.
    async fn set_refund_state(
        &mut self,
        id: RefundId,
        revision: i32,
        state: &RefundState,
        now: DateTime<Utc>,
    ) -> Stored<()>;

    /// Books an entry about a reservation; `false` when its cause was booked before.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn book_entry(
        &mut self,
        id: Uuid,
        reservation: ReservationId,
        entry: &Entry,
        now: DateTime<Utc>,
    ) -> Stored<bool>;

    /// Gives a payment the next receipt number, or the one it has.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn number_receipt(
        &mut self,
        payment: PaymentId,
        now: DateTime<Utc>,
    ) -> Stored<ReceiptRecord>;
}
