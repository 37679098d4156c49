//! Refunds to bank accounts: where they go, and the orders to the bank.
//!
//! `state` and `approved_by` are derived from an order's state and written beside it, so that the rules
//! of the table can see them; `state_facts` is the truth that is read back.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{RefundId, StaffId, TransferOrderId};
use domain::transfer::OrderState;
use sea_orm::prelude::Expr;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{
    RefundAccount, RefundRecord, StoreFailure, Stored, TransferOrderRecord, TransferReads,
    TransferRecord, TransferWrites,
};
use uuid::Uuid;

use crate::entity::transfer_orders::{Column, Entity, Model};
use crate::entity::{refund_accounts as accounts, refunds, transfers};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

#[async_trait]
impl<C: ConnectionTrait + Send> TransferReads for Scoped<C> {
    async fn refund_account(&self, refund: RefundId) -> Stored<Option<RefundAccount>> {
        let row = self
            .find::<accounts::Entity>()
            .filter(accounts::Column::RefundId.eq(refund.0))
            .one(&self.conn)
            .await
            .doing("reading a refund's account")?;
        Ok(row.map(|row| RefundAccount {
            refund: RefundId(row.refund_id),
            account_sealed: row.account_sealed,
            told_to: row.told_to.map(StaffId),
        }))
    }

    async fn refunds_by_transfer(&self, most: u32) -> Stored<Vec<RefundRecord>> {
        self.refunds_to_transfer(most).await
    }

    async fn transfer_order(&self, id: TransferOrderId) -> Stored<Option<TransferOrderRecord>> {
        self.one_order(self.find().filter(Column::Id.eq(id.0)))
            .await
    }

    async fn transfer_order_of(&self, submission: Uuid) -> Stored<Option<TransferOrderRecord>> {
        self.one_order(self.find().filter(Column::Submission.eq(submission)))
            .await
    }

    async fn transfer_orders(&self, most: u32) -> Stored<Vec<TransferOrderRecord>> {
        let rows = self
            .find::<Entity>()
            .order_by_desc(Column::Number)
            .limit(u64::from(most))
            .all(&self.conn)
            .await
            .doing("reading orders to the bank")?;
        rows.into_iter().map(|row| Ok(order(row)?)).collect()
    }

    async fn transfers(&self, of: TransferOrderId) -> Stored<Vec<TransferRecord>> {
        let rows = self
            .find::<transfers::Entity>()
            .filter(transfers::Column::OrderId.eq(of.0))
            .order_by_asc(transfers::Column::Place)
            .all(&self.conn)
            .await
            .doing("reading what is in an order to the bank")?;
        rows.into_iter().map(|row| Ok(transfer(&row)?)).collect()
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    async fn one_order(&self, which: Select<Entity>) -> Stored<Option<TransferOrderRecord>> {
        let row = which
            .one(&self.conn)
            .await
            .doing("reading an order to the bank")?;
        Ok(row.map(order).transpose()?)
    }
}

#[async_trait]
impl TransferWrites for Scoped<DatabaseTransaction> {
    async fn keep_refund_account(
        &mut self,
        account: &RefundAccount,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.forget_refund_account(account.refund).await?;
        let row = accounts::Model {
            municipality_id: self.tenant(),
            refund_id: account.refund.0,
            account_sealed: account.account_sealed.clone(),
            told_to: account.told_to.map(|staff| staff.0),
            updated_at: row::micros(now),
        };
        self.enter(row, "keeping a refund's account").await
    }

    async fn forget_refund_account(&mut self, refund: RefundId) -> Stored<()> {
        self.delete::<accounts::Entity>()
            .filter(accounts::Column::RefundId.eq(refund.0))
            .exec(&self.conn)
            .await
            .doing("throwing a refund's account away")?;
        Ok(())
    }

