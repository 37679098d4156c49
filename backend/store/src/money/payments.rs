//! Payments (収納): each row one attempt to pay.
//!
//! `state`, `session_id`, `entrusted_at` and `method` are derived from the state and written beside
//! it; `state_facts` is the truth that is read back.

use chrono::{DateTime, Utc};
use domain::ids::{PaymentId, ReservationId};
use domain::payment::{AttemptState, PaymentMethod};
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{PaymentRecord, Stored};
use uuid::Uuid;

use crate::entity::payments::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

/// The predicate of the index `payments_one_live`, word for word: both databases find a partial
/// index only by its own words, never by parameters. A quarantined attempt is not among them: it
/// waits for people, and asking again would tell nothing new.
const LIVE: &str = "state IN ('creating', 'open')";

impl<C: ConnectionTrait> Scoped<C> {
    pub(super) async fn payments_of(
        &self,
        reservation: ReservationId,
    ) -> Stored<Vec<PaymentRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::ReservationId.eq(reservation.0))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading a reservation's payments")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    pub(super) async fn one_payment(&self, which: Select<Entity>) -> Stored<Option<PaymentRecord>> {
        let row = which.one(&self.conn).await.doing("reading a payment")?;
        Ok(row.map(record).transpose()?)
    }

    pub(super) async fn payments_to_ask_about(
        &self,
        before: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<PaymentId>> {
        let ids: Vec<Uuid> = self
            .find::<Entity>()
            .filter(Expr::cust(LIVE))
            .filter(Column::CreatedAt.lt(row::micros(before)))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("looking for payments to ask about")?;
        Ok(ids.into_iter().map(PaymentId).collect())
    }
}

impl Scoped<DatabaseTransaction> {
    pub(super) async fn enter_payment(
        &self,
        payment: &PaymentRecord,
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        let state = &payment.state;
        let row = Model {
            municipality_id: self.tenant(),
            id: payment.id.0,
            reservation_id: payment.reservation.0,
            amount_yen: payment.amount.as_i64(),
            state: state.name().to_owned(),
            state_facts: row::json(state)?,
            idempotency_key: payment.idempotency_key.clone(),
            request: payment.request.clone(),
            session_id: state.session().map(|session| session.0.clone()),
            entrusted_at: entrusted_at(state),
            method: method(state).map(str::to_owned),
            settled_at: None,
            remitted_at: None,
            revision: payment.revision,
            created_at: row::micros(payment.created_at),
            updated_at: row::micros(now),
        };
        let mut unless_live = there([Column::MunicipalityId, Column::ReservationId]);
        unless_live.target_and_where(Expr::cust(LIVE));
        let entered = self
            .enter_unless(unless_live, row, "entering a payment")
            .await?;
        Ok(entered)
    }

    pub(super) async fn move_payment(
        &self,
        id: PaymentId,
        revision: i32,
        state: &AttemptState,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let session = state.session().map(|session| session.0.clone());
        let set = [
            (Column::State, Expr::value(state.name())),
            (Column::StateFacts, Expr::value(row::json(state)?)),
            (Column::SessionId, Expr::value(session)),
            (Column::EntrustedAt, Expr::value(entrusted_at(state))),
            (Column::Method, Expr::value(method(state))),
        ];
        self.change::<Entity>((id.0, revision), set, now, "changing a payment's state")
            .await
    }
}

fn entrusted_at(state: &AttemptState) -> Option<i64> {
    match state {
        AttemptState::Paid { entrusted_at, .. } => Some(row::micros(*entrusted_at)),
        AttemptState::Creating
        | AttemptState::Open { .. }
        | AttemptState::Expired { .. }
        | AttemptState::Failed { .. }
        | AttemptState::Quarantined { .. } => None,
    }
}

fn method(state: &AttemptState) -> Option<&'static str> {
    match state {
        AttemptState::Paid { method, .. } => method.map(PaymentMethod::as_str),
        AttemptState::Creating
        | AttemptState::Open { .. }
        | AttemptState::Expired { .. }
        | AttemptState::Failed { .. }
        | AttemptState::Quarantined { .. } => None,
    }
}

pub(crate) fn record(model: Model) -> Result<PaymentRecord, Unreadable> {
    let row = Row::of("payments", model.id);
    Ok(PaymentRecord {
        id: PaymentId(model.id),
        reservation: ReservationId(model.reservation_id),
        amount: row.yen("amount_yen", model.amount_yen)?,
        state: row.json("state_facts", model.state_facts)?,
        idempotency_key: model.idempotency_key,
        request: model.request,
        revision: model.revision,
        created_at: row.instant("created_at", model.created_at)?,
    })
}
