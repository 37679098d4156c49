//! Uses (利用), page by page: the columns that fees depend on, and no others.

use async_trait::async_trait;
use domain::ids::{FacilityId, ReservationId};
use domain::span::Cell;
use sea_orm::prelude::Json;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{Stored, UseReads, UseRow, Uses};
use uuid::Uuid;

use crate::entity::reservations::{Column, Entity};
use crate::failure::{Doing as _, Unreadable};
use crate::row::Row;
use crate::scoped::Scoped;

/// The columns of a [`UseRow`].
type UseColumns = (Uuid, String, Uuid, i64, i64, i32, Json, Json, String, i64);

impl<C> Scoped<C> {
    /// The uses after `after`, by start. Where a start is shared, the id tells who comes next.
    fn uses_after(&self, which: Uses<'_>, after: Option<(Cell, ReservationId)>) -> Select<Entity> {
        let from = after.map_or(which.from, |(start, _)| start);
        let states = which.states.iter().map(|state| state.as_str());
        let uses = self
            .find::<Entity>()
            .filter(Column::StartsAt.gte(from.minutes()))
            .filter(Column::StartsAt.lt(which.until.minutes()))
            .filter(Column::State.is_in(states))
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::Id);
        match after {
            Some((start, id)) => uses.filter(
                Condition::any()
                    .add(Column::StartsAt.gt(start.minutes()))
                    .add(Column::Id.gt(id.0)),
            ),
            None => uses,
        }
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> UseReads for Scoped<C> {
    async fn uses(
        &self,
        which: Uses<'_>,
        after: Option<(Cell, ReservationId)>,
        most: u32,
    ) -> Stored<Vec<UseRow>> {
        let rows: Vec<UseColumns> = self
            .uses_after(which, after)
            .limit(u64::from(most))
            .select_only()
            .columns([
                Column::Id,
                Column::Number,
                Column::FacilityId,
                Column::StartsAt,
                Column::EndsAt,
                Column::People,
                Column::Particulars,
                Column::Quote,
                Column::State,
                Column::CreatedAt,
            ])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading the uses of a time")?;
        rows.into_iter().map(|row| Ok(use_row(row)?)).collect()
    }
}

fn use_row(columns: UseColumns) -> Result<UseRow, Unreadable> {
    let (id, number, facility, starts_at, ends_at, people, particulars, quote, state, created_at) =
        columns;
    let row = Row::of("reservations", id);
    Ok(UseRow {
        id: ReservationId(id),
        facility: FacilityId(facility),
        span: row.span(starts_at, ends_at)?,
        people: row.parse("people", people)?,
        particulars: row.json("particulars", particulars)?,
        quote: row.json("quote", quote)?,
        state: row.word("state", state)?,
        created_at: row.instant("created_at", created_at)?,
        number,
    })
}

#[cfg(test)]
mod tests {
    use domain::reservation::StateName;
    use sea_orm::QueryTrait as _;
    use testkit::TestWorld;

    use super::*;
    use crate::explained::plan;

    testkit::on_both! {
        async fn the_next_page_is_found_by_an_index(db: TestStore) {
            let world = TestWorld::new(&db).await.unwrap();
            let conn = db.raw().await.unwrap();
            let scoped = Scoped::over(conn, world.municipality);
            let noon = Cell::at("2026-11-28".parse().unwrap(), "12:00".parse().unwrap()).unwrap();
            let which = Uses { from: noon, until: noon.plus(48), states: &[StateName::Confirmed] };
            let after = Some((noon.plus(2), ReservationId(Uuid::nil())));
            for after in [None, after] {
                let query = scoped.uses_after(which, after).limit(1_000);
                let query = query.build(scoped.conn.get_database_backend());
                let plan = plan(&scoped.conn, query).await;
                assert!(plan.contains("reservations_"), "{plan}");
                assert!(!plan.contains("Seq Scan"), "{plan}");
            }
            scoped.conn.close().await.unwrap();
        }
    }
}
