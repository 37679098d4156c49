//! Payments (収納): each row one attempt to pay.
//!
//! `means`, `state`, `session_id`, `method` and the days are derived from the state and written beside
//! it; `state_facts` is the truth that is read back. Cash has no checkout. A voucher that waits for
//! its money stands as `open` beside it: its checkout is not over, it is the reservation's one live
//! attempt, and it is asked about like any other.

use chrono::{DateTime, Utc};
use domain::ids::{PaymentId, ReservationId};
use domain::payment::{AttemptState, Means};
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{CheckoutCall, PaymentRecord, Stored};
use uuid::Uuid;

use crate::entity::payments::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped, there};

/// The predicate of the index `payments_one_live`, word for word: both databases find a partial
/// index only by its own words, never by parameters. A quarantined attempt is not among them: it
/// waits for people, and asking again would tell nothing new.
const LIVE: &str = "state IN ('creating', 'open')";

/// The predicate of the index `payments_one_cash`, word for word.
const CASH: &str = "means = 'cash'";

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

    pub(crate) async fn payments_for(
        &self,
        reservations: &[ReservationId],
    ) -> Stored<Vec<PaymentRecord>> {
        let mut all = Vec::new();
        for some in reservations.chunks(MOST_ASKED_AT_ONCE) {
            let rows = self
                .find::<Entity>()
                .filter(Column::ReservationId.is_in(some.iter().map(|id| id.0)))
                .order_by_asc(Column::CreatedAt)
                .order_by_asc(Column::Id)
                .all(&self.conn)
                .await
                .doing("reading several reservations' payments")?;
            for row in rows {
                all.push(record(row)?);
            }
        }
        Ok(all)
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
        let (state, call) = (&payment.state, payment.checkout.as_ref());
        let row = Model {
            municipality_id: self.tenant(),
            id: payment.id.0,
            reservation_id: payment.reservation.0,
            amount_yen: payment.amount.as_i64(),
            means: if state.is_cash() { "cash" } else { "service" }.to_owned(),
            state: word(state).to_owned(),
            state_facts: row::json(state)?,
            idempotency_key: call.map(|call| call.idempotency_key.clone()),
            request: call.map(|call| call.request.clone()),
            session_id: state.session().map(|session| session.0.clone()),
            entrusted_at: state.paid_at().map(row::micros),
            method: method(state).map(str::to_owned),
            // Cash over the town's own counter is the town's at once.
            settled_at: state.paid_at().filter(|_| state.is_cash()).map(row::micros),
            remitted_at: None,
            revision: payment.revision,
            created_at: row::micros(payment.created_at),
            updated_at: row::micros(now),
        };
        let mut unless_paid = there([Column::MunicipalityId, Column::ReservationId]);
        unless_paid.target_and_where(Expr::cust(if state.is_cash() { CASH } else { LIVE }));
        let entered = self
            .enter_unless(unless_paid, row, "entering a payment")
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
            (Column::State, Expr::value(word(state))),
            (Column::StateFacts, Expr::value(row::json(state)?)),
            (Column::SessionId, Expr::value(session)),
            (
                Column::EntrustedAt,
                Expr::value(state.paid_at().map(row::micros)),
            ),
            (Column::Method, Expr::value(method(state))),
        ];
        self.change::<Entity>((id.0, revision), set, now, "changing a payment's state")
            .await
    }
}

/// The word beside the facts.
const fn word(state: &AttemptState) -> &'static str {
    match state {
        AttemptState::Awaiting { .. } => "open",
        other => other.name(),
    }
}

/// By which of the payment service's methods; nothing for cash.
fn method(state: &AttemptState) -> Option<&'static str> {
    match state.means()? {
        Means::Service(method) => Some(method.as_str()),
        Means::Cash | Means::Online => None,
    }
}

fn record(model: Model) -> Result<PaymentRecord, Unreadable> {
    let row = Row::of("payments", model.id);
    let checkout = match (model.idempotency_key, model.request) {
        (Some(idempotency_key), Some(request)) => Some(CheckoutCall {
            idempotency_key,
            request,
        }),
        (None, None) => None,
        _ => return Err(row.unreadable("request", "half a call")),
    };
    Ok(PaymentRecord {
        id: PaymentId(model.id),
        reservation: ReservationId(model.reservation_id),
        amount: row.yen("amount_yen", model.amount_yen)?,
        state: row.json("state_facts", model.state_facts)?,
        checkout,
        revision: model.revision,
        created_at: row.instant("created_at", model.created_at)?,
    })
}
