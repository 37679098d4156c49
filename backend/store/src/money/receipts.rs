//! Receipts (領収書): numbered in order and without gaps within a municipality.

use chrono::{DateTime, Utc};
use domain::ids::PaymentId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
};
use usecases::ports::store::{ReceiptRecord, Stored};

use crate::entity::receipts::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::Scoped;

impl<C: ConnectionTrait> Scoped<C> {
    pub(super) async fn receipt_of(&self, payment: PaymentId) -> Stored<Option<ReceiptRecord>> {
        let row = self
            .find::<Entity>()
            .filter(Column::PaymentId.eq(payment.0))
            .one(&self.conn)
            .await
            .doing("reading a receipt")?;
        Ok(row.map(|row| record(&row)).transpose()?)
    }
}

impl Scoped<DatabaseTransaction> {
    /// The lock makes the next one wait until this number lasts or is free again, so that a
    /// rollback leaves no gap.
    pub(super) async fn next_receipt(
        &self,
        payment: PaymentId,
        now: DateTime<Utc>,
    ) -> Stored<ReceiptRecord> {
        self.lock_municipality().await?;
        if let Some(receipt) = self.receipt_of(payment).await? {
            return Ok(receipt);
        }
        let last = self
            .find::<Entity>()
            .order_by_desc(Column::Number)
            .one(&self.conn)
            .await
            .doing("reading the last receipt's number")?;
        let row = Model {
            municipality_id: self.tenant(),
            number: last.map_or(1, |last| last.number + 1),
            payment_id: payment.0,
            issued_at: row::micros(now),
        };
        self.enter(row.clone(), "numbering a receipt").await?;
        Ok(record(&row)?)
    }
}

fn record(model: &Model) -> Result<ReceiptRecord, Unreadable> {
    let row = Row::of("receipts", model.number);
    Ok(ReceiptRecord {
        number: model.number,
        payment: PaymentId(model.payment_id),
        issued_at: row.instant("issued_at", model.issued_at)?,
    })
}
