//! Tills (引出し・日計) and what went into and out of them.
//!
//! The amounts and who closed are derived from the state and written beside it, so that constraints
//! can see them; `state_facts` is the truth that is read back.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{FacilityId, PaymentId, RefundId, StaffId, TillId};
use domain::till::{ClosedTill, Movement, TillState};
use sea_orm::prelude::Expr;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{
    MovementRecord, RefundRecord, Stored, TillReads, TillRecord, TillWrites,
};

use crate::entity::till_movements as movements;
use crate::entity::tills::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

/// The predicate of the index `tills_one_open`, word for word.
const OPEN: &str = "state = 'open'";

#[async_trait]
impl<C: ConnectionTrait + Send> TillReads for Scoped<C> {
    async fn till(&self, id: TillId) -> Stored<Option<TillRecord>> {
        self.one_till(self.find().filter(Column::Id.eq(id.0))).await
    }

    async fn open_tills(&self, facility: FacilityId) -> Stored<Vec<TillRecord>> {
        let open = Expr::cust(OPEN);
        self.tills_of(facility, self.find().filter(open)).await
    }

    async fn tills_on(&self, facility: FacilityId, day: NaiveDate) -> Stored<Vec<TillRecord>> {
        let then = Column::Day.eq(row::day(day));
        self.tills_of(facility, self.find().filter(then)).await
    }

    async fn movements(&self, till: TillId) -> Stored<Vec<MovementRecord>> {
        let rows = self
            .find::<movements::Entity>()
            .filter(movements::Column::TillId.eq(till.0))
            .order_by_asc(movements::Column::At)
            .order_by_asc(movements::Column::Id)
            .all(&self.conn)
            .await
            .doing("reading a till's movements")?;
        rows.into_iter().map(|row| Ok(movement(row)?)).collect()
    }

