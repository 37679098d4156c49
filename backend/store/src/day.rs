//! The day (当日): who comes when, and what moved.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, PersonId, ReservationId, RoomId};
use domain::span::Cell;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use usecases::ports::store::{
    BoardRow, BookedEntry, DayReads, PaymentRecord, RefundRecord, ReservationRecord, Stored,
};
use uuid::Uuid;

use crate::entity::reservations::{Column, Entity};
use crate::failure::{Doing as _, Unreadable};
use crate::reservations::record;
use crate::row::{Row, micros};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped};

/// No reservation is longer, minutes: slots are within one day ([`domain::span::Span::on`]), so what
/// reaches into a time began at most this much before it. The indexes are by start.
const LONGEST: i64 = 24 * 60;

/// The columns of a [`BoardRow`].
type BoardColumns = (Uuid, Uuid, Uuid, Uuid, i64, i64, String);

impl<C> Scoped<C> {
    /// Reservations that share a cell with `[from, until)`, by start and room.
    fn between(&self, from: Cell, until: Cell) -> Select<Entity> {
        self.find::<Entity>()
            .filter(Column::StartsAt.gt(from.minutes() - LONGEST))
            .filter(Column::StartsAt.lt(until.minutes()))
            .filter(Column::EndsAt.gt(from.minutes()))
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::RoomId)
            .order_by_asc(Column::Id)
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    async fn several_reservations(&self, which: Select<Entity>) -> Stored<Vec<ReservationRecord>> {
        let rows = which
            .all(&self.conn)
            .await
            .doing("reading the reservations of a time")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> DayReads for Scoped<C> {
    async fn reservations_at(
        &self,
        facility: FacilityId,
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<ReservationRecord>> {
        let there = Column::FacilityId.eq(facility.0);
        self.several_reservations(self.between(from, until).filter(there))
            .await
    }

    async fn reservations_between(
        &self,
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<ReservationRecord>> {
        self.several_reservations(self.between(from, until)).await
    }

    async fn reservations_made(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Stored<Vec<ReservationRecord>> {
        let made = self
            .find::<Entity>()
            .filter(Column::CreatedAt.gte(micros(from)))
            .filter(Column::CreatedAt.lt(micros(until)))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id);
        self.several_reservations(made).await
    }

    async fn these_reservations(&self, ids: &[ReservationId]) -> Stored<Vec<ReservationRecord>> {
        let mut all = Vec::with_capacity(ids.len());
        for some in ids.chunks(MOST_ASKED_AT_ONCE) {
            let these = Column::Id.is_in(some.iter().map(|id| id.0));
            let some = self
                .several_reservations(self.find::<Entity>().filter(these))
                .await?;
            all.extend(some);
        }
        Ok(all)
    }

    async fn board(
        &self,
        facility: Option<FacilityId>,
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<BoardRow>> {
        let mut holding = self
            .between(from, until)
            .filter(Column::HoldsFloor.eq(true));
        if let Some(facility) = facility {
            holding = holding.filter(Column::FacilityId.eq(facility.0));
        }
        let rows: Vec<BoardColumns> = holding
            .select_only()
            .columns([
                Column::Id,
                Column::PersonId,
                Column::FacilityId,
                Column::RoomId,
                Column::StartsAt,
                Column::EndsAt,
                Column::State,
            ])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading a board")?;
        rows.into_iter().map(|row| Ok(board_row(row)?)).collect()
    }

    async fn by_number(&self, number: &str) -> Stored<Option<ReservationRecord>> {
        self.one_reservation(self.find::<Entity>().filter(Column::Number.eq(number)))
            .await
    }

    async fn payments_of_each(&self, reservations: &[ReservationId]) -> Stored<Vec<PaymentRecord>> {
        self.payments_for(reservations).await
    }

    async fn refunds_of_each(&self, reservations: &[ReservationId]) -> Stored<Vec<RefundRecord>> {
        self.refunds_for(reservations).await
    }

    async fn entries_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Stored<Vec<BookedEntry>> {
        self.entries_booked(from, until).await
    }
}

fn board_row(columns: BoardColumns) -> Result<BoardRow, Unreadable> {
    let (id, person, facility, room, starts_at, ends_at, state) = columns;
    let row = Row::of("reservations", id);
    Ok(BoardRow {
        id: ReservationId(id),
        person: PersonId(person),
        facility: FacilityId(facility),
        room: RoomId(room),
        span: row.span(starts_at, ends_at)?,
        state: row.word("state", state)?,
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::{DatabaseConnection, QueryTrait as _};
    use testkit::{Engine, TestWorld};
    use usecases::ports::store::Store as _;

    use super::*;
    use crate::explained::plan;

    /// The same reservation on each of twenty thousand days, and statistics about them.
    async fn crowd(conn: &DatabaseConnection, engine: Engine) {
        let id = match engine {
            Engine::Sqlite => "randomblob(16)",
            Engine::Postgres => "gen_random_uuid()",
        };
        let days = format!(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
            INSERT INTO reservations (municipality_id, id, number, person_id, facility_id, room_id,
                starts_at, ends_at, people, particulars, quote, total_yen, state, state_facts,
                holds_floor, deadline_at, submission, request_hash, revision, created_at, updated_at)
            SELECT r.municipality_id, {id}, CAST(n.n AS text), r.person_id, r.facility_id, r.room_id,
                r.starts_at + 1440 * n.n, r.ends_at + 1440 * n.n, r.people, r.particulars, r.quote,
                r.total_yen, r.state, r.state_facts, r.holds_floor, r.deadline_at, {id},
                r.request_hash, r.revision, r.created_at, r.updated_at
            FROM reservations r CROSS JOIN n"
        );
        for sql in [days.as_str(), "ANALYZE reservations"] {
            conn.execute_unprepared(sql).await.unwrap();
        }
    }

    testkit::on_both! {
        async fn a_day_is_found_by_an_index_however_many_there_were(db: TestStore) {
            let world = TestWorld::new(&db).await.unwrap();
            let record = world.reservation("gym-full", "2026-11-28", "18:00", "19:00").unwrap();
            let mut tx = world.store.begin(world.municipality).await.unwrap();
            let _inserted = tx.insert_reservation(&record).await.unwrap();
            tx.commit().await.unwrap();
            let conn = db.raw().await.unwrap();
            crowd(&conn, db.engine()).await;
            let scoped = Scoped::over(conn, world.municipality);
            let from = record.span.start().plus(48 * 10_000);
            let day = scoped.between(from, from.plus(48));
            let there = Column::FacilityId.eq(record.facility.0);
            for (query, indexes) in [
                (day.clone(), &["reservations_by_start", "reservations_at_facility"][..1]),
                // With one facility in the town the one is as good as the other.
                (day.filter(there), &["reservations_by_start", "reservations_at_facility"][..]),
            ] {
                let query = query.build(scoped.conn.get_database_backend());
                let plan = plan(&scoped.conn, query).await;
                assert!(indexes.iter().any(|index| plan.contains(index)), "{plan}");
                for slow in ["Seq Scan", "SCAN"] {
                    assert!(!plan.contains(slow), "{plan}");
                }
            }
            scoped.conn.close().await.unwrap();
        }
    }
}
