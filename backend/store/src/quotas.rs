//! What somebody has booked, as far as quotas ask: by the index of their reservations.

use async_trait::async_trait;
use domain::ids::{PersonId, ReservationId};
use domain::span::Cell;
use domain::town::Slug;
use sea_orm::prelude::Json;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use serde::Deserialize;
use usecases::ports::store::{BookedTime, QuotaReads, Stored};
use uuid::Uuid;

use crate::entity::reservations::{Column, Entity};
use crate::failure::{Doing as _, Unreadable};
use crate::row::Row;
use crate::scoped::Scoped;

/// The columns of a [`BookedTime`].
type BookedColumns = (Uuid, Json, i64, i64, String);

/// The part of the particulars that says where.
#[derive(Deserialize)]
struct Whereabouts {
    facility: Slug,
    room: Slug,
}

impl<C> Scoped<C> {
    /// The rows behind [`QuotaReads::booked_by`].
    fn booked_rows(&self, person: PersonId, from: Cell) -> Select<Entity> {
        self.find::<Entity>()
            .filter(Column::PersonId.eq(person.0))
            .filter(Column::GroupId.is_null())
            .filter(Column::StartsAt.gte(from.minutes()))
            .filter(Column::HoldsFloor.eq(true))
            .order_by_asc(Column::StartsAt)
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    async fn booked_times(&self, which: Select<Entity>) -> Stored<Vec<BookedTime>> {
        let rows: Vec<BookedColumns> = which
            .select_only()
            .columns([
                Column::Id,
                Column::Particulars,
                Column::StartsAt,
                Column::EndsAt,
                Column::State,
            ])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading what somebody has booked")?;
        rows.into_iter().map(|row| Ok(booked(row)?)).collect()
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> QuotaReads for Scoped<C> {
    async fn booked_by(&self, person: PersonId, from: Cell) -> Stored<Vec<BookedTime>> {
        self.booked_times(self.booked_rows(person, from)).await
    }
}

fn booked(columns: BookedColumns) -> Result<BookedTime, Unreadable> {
    let (id, particulars, starts_at, ends_at, state) = columns;
    let row = Row::of("reservations", id);
    let Whereabouts { facility, room } = row.json("particulars", particulars)?;
    Ok(BookedTime {
        id: ReservationId(id),
        facility,
        room,
        span: row.span(starts_at, ends_at)?,
        state: row.word("state", state)?,
    })
}
