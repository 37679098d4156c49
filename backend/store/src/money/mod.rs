//! Payments, refunds, receipts and the ledger (収納・還付・領収書・台帳).

mod ledger;
mod payments;
mod receipts;
mod refunds;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::ledger::Entry;
use domain::payment::{AttemptState, RefundState, SessionId};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _};
use usecases::ports::store::{
    MoneyReads, MoneyWrites, PaymentRecord, ReceiptRecord, RefundRecord, Stored,
};
use uuid::Uuid;

use crate::entity::payments::Column as PaymentColumn;
use crate::entity::refunds::Column as RefundColumn;
use crate::scoped::Scoped;

#[async_trait]
impl<C: ConnectionTrait + Send> MoneyReads for Scoped<C> {
    async fn payments(&self, reservation: ReservationId) -> Stored<Vec<PaymentRecord>> {
        self.payments_of(reservation).await
    }

    async fn payment(&self, id: PaymentId) -> Stored<Option<PaymentRecord>> {
        let which = self.find().filter(PaymentColumn::Id.eq(id.0));
        self.one_payment(which).await
    }

    async fn payment_of_session(&self, session: &SessionId) -> Stored<Option<PaymentRecord>> {
        let which = self.find().filter(PaymentColumn::SessionId.eq(&*session.0));
        self.one_payment(which).await
    }

    async fn live_payments(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<PaymentId>> {
        self.payments_to_ask_about(before, most).await
    }

    async fn refunds(&self, reservation: ReservationId) -> Stored<Vec<RefundRecord>> {
        self.refunds_of(reservation).await
    }

    async fn refund(&self, id: RefundId) -> Stored<Option<RefundRecord>> {
        let which = self.find().filter(RefundColumn::Id.eq(id.0));
        self.one_refund(which).await
    }

    async fn refund_of_provider(&self, provider_id: &str) -> Stored<Option<RefundRecord>> {
        let which = self
            .find()
            .filter(RefundColumn::ProviderRefundId.eq(provider_id));
        self.one_refund(which).await
    }

    async fn live_refunds(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<RefundId>> {
        self.refunds_to_ask_about(before, most).await
    }

    async fn failed_refunds(&self, most: u32) -> Stored<Vec<RefundRecord>> {
        self.refunds_that_failed(most).await
    }

    async fn receipt(&self, payment: PaymentId) -> Stored<Option<ReceiptRecord>> {
        self.receipt_of(payment).await
    }

    async fn entries(&self, reservation: ReservationId) -> Stored<Vec<Entry>> {
        self.entries_of(reservation).await
    }
}

#[async_trait]
impl MoneyWrites for Scoped<DatabaseTransaction> {
    async fn insert_payment(
        &mut self,
        payment: &PaymentRecord,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        self.enter_payment(payment, now).await
    }

    async fn set_payment_state(
        &mut self,
        id: PaymentId,
        revision: i32,
        state: &AttemptState,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.move_payment(id, revision, state, now).await
    }

    async fn insert_refund(&mut self, refund: &RefundRecord, now: DateTime<Utc>) -> Stored<()> {
        self.enter_refund(refund, now).await
    }

    async fn set_refund_state(
        &mut self,
        id: RefundId,
        revision: i32,
        state: &RefundState,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.move_refund(id, revision, state, now).await
    }

    async fn book_entry(
        &mut self,
        id: Uuid,
        reservation: ReservationId,
        entry: &Entry,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        self.book(id, reservation, entry, now).await
    }

    async fn number_receipt(
        &mut self,
        payment: PaymentId,
        now: DateTime<Utc>,
    ) -> Stored<ReceiptRecord> {
        self.next_receipt(payment, now).await
    }
}
