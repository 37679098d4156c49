//! The ledger (台帳). Append-only: the database refuses anything but INSERT.

use chrono::{DateTime, Utc};
use domain::ids::{PaymentId, RefundId, ReservationId};
use domain::ledger::{Cause, Entry, Transfer, fiscal_year};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
};
use usecases::ports::store::{BookedEntry, Stored};
use uuid::Uuid;

use crate::entity::ledger_entries::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

impl<C: ConnectionTrait> Scoped<C> {
    pub(super) async fn entries_of(&self, reservation: ReservationId) -> Stored<Vec<Entry>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::ReservationId.eq(reservation.0))
            .order_by_asc(Column::BookedAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading a reservation's ledger entries")?;
        rows.into_iter().map(|row| Ok(entry(row)?)).collect()
    }

    pub(crate) async fn entries_booked(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Stored<Vec<BookedEntry>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::BookedAt.gte(row::micros(from)))
            .filter(Column::BookedAt.lt(row::micros(until)))
            .order_by_asc(Column::BookedAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading what was booked")?;
        rows.into_iter().map(|row| Ok(booked(row)?)).collect()
    }
}

impl Scoped<DatabaseTransaction> {
    pub(super) async fn book(
        &self,
        id: Uuid,
        reservation: ReservationId,
        entry: &Entry,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        let (payment, refund) = about(&entry.cause);
        let row = Model {
            municipality_id: self.tenant(),
            id,
            cause: entry.cause.key(),
            debit: entry.debit.as_str().to_owned(),
            credit: entry.credit.as_str().to_owned(),
            amount_yen: entry.amount.as_i64(),
            fiscal_year: fiscal_year(now),
            reservation_id: reservation.0,
            payment_id: payment.map(|payment| payment.0),
            refund_id: refund.map(|refund| refund.0),
            booked_at: row::micros(now),
        };
        let entered = self
            .enter_unless(
                there([Column::MunicipalityId, Column::Cause]),
                row,
                "booking a ledger entry",
            )
            .await?;
        Ok(entered)
    }
}

/// The payment or refund an entry records, so that the database knows that there is one.
const fn about(cause: &Cause) -> (Option<PaymentId>, Option<RefundId>) {
    match cause {
        Cause::Charged(_)
        | Cause::Uncharged(_)
        | Cause::Adjusted(_)
        | Cause::DisputeWithdrawn(_)
        | Cause::DisputeReinstated(_) => (None, None),
        Cause::ChargedAgain(payment) | Cause::Paid(payment) => (Some(*payment), None),
        Cause::RefundDecided(refund)
        | Cause::RefundPaid(refund)
        | Cause::RefundBounced(refund)
        | Cause::RefundPaidAtCounter(refund)
        | Cause::RefundFound(refund)
        | Cause::RefundTransferred(Transfer { refund, .. })
        | Cause::TransferSentBack(Transfer { refund, .. }) => (None, Some(*refund)),
    }
}

fn entry(model: Model) -> Result<Entry, Unreadable> {
    let row = Row::of("ledger_entries", model.id);
    Ok(Entry {
        debit: row.word("debit", model.debit)?,
        credit: row.word("credit", model.credit)?,
        amount: row.yen("amount_yen", model.amount_yen)?,
        cause: cause(&row, &model.cause)?,
    })
}

fn booked(model: Model) -> Result<BookedEntry, Unreadable> {
    let row = Row::of("ledger_entries", model.id);
    Ok(BookedEntry {
        reservation: ReservationId(model.reservation_id),
        booked_at: row.instant("booked_at", model.booked_at)?,
        entry: entry(model)?,
    })
}

/// A cause from its key. The key is `kind:id`, serde's spelling of a cause is `{kind: id}`; the id of
/// a transfer has a colon of its own.
fn cause(row: &Row, key: &str) -> Result<Cause, Unreadable> {
    let (kind, id) = key
        .split_once(':')
        .ok_or_else(|| row.unreadable("cause", "no colon"))?;
    let spelled = serde_json::Map::from_iter([(kind.to_owned(), id.into())]);
    row.json("cause", spelled.into())
}

#[cfg(test)]
mod tests {
    use domain::ids::{AdjustmentId, DisputeId, TransferOrderId};

    use super::*;

    #[test]
    fn every_cause_is_read_back_from_its_key() {
        let id = Uuid::from_u128(7);
        let (payment, refund, order) = (PaymentId(id), RefundId(id), TransferOrderId(id));
        for known in [
            Cause::Charged(ReservationId(id)),
            Cause::Uncharged(ReservationId(id)),
            Cause::Adjusted(AdjustmentId(id)),
            Cause::ChargedAgain(payment),
            Cause::Paid(payment),
            Cause::RefundDecided(refund),
            Cause::RefundPaid(refund),
            Cause::RefundBounced(refund),
            Cause::RefundPaidAtCounter(refund),
            Cause::RefundTransferred(Transfer { refund, order }),
            Cause::TransferSentBack(Transfer { refund, order }),
            Cause::RefundFound(refund),
            Cause::DisputeWithdrawn(DisputeId(id)),
            Cause::DisputeReinstated(DisputeId(id)),
        ] {
            let row = Row::of("ledger_entries", id);
            assert_eq!(cause(&row, &known.key()).unwrap(), known);
        }
    }

    #[test]
    fn a_cause_nobody_knows_names_its_place() {
        let row = Row::of("ledger_entries", 1);
        for unknown in [
            "",
            "paid",
            "paid:",
            "refund_transferred:00000000-0000-0000-0000-000000000007",
            "stolen:00000000-0000-0000-0000-000000000007",
        ] {
            let error = cause(&row, unknown).unwrap_err();
            assert_eq!((error.table, error.column), ("ledger_entries", "cause"));
        }
    }
}