    async fn purge_refund_accounts(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64> {
        let sent = Query::select()
            .column(refunds::Column::Id)
            .from(refunds::Entity)
            .and_where(refunds::Column::MunicipalityId.eq(self.tenant()))
            .and_where(refunds::Column::State.is_in(["transferred", "paid_in_cash"]))
            .and_where(refunds::Column::UpdatedAt.lt(row::micros(before)))
            .to_owned();
        let done = self
            .find::<accounts::Entity>()
            .filter(accounts::Column::RefundId.in_subquery(sent));
        let key = accounts::Column::RefundId;
        self.purge::<Uuid, _>(
            done,
            key,
            most,
            "purging accounts of refunds that were sent",
        )
        .await
    }

    async fn insert_transfer_order(
        &mut self,
        order: &TransferOrderRecord,
        items: &[TransferRecord],
    ) -> Stored<bool> {
        let last: Option<i32> = self
            .find::<Entity>()
            .order_by_desc(Column::Number)
            .select_only()
            .column(Column::Number)
            .limit(1)
            .into_tuple()
            .one(&self.conn)
            .await
            .doing("looking for the last order to the bank")?;
        let row = Model {
            municipality_id: self.tenant(),
            id: order.id.0,
            number: last.unwrap_or(0) + 1,
            pay_on: row::day(order.pay_on),
            state: order.state.name().to_owned(),
            state_facts: row::json(&order.state)?,
            prepared_by: order.prepared_by.0,
            approved_by: order.state.approved_by().map(|staff| staff.0),
            submission: order.submission,
            revision: order.revision,
            created_at: row::micros(order.created_at),
            updated_at: row::micros(order.created_at),
        };
        // Whichever key is in the way: the form, or the number that somebody else took.
        let entered = self
            .enter_unless(there::<Column>([]), row, "entering an order to the bank")
            .await?;
        if !entered {
            return match self.transfer_order_of(order.submission).await? {
                Some(_) => Ok(false),
                None => Err(StoreFailure::Contended),
            };
        }
        for item in items {
            let row = transfers::Model {
                municipality_id: self.tenant(),
                order_id: item.order.0,
                refund_id: item.refund.0,
                amount_yen: item.amount.as_i64(),
                place: row::integer(item.place)?,
                live: item.live,
            };
            let once = there::<transfers::Column>([]);
            if !self.enter_unless(once, row, "entering a transfer").await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn set_transfer_order_state(
        &mut self,
        id: TransferOrderId,
        revision: i32,
        state: OrderState,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        let set = [
            (Column::State, Expr::value(state.name())),
            (Column::StateFacts, Expr::value(row::json(&state)?)),
            (
                Column::ApprovedBy,
                Expr::value(state.approved_by().map(|staff| staff.0)),
            ),
        ];
        self.change::<Entity>((id.0, revision), set, now, "changing an order to the bank")
            .await
    }

    async fn end_transfer(&mut self, order: TransferOrderId, refund: RefundId) -> Stored<()> {
        self.update::<transfers::Entity>()
            .col_expr(transfers::Column::Live, Expr::value(false))
            .filter(transfers::Column::OrderId.eq(order.0))
            .filter(transfers::Column::RefundId.eq(refund.0))
            .exec(&self.conn)
            .await
            .doing("ending a transfer")?;
        Ok(())
    }
}

fn order(model: Model) -> Result<TransferOrderRecord, Unreadable> {
    let row = Row::of("transfer_orders", model.id);
    Ok(TransferOrderRecord {
        id: TransferOrderId(model.id),
        number: row.count("number", model.number)?,
        pay_on: row.day("pay_on", &model.pay_on)?,
        state: row.json("state_facts", model.state_facts)?,
        prepared_by: StaffId(model.prepared_by),
        submission: model.submission,
        revision: model.revision,
        created_at: row.instant("created_at", model.created_at)?,
    })
}

fn transfer(model: &transfers::Model) -> Result<TransferRecord, Unreadable> {
    let row = Row::of(
        "transfers",
        format!("{} {}", model.order_id, model.refund_id),
    );
    Ok(TransferRecord {
        order: TransferOrderId(model.order_id),
        refund: RefundId(model.refund_id),
        amount: row.yen("amount_yen", model.amount_yen)?,
        place: row.count("place", model.place)?,
        live: model.live,
    })
}
