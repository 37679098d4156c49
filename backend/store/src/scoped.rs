//! Where every query starts: one connection or transaction, in one municipality.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::MunicipalityId;
use sea_orm::prelude::Expr;
use sea_orm::sea_query::{
    ExprTrait as _, IntoIden, LockBehavior, LockType, OnConflict, SimpleExpr,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DeleteMany, EntityTrait,
    IntoActiveModel, ModelTrait, QueryFilter as _, QuerySelect as _, Select, TryGetable,
    UpdateMany, Value,
};
use usecases::ports::store::{Reading, StoreFailure, Stored, Transaction};
use uuid::Uuid;

use crate::changes::Hub;
use crate::entity::{OfMunicipality, Revised};
use crate::failure::Doing as _;
use crate::row;
use crate::towns::TownCache;

/// How many ids one query names. SQLite takes 32,766 parameters.
pub(crate) const MOST_ASKED_AT_ONCE: usize = 30_000;

/// A pool or a transaction, seen from one municipality. The ports' `*Reads` are implemented for
/// both, the `*Writes` for the transaction.
pub(crate) struct Scoped<C> {
    pub(crate) conn: C,
    pub(crate) municipality: MunicipalityId,
    pub(crate) towns: Arc<TownCache>,
    pub(crate) hub: Arc<Hub>,
    /// Whether reservations or claims were touched: whoever follows along is told at the commit.
    pub(crate) changed: bool,
}

#[cfg(test)]
impl<C> Scoped<C> {
    /// A connection of a test's own.
    pub(crate) fn over(conn: C, municipality: MunicipalityId) -> Self {
        Self {
            conn,
            municipality,
            towns: Arc::default(),
            hub: Hub::in_this_process(),
            changed: false,
        }
    }
}

impl<C> Scoped<C> {
    /// The municipality as its column holds it.
    pub(crate) const fn tenant(&self) -> Uuid {
        self.municipality.0
    }

    /// The municipality's rows of a table.
    pub(crate) fn find<E: OfMunicipality>(&self) -> Select<E> {
        E::find().filter(E::MUNICIPALITY.eq(self.tenant()))
    }

    /// A change to rows of the municipality.
    pub(crate) fn update<E: OfMunicipality>(&self) -> UpdateMany<E> {
        E::update_many().filter(E::MUNICIPALITY.eq(self.tenant()))
    }

    /// A removal of rows of the municipality.
    pub(crate) fn delete<E: OfMunicipality>(&self) -> DeleteMany<E> {
        E::delete_many().filter(E::MUNICIPALITY.eq(self.tenant()))
    }
}

/// These columns as a key that may be there already; with no columns, whatever key is in the way.
/// On PostgreSQL an error would end the transaction, so the number of rows has to tell.
pub(crate) fn there<K: IntoIden>(columns: impl IntoIterator<Item = K>) -> OnConflict {
    OnConflict::columns(columns).do_nothing().to_owned()
}

impl Scoped<DatabaseTransaction> {
    /// Removes up to `most` of these rows, by the column that tells them apart in a municipality, and
    /// none that somebody else is removing already: two that removed in different orders would wait
    /// for each other. Looked for first and then removed, because PostgreSQL may run a subquery with
    /// a limit more than once and remove more than that.
    pub(crate) async fn purge<K, E>(
        &self,
        rows: Select<E>,
        key: E::Column,
        most: u32,
        doing: &'static str,
    ) -> Stored<u64>
    where
        E: OfMunicipality,
        K: TryGetable + Into<Value> + Send,
    {
        let keys: Vec<K> = rows
            .select_only()
            .column(key)
            .limit(u64::from(most))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing(doing)?;
        if keys.is_empty() {
            return Ok(0);
        }
        let purged = self
            .delete::<E>()
            .filter(key.is_in(keys))
            .exec(&self.conn)
            .await
            .doing(doing)?;
        Ok(purged.rows_affected)
    }

    /// Enters a row; a key that is there already is a fault.
    pub(crate) async fn enter<M: NewRow>(&self, row: M, doing: &'static str) -> Stored<()> {
        M::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.conn)
            .await
            .doing(doing)?;
        Ok(())
    }

    /// Enters a row unless its key is there already; true when it was entered.
    pub(crate) async fn enter_unless<M: NewRow>(
        &self,
        there: OnConflict,
        row: M,
        doing: &'static str,
    ) -> Stored<bool> {
        let entered = M::Entity::insert(row.into_active_model())
            .on_conflict(there)
            .exec_without_returning(&self.conn)
            .await
            .doing(doing)?;
        Ok(entered > 0)
    }

    /// Changes the row `id` if its revision is still the one that was read; if not, somebody was
    /// faster, and the work must be done again from its beginning.
    pub(crate) async fn change<E: Revised>(
        &self,
        (id, revision): (Uuid, i32),
        set: impl IntoIterator<Item = (E::Column, SimpleExpr)>,
        now: DateTime<Utc>,
        doing: &'static str,
    ) -> Stored<()> {
        let counted = [
            (E::REVISION, Expr::col(E::REVISION).add(1)),
            (E::UPDATED_AT, Expr::value(row::micros(now))),
        ];
        let changed = set
            .into_iter()
            .chain(counted)
            .fold(self.update::<E>(), |change, (column, value)| {
                change.col_expr(column, value)
            })
            .filter(E::ID.eq(id))
            .filter(E::REVISION.eq(revision))
            .exec(&self.conn)
            .await
            .doing(doing)?;
        if changed.rows_affected == 0 {
            return Err(StoreFailure::Contended);
        }
        Ok(())
    }
}

/// A row to be entered.
pub(crate) trait NewRow: ModelTrait + IntoActiveModel<ActiveModelOf<Self>> {}

impl<M: ModelTrait + IntoActiveModel<ActiveModelOf<M>>> NewRow for M {}

type ActiveModelOf<M> = <<M as ModelTrait>::Entity as EntityTrait>::ActiveModel;

impl<C: ConnectionTrait + Send> Reading for Scoped<C> {}

#[async_trait]
impl Transaction for Scoped<DatabaseTransaction> {
    async fn commit(self: Box<Self>) -> Stored<()> {
        let this = *self;
        this.conn.commit().await.doing("committing")?;
        if this.changed {
            this.hub.changed(this.municipality);
        }
        Ok(())
    }
}
