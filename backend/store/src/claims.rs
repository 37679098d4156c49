//! Claims (占有): the one place where floor is taken and let go.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::ids::{ClosureId, ReservationId, UnitId};
use domain::span::Cell;
use sea_orm::sea_query::{
    Condition, Expr, ExprTrait as _, JoinType, Order, Query, SelectStatement,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use usecases::ports::store::{
    ClaimOutcome, ClaimReads, ClaimWrites, ClaimedCell, Stored, TakenCell,
};
use uuid::Uuid;

use crate::entity::claims::{Column, Entity, Model};
use crate::entity::{stock_claims, town_versions};
use crate::failure::{Doing as _, Unreadable};
use crate::row::Row;
use crate::scoped::{Scoped, there};

/// Rows in one INSERT. SQLite takes 32,766 parameters and a row has six.
const ROWS_PER_INSERT: usize = 1_000;

/// Whose the floor becomes.
#[derive(Clone, Copy)]
enum Holder {
    Reservation(ReservationId),
    Closure(ClosureId),
}

impl<C> Scoped<C> {
    /// The rows behind [`ClaimReads::claimed`], found and ordered by the primary key.
    fn claimed_rows(&self, units: &[UnitId], from: Cell, until: Cell) -> Select<Entity> {
        self.find::<Entity>()
            .filter(Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
            .filter(Column::Cell.gte(from.minutes()))
            .filter(Column::Cell.lt(until.minutes()))
            .order_by_asc(Column::UnitId)
            .order_by_asc(Column::Cell)
    }

    /// The version in force beside each of those rows; without any, beside nothing.
    fn version_and_claims(&self, units: &[UnitId], from: Cell, until: Cell) -> SelectStatement {
        use town_versions::Column as Version;
        let in_force = "in_force";
        let newest = Query::select()
            .expr_as(Expr::col(Version::Version).max(), Version::Version)
            .from(town_versions::Entity)
            .and_where(Version::MunicipalityId.eq(self.tenant()))
            .take();
        let those = Condition::all()
            .add(Column::MunicipalityId.eq(self.tenant()))
            .add(Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
            .add(Column::Cell.gte(from.minutes()))
            .add(Column::Cell.lt(until.minutes()));
        Query::select()
            .column((in_force, Version::Version))
            .columns([
                (Entity, Column::UnitId),
                (Entity, Column::Cell),
                (Entity, Column::ClosureId),
            ])
            .from_subquery(newest, in_force)
            .join(JoinType::LeftJoin, Entity, those)
            .order_by((Entity, Column::UnitId), Order::Asc)
            .order_by((Entity, Column::Cell), Order::Asc)
            .take()
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> ClaimReads for Scoped<C> {
    async fn claimed(&self, units: &[UnitId], from: Cell, until: Cell) -> Stored<Vec<ClaimedCell>> {
        let rows: Vec<(Uuid, i64)> = self
            .claimed_rows(units, from, until)
            .select_only()
            .columns([Column::UnitId, Column::Cell])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading claims")?;
        rows.into_iter()
            .map(|(unit, cell)| Ok((UnitId(unit), Row::of("claims", unit).parse("cell", cell)?)))
            .collect()
    }

    async fn taken(&self, units: &[UnitId], from: Cell, until: Cell) -> Stored<Vec<TakenCell>> {
        let rows: Vec<(Uuid, i64, Option<Uuid>)> = self
            .claimed_rows(units, from, until)
            .select_only()
            .columns([Column::UnitId, Column::Cell, Column::ClosureId])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading what is taken")?;
        rows.into_iter()
            .map(|(unit, cell, closure)| Ok(taken(unit, cell, closure)?))
            .collect()
    }

    async fn claimed_under(
        &self,
        version: i32,
        units: &[UnitId],
        from: Cell,
        until: Cell,
    ) -> Stored<Option<Vec<TakenCell>>> {
        let rows = self
            .conn
            .query_all(&self.version_and_claims(units, from, until))
            .await
            .doing("reading claims under a town file")?;
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            let (in_force, unit, cell, closure): VersionedClaim = row
                .try_get_many_by_index()
                .doing("reading claims under a town file")?;
            if in_force != Some(version) {
                return Ok(None);
            }
            if let (Some(unit), Some(cell)) = (unit, cell) {
                cells.push(taken(unit, cell, closure)?);
            }
        }
        Ok(Some(cells))
    }
}

/// The version in force, and a claim beside it if there is one.
type VersionedClaim = (Option<i32>, Option<Uuid>, Option<i64>, Option<Uuid>);

fn taken(unit: Uuid, cell: i64, closure: Option<Uuid>) -> Result<TakenCell, Unreadable> {
    Ok(TakenCell {
        unit: UnitId(unit),
        cell: Row::of("claims", unit).parse("cell", cell)?,
        closed: closure.is_some(),
    })
}

#[async_trait]
impl ClaimWrites for Scoped<DatabaseTransaction> {
    async fn claim(
        &mut self,
        reservation: ReservationId,
        cells: &[ClaimedCell],
    ) -> Stored<ClaimOutcome> {
        let holder = Holder::Reservation(reservation);
        self.take(cells.iter().map(|cell| (*cell, holder)).collect())
            .await
    }

    async fn claim_closure(
        &mut self,
        closure: ClosureId,
        cells: &[ClaimedCell],
    ) -> Stored<ClaimOutcome> {
        let holder = Holder::Closure(closure);
        self.take(cells.iter().map(|cell| (*cell, holder)).collect())
            .await
    }

    async fn unclaim(&mut self, reservation: ReservationId) -> Stored<()> {
        use stock_claims::{Column as OfStock, Entity as StockClaims};
        self.changed = true;
        self.delete::<Entity>()
            .filter(Column::ReservationId.eq(reservation.0))
            .exec(&self.conn)
            .await
            .doing("letting go of claims")?;
        self.delete::<StockClaims>()
            .filter(OfStock::ReservationId.eq(reservation.0))
            .exec(&self.conn)
            .await
            .doing("letting go of equipment")?;
        Ok(())
    }
}

impl Scoped<DatabaseTransaction> {
    /// The floor of several closures' spans at once, in one order.
    pub(crate) async fn take_for_closures(
        &mut self,
        cells: &BTreeMap<ClaimedCell, ClosureId>,
    ) -> Stored<ClaimOutcome> {
        let cells = cells
            .iter()
            .map(|(cell, closure)| (*cell, Holder::Closure(*closure)))
            .collect();
        self.take(cells).await
    }

    /// Inserts in (unit, cell) order, so that no two transactions ever wait for each other in a
    /// circle; fewer rows than asked for means that somebody else has one of them.
    async fn take(&mut self, cells: BTreeMap<ClaimedCell, Holder>) -> Stored<ClaimOutcome> {
        self.changed = true;
        let rows: Vec<Model> = cells
            .into_iter()
            .map(|(cell, holder)| self.claim_row(holder, cell))
            .collect();
        for some in rows.chunks(ROWS_PER_INSERT) {
            let entered = Entity::insert_many(some.iter().cloned().map(Model::into_active_model))
                .on_conflict(there([
                    Column::MunicipalityId,
                    Column::UnitId,
                    Column::Cell,
                ]))
                .exec_without_returning(&self.conn)
                .await
                .doing("claiming")?;
            if usize::try_from(entered) != Ok(some.len()) {
                return Ok(ClaimOutcome::Taken);
            }
        }
        Ok(ClaimOutcome::Claimed)
    }

    fn claim_row(&self, holder: Holder, (unit, cell): ClaimedCell) -> Model {
        let (reservation_id, closure_id) = match holder {
            Holder::Reservation(id) => (Some(id.0), None),
            Holder::Closure(id) => (None, Some(id.0)),
        };
        Model {
            municipality_id: self.tenant(),
            unit_id: unit.0,
            cell: cell.minutes(),
            reservation_id,
            closure_id,
            holds_floor: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait as _;
    use testkit::{Engine, TestWorld};
    use usecases::ports::store::Store as _;

    use super::*;
    use crate::explained::plan;

    /// Twenty thousand claims beside the few of one reservation, and statistics about them.
    const CROWD: &str =
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
        INSERT INTO claims SELECT c.municipality_id, c.unit_id, c.cell + 3000 * n.n,
            c.reservation_id, c.closure_id, c.holds_floor FROM claims c CROSS JOIN n";

    testkit::on_both! {
        async fn what_is_claimed_is_found_by_the_primary_key(db: TestStore) {
            let world = TestWorld::new(&db).await.unwrap();
            let record = world.reservation("gym-full", "2026-11-28", "18:00", "19:00").unwrap();
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            let _inserted = tx.insert_reservation(&record).await.unwrap();
            let _claimed = tx.claim(record.id, &world.cells(&record).unwrap()).await.unwrap();
            tx.commit().await.unwrap();
            let conn = db.raw().await.unwrap();
            conn.execute_unprepared(CROWD).await.unwrap();
            conn.execute_unprepared("ANALYZE claims").await.unwrap();

            let scoped = Scoped::over(conn, world.municipality);
            let units: Vec<UnitId> = world.town.units.values().copied().collect();
            let start = record.span.start();
            let query = scoped
                .claimed_rows(&units, start, start.plus(48))
                .build(scoped.conn.get_database_backend());
            let key = match db.engine() {
                Engine::Sqlite => {
                    "autoindex_claims_1 (municipality_id=? AND unit_id=? AND cell>? AND cell<?)"
                }
                Engine::Postgres => "using claims_pkey",
            };
            let plan = plan(&scoped.conn, query).await;
            assert!(plan.contains(key), "{plan}");
            for slow in ["Seq Scan", "SCAN", "TEMP B-TREE"] {
                assert!(!plan.contains(slow), "{plan}");
            }
            scoped.conn.close().await.unwrap();
        }
    }
}
