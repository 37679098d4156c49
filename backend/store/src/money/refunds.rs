//! Refunds (還付).
//!
//! `state`, `paid_in_cash` and `provider_refund_id` are derived from the state and written beside it,
//! `means` from whether there is a call; `state_facts` is the truth that is read back.

use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, PaymentId, RefundId, ReservationId};
use domain::payment::RefundState;
use sea_orm::prelude::Expr;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{RefundRecord, Stored};
use uuid::Uuid;

use crate::entity::refunds::{Column, Entity, Model};
use crate::entity::reservations;
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped};

/// The predicate of the index `refunds_under_way`, word for word.
const UNDER_WAY: &str = "state IN ('requested', 'pending')";

/// The predicate of the index `refunds_failed`, word for word.
const FAILED: &str = "state = 'failed'";

/// The predicate of the index `refunds_to_pay_out`, word for word.
const TO_PAY_OUT: &str = "state IN ('due_in_cash', 'failed', 'due_by_transfer')";

/// The predicate of the index `refunds_by_transfer`, word for word.
const BY_TRANSFER: &str = "state = 'due_by_transfer'";

impl<C: ConnectionTrait> Scoped<C> {
    pub(super) async fn refunds_of(&self, reservation: ReservationId) -> Stored<Vec<RefundRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::ReservationId.eq(reservation.0))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading a reservation's refunds")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    pub(crate) async fn refunds_for(
        &self,
        reservations: &[ReservationId],
    ) -> Stored<Vec<RefundRecord>> {
        let mut all = Vec::new();
        for some in reservations.chunks(MOST_ASKED_AT_ONCE) {
            let rows = self
                .find::<Entity>()
                .filter(Column::ReservationId.is_in(some.iter().map(|id| id.0)))
                .order_by_asc(Column::CreatedAt)
                .order_by_asc(Column::Id)
                .all(&self.conn)
                .await
                .doing("reading several reservations' refunds")?;
            for row in rows {
                all.push(record(row)?);
            }
        }
        Ok(all)
    }

    pub(crate) async fn refunds_for_the_counter(
        &self,
        facility: FacilityId,
        most: u32,
    ) -> Stored<Vec<RefundRecord>> {
        let there = Query::select()
            .column(reservations::Column::Id)
            .from(reservations::Entity)
            .and_where(reservations::Column::MunicipalityId.eq(self.tenant()))
            .and_where(reservations::Column::FacilityId.eq(facility.0))
            .to_owned();
        let rows = self
            .find::<Entity>()
            .filter(Expr::cust(TO_PAY_OUT))
            .filter(Column::ReservationId.in_subquery(there))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .all(&self.conn)
            .await
            .doing("looking for refunds to be paid out")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    pub(crate) async fn refunds_to_transfer(&self, most: u32) -> Stored<Vec<RefundRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Expr::cust(BY_TRANSFER))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .all(&self.conn)
            .await
            .doing("looking for refunds that wait for a transfer")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    pub(super) async fn one_refund(&self, which: Select<Entity>) -> Stored<Option<RefundRecord>> {
        let row = which.one(&self.conn).await.doing("reading a refund")?;
        Ok(row.map(record).transpose()?)
    }

    pub(super) async fn refunds_to_ask_about(
        &self,
        before: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<RefundId>> {
        let ids: Vec<Uuid> = self
            .find::<Entity>()
            .filter(Expr::cust(UNDER_WAY))
            .filter(Column::CreatedAt.lt(row::micros(before)))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("looking for refunds to ask about")?;
        Ok(ids.into_iter().map(RefundId).collect())
    }

    pub(super) async fn refunds_that_failed(&self, most: u32) -> Stored<Vec<RefundRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Expr::cust(FAILED))
            .order_by_desc(Column::UpdatedAt)
            .order_by_desc(Column::Id)
            .limit(u64::from(most))
            .all(&self.conn)
            .await
            .doing("looking for refunds that failed")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }
}

impl Scoped<DatabaseTransaction> {
    pub(super) async fn enter_refund(
        &self,
        refund: &RefundRecord,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let (state, key) = (&refund.state, refund.idempotency_key.clone());
        let row = Model {
            municipality_id: self.tenant(),
            id: refund.id.0,
            payment_id: refund.payment.0,
            reservation_id: refund.reservation.0,
            amount_yen: refund.amount.as_i64(),
            means: if key.is_none() { "cash" } else { "service" }.to_owned(),
            state: state.name().to_owned(),
            state_facts: row::json(state)?,
            paid_in_cash: is_paid_in_cash(state),
            reason: refund.reason.clone(),
            idempotency_key: key,
            provider_refund_id: state.provider_id().map(str::to_owned),
            revision: refund.revision,
            created_at: row::micros(refund.created_at),
            updated_at: row::micros(now),
        };
        self.enter(row, "entering a refund").await
    }

    pub(super) async fn move_refund(
        &self,
        id: RefundId,
        revision: i32,
        state: &RefundState,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let set = [
            (Column::State, Expr::value(state.name())),
            (Column::StateFacts, Expr::value(row::json(state)?)),
            (Column::PaidInCash, Expr::value(is_paid_in_cash(state))),
            (Column::ProviderRefundId, Expr::value(state.provider_id())),
        ];
        self.change::<Entity>((id.0, revision), set, now, "changing a refund's state")
            .await
    }
}

const fn is_paid_in_cash(state: &RefundState) -> bool {
    matches!(state, RefundState::PaidInCash { .. })
}

fn record(model: Model) -> Result<RefundRecord, Unreadable> {
    let row = Row::of("refunds", model.id);
    Ok(RefundRecord {
        id: RefundId(model.id),
        payment: PaymentId(model.payment_id),
        reservation: ReservationId(model.reservation_id),
        amount: row.yen("amount_yen", model.amount_yen)?,
        state: row.json("state_facts", model.state_facts)?,
        reason: model.reason,
        idempotency_key: model.idempotency_key,
        revision: model.revision,
        created_at: row.instant("created_at", model.created_at)?,
    })
}