    async fn refunds_to_pay_out(
        &self,
        facility: FacilityId,
        most: u32,
    ) -> Stored<Vec<RefundRecord>> {
        self.refunds_for_the_counter(facility, most).await
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    async fn one_till(&self, which: Select<Entity>) -> Stored<Option<TillRecord>> {
        let row = which.one(&self.conn).await.doing("reading a till")?;
        Ok(row.map(till).transpose()?)
    }

    async fn tills_of(
        &self,
        facility: FacilityId,
        which: Select<Entity>,
    ) -> Stored<Vec<TillRecord>> {
        let rows = which
            .filter(Column::FacilityId.eq(facility.0))
            .order_by_asc(Column::Drawer)
            .order_by_asc(Column::OpenedAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading tills")?;
        rows.into_iter().map(|row| Ok(till(row)?)).collect()
    }
}

#[async_trait]
impl TillWrites for Scoped<DatabaseTransaction> {
    async fn insert_till(&mut self, till: &TillRecord) -> Stored<bool> {
        let (state, cash) = (&till.state, till.state.cash());
        let closed = closed(state);
        let row = Model {
            municipality_id: self.tenant(),
            id: till.id.0,
            facility_id: till.facility.0,
            drawer: row::integer(till.drawer)?,
            day: row::day(state.date()),
            state: state.as_str().to_owned(),
            state_facts: row::json(state)?,
            float_yen: cash.float.as_i64(),
            received_yen: cash.received.as_i64(),
            paid_out_yen: cash.paid_out.as_i64(),
            opened_by: till.opened_by.0,
            opened_at: row::micros(state.opened_at()),
            closed_by: till.closed_by.map(|staff| staff.0),
            closed_at: closed.map(|till| row::micros(till.closed_at())),
            counted_yen: closed.map(|till| till.counted().total().as_i64()),
            difference_yen: closed.map(|till| till.difference().as_i64()),
            reason: closed.and_then(ClosedTill::reason).map(str::to_owned),
            revision: till.revision,
            updated_at: row::micros(state.opened_at()),
        };
        let mut unless_open = there([Column::MunicipalityId, Column::FacilityId, Column::Drawer]);
        unless_open.target_and_where(Expr::cust(OPEN));
        self.enter_unless(unless_open, row, "opening a till").await
    }

    async fn lock_till(&mut self, id: TillId) -> Stored<Option<TillRecord>> {
        let which = self.find::<Entity>().filter(Column::Id.eq(id.0));
        self.one_till(which.lock_exclusive()).await
    }

    async fn set_till(
        &mut self,
        id: TillId,
        revision: i32,
        state: &TillState,
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.change::<Entity>(
            (id.0, revision),
            changes(state, by)?,
            now,
            "changing a till",
        )
        .await
    }

    async fn insert_movement(&mut self, movement: &MovementRecord) -> Stored<bool> {
        let (kind, amount, tendered, payment, refund) = match movement.movement {
            Movement::Float { amount } => ("float", amount, None, None, None),
            Movement::Received {
                payment,
                amount,
                tendered,
            } => ("received", amount, Some(tendered), Some(payment), None),
            Movement::PaidOut { refund, amount } => ("paid_out", amount, None, None, Some(refund)),
        };
        let row = movements::Model {
            municipality_id: self.tenant(),
            id: movement.id,
            till_id: movement.till.0,
            kind: kind.to_owned(),
            amount_yen: amount.as_i64(),
            tendered_yen: tendered.map(|tendered| tendered.as_i64()),
            payment_id: payment.map(|payment| payment.0),
            refund_id: refund.map(|refund| refund.0),
            means: "cash".to_owned(),
            paid_in_cash: true,
            made_by: movement.made_by.0,
            at: row::micros(movement.at),
        };
        self.enter_unless(
            there::<movements::Column>([]),
            row,
            "entering a till's movement",
        )
        .await
    }
}

/// What a till's next state changes.
fn changes(state: &TillState, by: StaffId) -> Stored<Vec<(Column, SimpleExpr)>> {
    let cash = state.cash();
    let mut set = vec![
        (Column::State, Expr::value(state.as_str())),
        (Column::StateFacts, Expr::value(row::json(state)?)),
        (Column::FloatYen, Expr::value(cash.float.as_i64())),
        (Column::ReceivedYen, Expr::value(cash.received.as_i64())),
        (Column::PaidOutYen, Expr::value(cash.paid_out.as_i64())),
    ];
    if let Some(till) = closed(state) {
        let counted = till.counted().total().as_i64();
        let difference = till.difference().as_i64();
        set.extend([
            (Column::ClosedBy, Expr::value(by.0)),
            (Column::ClosedAt, Expr::value(row::micros(till.closed_at()))),
            (Column::CountedYen, Expr::value(counted)),
            (Column::DifferenceYen, Expr::value(difference)),
            (Column::Reason, Expr::value(till.reason())),
        ]);
    }
    Ok(set)
}

const fn closed(state: &TillState) -> Option<&ClosedTill> {
    match state {
        TillState::Open(_) => None,
        TillState::Closed(till) => Some(till),
    }
}

fn till(model: Model) -> Result<TillRecord, Unreadable> {
    let row = Row::of("tills", model.id);
    Ok(TillRecord {
        id: TillId(model.id),
        facility: FacilityId(model.facility_id),
        drawer: row.parse("drawer", model.drawer)?,
        state: row.json("state_facts", model.state_facts)?,
        opened_by: StaffId(model.opened_by),
        closed_by: model.closed_by.map(StaffId),
        revision: model.revision,
    })
}

fn movement(model: movements::Model) -> Result<MovementRecord, Unreadable> {
    let row = Row::of("till_movements", model.id);
    let amount = row.yen("amount_yen", model.amount_yen)?;
    let movement = match (model.payment_id, model.tendered_yen, model.refund_id) {
        (None, None, None) => Movement::Float { amount },
        (Some(payment), Some(tendered), None) => Movement::Received {
            payment: PaymentId(payment),
            amount,
            tendered: row.yen("tendered_yen", tendered)?,
        },
        (None, None, Some(refund)) => Movement::PaidOut {
            refund: RefundId(refund),
            amount,
        },
        _ => return Err(row.unreadable("kind", "of two kinds at once")),
    };
    Ok(MovementRecord {
        id: model.id,
        till: TillId(model.till_id),
        movement,
        made_by: StaffId(model.made_by),
        at: row.instant("at", model.at)?,
    })
}
