//! What was given up of reservations (取消・一部取消).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{CancellationId, RefundId, ReservationId, StaffId};
use domain::refunds::Grounds;
use domain::reservation::CancelledBy;
use domain::span::Span;
use domain::town::Slug;
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, QueryFilter as _,
    QueryOrder as _,
};
use usecases::ports::store::{CancellationReads, CancellationRecord, CancellationWrites, Stored};

use crate::entity::cancellations::{Column, Entity, Model};
use crate::entity::{claims, reservations, stock_claims};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped};

#[async_trait]
impl<C: ConnectionTrait + Send> CancellationReads for Scoped<C> {
    async fn cancellations(&self, reservation: ReservationId) -> Stored<Vec<CancellationRecord>> {
        self.cancellations_of_each(&[reservation]).await
    }

    async fn cancellations_of_each(
        &self,
        reservations: &[ReservationId],
    ) -> Stored<Vec<CancellationRecord>> {
        let mut all = Vec::new();
        for some in reservations.chunks(MOST_ASKED_AT_ONCE) {
            let rows = self
                .find::<Entity>()
                .filter(Column::ReservationId.is_in(some.iter().map(|id| id.0)))
                .order_by_asc(Column::ReservationId)
                .order_by_asc(Column::Nth)
                .all(&self.conn)
                .await
                .doing("reading what was given up")?;
            for row in rows {
                all.push(record(row)?);
            }
        }
        Ok(all)
    }
}

#[async_trait]
impl CancellationWrites for Scoped<DatabaseTransaction> {
    async fn insert_cancellation(&mut self, record: &CancellationRecord) -> Stored<()> {
        let row = Model {
            municipality_id: self.tenant(),
            id: record.id.0,
            reservation_id: record.reservation.0,
            nth: row::integer(record.nth)?,
            starts_at: record.before.start().minutes(),
            ends_at: record.before.end().minutes(),
            left_from: record.left.map(|left| left.start().minutes()),
            left_until: record.left.map(|left| left.end().minutes()),
            given_up_by: by(record.by).to_owned(),
            staff_id: record.staff.map(|staff| staff.0),
            grounds: record.grounds.as_str().to_owned(),
            code: record.grounds.code().map(ToString::to_string),
            words: record.words.clone(),
            paid_yen: record.paid.as_i64(),
            refund_yen: record.refund.as_i64(),
            refund_id: record.refund_id.map(|refund| refund.0),
            lines: row::json(&record.lines)?,
            made_at: row::micros(record.made_at),
        };
        self.enter(row, "noting what was given up").await
    }

    async fn shrink_reservation(
        &mut self,
        id: ReservationId,
        revision: i32,
        left: Span,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        use claims::Column as Claim;
        use stock_claims::Column as OfStock;
        self.changed = true;
        let outside = Condition::any()
            .add(Claim::Cell.lt(left.start().minutes()))
            .add(Claim::Cell.gte(left.end().minutes()));
        self.delete::<claims::Entity>()
            .filter(Claim::ReservationId.eq(id.0))
            .filter(outside)
            .exec(&self.conn)
            .await
            .doing("letting go of some claims")?;
        let outside = Condition::any()
            .add(OfStock::Cell.lt(left.start().minutes()))
            .add(OfStock::Cell.gte(left.end().minutes()));
        self.delete::<stock_claims::Entity>()
            .filter(OfStock::ReservationId.eq(id.0))
            .filter(outside)
            .exec(&self.conn)
            .await
            .doing("letting go of some equipment")?;
        let set = [
            (
                reservations::Column::StartsAt,
                Expr::value(left.start().minutes()),
            ),
            (
                reservations::Column::EndsAt,
                Expr::value(left.end().minutes()),
            ),
        ];
        self.change::<reservations::Entity>((id.0, revision), set, now, "shortening a reservation")
            .await
    }
}

const fn by(by: CancelledBy) -> &'static str {
    match by {
        CancelledBy::Resident => "resident",
        CancelledBy::Counter => "counter",
        CancelledBy::Facility => "facility",
    }
}

fn record(model: Model) -> Result<CancellationRecord, Unreadable> {
    let row = Row::of("cancellations", model.id);
    let code = model
        .code
        .map(|code| row.parse::<Slug, String>("code", code))
        .transpose()?;
    let left = match (model.left_from, model.left_until) {
        (Some(from), Some(until)) => Some(row.span(from, until)?),
        _ => None,
    };
    Ok(CancellationRecord {
        id: CancellationId(model.id),
        reservation: ReservationId(model.reservation_id),
        nth: row.parse("nth", model.nth)?,
        before: row.span(model.starts_at, model.ends_at)?,
        left,
        by: row.word("given_up_by", model.given_up_by)?,
        staff: model.staff_id.map(StaffId),
        grounds: Grounds::read(&model.grounds, code)
            .ok_or_else(|| row.unreadable("grounds", model.grounds))?,
        words: model.words,
        paid: row.yen("paid_yen", model.paid_yen)?,
        refund: row.yen("refund_yen", model.refund_yen)?,
        refund_id: model.refund_id.map(RefundId),
        lines: row.json("lines", model.lines)?,
        made_at: row.instant("made_at", model.made_at)?,
    })
}
