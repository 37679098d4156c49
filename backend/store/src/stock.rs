//! Claims of equipment (備品の占有): the one place where pieces are lent.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::ids::{FacilityId, ReservationId};
use domain::span::Cell;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use usecases::ports::store::{ClaimOutcome, LentPiece, StockReads, StockWrites, Stored};

use crate::entity::facilities;
use crate::entity::stock_claims::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

/// Rows in one INSERT. SQLite takes 32,766 parameters and a row has seven.
const ROWS_PER_INSERT: usize = 1_000;

#[async_trait]
impl<C: ConnectionTrait + Send> StockReads for Scoped<C> {
    async fn lent(&self, facility: FacilityId, from: Cell, until: Cell) -> Stored<Vec<LentPiece>> {
        let rows: Vec<(String, i64, i32)> = self
            .find::<Entity>()
            .filter(Column::FacilityId.eq(facility.0))
            .filter(Column::Cell.gte(from.minutes()))
            .filter(Column::Cell.lt(until.minutes()))
            .order_by_asc(Column::Stock)
            .order_by_asc(Column::Cell)
            .order_by_asc(Column::Piece)
            .select_only()
            .columns([Column::Stock, Column::Cell, Column::Piece])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading what is lent")?;
        rows.into_iter().map(|row| Ok(lent(row)?)).collect()
    }
}

fn lent((stock, cell, piece): (String, i64, i32)) -> Result<LentPiece, Unreadable> {
    let row = Row::of("stock_claims", &stock);
    Ok(LentPiece {
        cell: row.parse("cell", cell)?,
        piece: row.parse("piece", piece)?,
        stock: row.parse("stock", stock)?,
    })
}

#[async_trait]
impl StockWrites for Scoped<DatabaseTransaction> {
    async fn lock_stock(&mut self, facility: FacilityId) -> Stored<()> {
        // Others may point at the facility meanwhile.
        self.find::<facilities::Entity>()
            .filter(facilities::Column::Id.eq(facility.0))
            .lock(LockType::NoKeyUpdate)
            .one(&self.conn)
            .await
            .doing("locking the stock of a facility")?;
        Ok(())
    }

    async fn claim_stock(
        &mut self,
        reservation: ReservationId,
        facility: FacilityId,
        pieces: &[LentPiece],
    ) -> Stored<ClaimOutcome> {
        self.changed = true;
        let sorted: BTreeSet<&LentPiece> = pieces.iter().collect();
        let rows = sorted.into_iter().map(|lent| {
            Ok(Model {
                municipality_id: self.tenant(),
                facility_id: facility.0,
                stock: lent.stock.to_string(),
                cell: lent.cell.minutes(),
                piece: row::integer(lent.piece)?,
                reservation_id: reservation.0,
                holds_floor: true,
            })
        });
        let rows = rows.collect::<Stored<Vec<Model>>>()?;
        for some in rows.chunks(ROWS_PER_INSERT) {
            let entered = Entity::insert_many(some.iter().cloned().map(Model::into_active_model))
                .on_conflict(there([
                    Column::MunicipalityId,
                    Column::FacilityId,
                    Column::Stock,
                    Column::Cell,
                    Column::Piece,
                ]))
                .exec_without_returning(&self.conn)
                .await
                .doing("lending")?;
            if usize::try_from(entered) != Ok(some.len()) {
                return Ok(ClaimOutcome::Taken);
            }
        }
        Ok(ClaimOutcome::Claimed)
    }
}
