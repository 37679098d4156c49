//! Closures (休館・公用). Their floor is claimed like everybody's ([`crate::claims`]).

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::closure::{Booked, ClosureReason};
use domain::ids::{ClosureId, ClosureSeriesId, FacilityId, ReservationId, StaffId, UnitId};
use domain::span::{Cell, Span};
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use usecases::ports::store::{
    ClaimOutcome, ClaimedCell, ClosureAsked, ClosureOn, ClosureReads, ClosureRecord,
    ClosureSeriesRecord, ClosureWrites, LiftRecord, Stored,
};
use uuid::Uuid;

use crate::entity::closures::{Column, Entity, Model};
use crate::entity::{claims, closure_series as series, reservations};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{MOST_ASKED_AT_ONCE, Scoped};

/// How many spans one query looks into. SQLite nests no more than 1,000 conditions.
const SPANS_AT_ONCE: usize = 100;

/// A closure and its spans.
type Series = (ClosureSeriesRecord, Vec<ClosureRecord>);

/// The columns of a claim that a closure has.
type ClaimColumns = (Uuid, Uuid, i64);

/// The columns of a reservation that a closure asks for.
type BookedColumns = (Uuid, i64, i64, String);

#[async_trait]
impl<C: ConnectionTrait + Send> ClosureReads for Scoped<C> {
    async fn closures_on(
        &self,
        units: &[UnitId],
        from: Cell,
        until: Cell,
    ) -> Stored<Vec<ClosureOn>> {
        let rows: Vec<ClaimColumns> = self
            .find::<claims::Entity>()
            .filter(claims::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
            .filter(claims::Column::Cell.gte(from.minutes()))
            .filter(claims::Column::Cell.lt(until.minutes()))
            .filter(claims::Column::ClosureId.is_not_null())
            .order_by_asc(claims::Column::UnitId)
            .order_by_asc(claims::Column::Cell)
            .select_only()
            .columns([
                claims::Column::ClosureId,
                claims::Column::UnitId,
                claims::Column::Cell,
            ])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading what is closed")?;
        let mut cells: BTreeMap<Uuid, Vec<ClaimedCell>> = BTreeMap::new();
        for (closure, unit, cell) in rows {
            let cell = Row::of("claims", unit).parse("cell", cell)?;
            cells.entry(closure).or_default().push((UnitId(unit), cell));
        }
        let which = Column::Id.is_in(cells.keys().copied());
        let closures = self.spans(self.find().filter(which)).await?;
        Ok(closures
            .into_iter()
            .filter_map(|closure| {
                let cells = cells.remove(&closure.id.0)?;
                Some(ClosureOn { closure, cells })
            })
            .collect())
    }

    async fn closures_between(&self, from: Cell, until: Cell) -> Stored<Vec<ClosureRecord>> {
        let which = self
            .find()
            .filter(Column::EndsAt.gt(from.minutes()))
            .filter(Column::StartsAt.lt(until.minutes()));
        self.spans(which).await
    }

    async fn closure_series(&self, id: ClosureSeriesId) -> Stored<Option<Series>> {
        self.one_series(id, self.find()).await
    }

    async fn closure_series_each(
        &self,
        ids: &[ClosureSeriesId],
    ) -> Stored<Vec<ClosureSeriesRecord>> {
        let ids: BTreeSet<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut all = Vec::with_capacity(ids.len());
        for some in chunks(&ids) {
            let rows = self
                .find::<series::Entity>()
                .filter(series::Column::Id.is_in(some))
                .order_by_asc(series::Column::Id)
                .all(&self.conn)
                .await
                .doing("reading closures")?;
            for row in rows {
                all.push(asked(row)?);
            }
        }
        Ok(all)
    }

    async fn booked_on(&self, units: &[UnitId], spans: &[Span]) -> Stored<Vec<Booked<UnitId>>> {
        let met = self.met(units, spans).await?;
        let mut floor = self.floor_of(&met).await?;
        let mut booked = Vec::new();
        for some in chunks(&met) {
            let rows: Vec<BookedColumns> = self
                .find::<reservations::Entity>()
                .filter(reservations::Column::Id.is_in(some.iter().copied()))
                .select_only()
                .columns([
                    reservations::Column::Id,
                    reservations::Column::StartsAt,
                    reservations::Column::EndsAt,
                    reservations::Column::State,
                ])
                .into_tuple()
                .all(&self.conn)
                .await
                .doing("reading whom a closure meets")?;
            for (id, starts_at, ends_at, state) in rows {
                let row = Row::of("reservations", id);
                booked.push(Booked {
                    reservation: ReservationId(id),
                    units: floor.remove(&id).unwrap_or_default(),
                    span: row.span(starts_at, ends_at)?,
                    state: row.word("state", state)?,
                });
            }
        }
        booked.sort_by_key(|booked| (booked.span, booked.reservation));
        Ok(booked)
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    /// The reservations that hold any of the units within any of the spans.
    async fn met(&self, units: &[UnitId], spans: &[Span]) -> Stored<BTreeSet<Uuid>> {
        let mut met = BTreeSet::new();
        for some in spans.chunks(SPANS_AT_ONCE) {
            let within = some.iter().fold(Condition::any(), |any, span| {
                let from = claims::Column::Cell.gte(span.start().minutes());
                let until = claims::Column::Cell.lt(span.end().minutes());
                any.add(Condition::all().add(from).add(until))
            });
            let ids: Vec<Uuid> = self
                .find::<claims::Entity>()
                .filter(claims::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
                .filter(within)
                .filter(claims::Column::ReservationId.is_not_null())
                .select_only()
                .column(claims::Column::ReservationId)
                .distinct()
                .into_tuple()
                .all(&self.conn)
                .await
                .doing("looking for whom a closure meets")?;
            met.extend(ids);
        }
        Ok(met)
    }

    /// All the floor of these reservations.
    async fn floor_of(&self, met: &BTreeSet<Uuid>) -> Stored<BTreeMap<Uuid, BTreeSet<UnitId>>> {
        let mut floor: BTreeMap<Uuid, BTreeSet<UnitId>> = BTreeMap::new();
        for some in chunks(met) {
            let rows: Vec<(Uuid, Uuid)> = self
                .find::<claims::Entity>()
                .filter(claims::Column::ReservationId.is_in(some.iter().copied()))
                .select_only()
                .columns([claims::Column::ReservationId, claims::Column::UnitId])
                .distinct()
                .into_tuple()
                .all(&self.conn)
                .await
                .doing("reading the floor of reservations")?;
            for (reservation, unit) in rows {
                floor.entry(reservation).or_default().insert(UnitId(unit));
            }
        }
        Ok(floor)
    }

    /// Spans with their reasons, by start.
    async fn spans(&self, which: Select<Entity>) -> Stored<Vec<ClosureRecord>> {
        let rows = which
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading closures")?;
        let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.series_id).collect();
        let mut reasons = BTreeMap::new();
        for some in chunks(&ids) {
            let rows = self
                .find::<series::Entity>()
                .filter(series::Column::Id.is_in(some.iter().copied()))
                .all(&self.conn)
                .await
                .doing("reading why there are closures")?;
            for row in rows {
                reasons.insert(row.id, reason(&row)?);
            }
        }
        let spans = rows.into_iter().map(|row| {
            let why = reasons.get(&row.series_id).cloned();
            let why = why.ok_or_else(|| {
                Row::of("closures", row.id).unreadable("series_id", "there is none")
            })?;
            span(&row, why)
        });
        Ok(spans.collect::<Result<_, Unreadable>>()?)
    }

    async fn one_series(
        &self,
        id: ClosureSeriesId,
        which: Select<series::Entity>,
    ) -> Stored<Option<Series>> {
        let row = which
            .filter(series::Column::Id.eq(id.0))
            .one(&self.conn)
            .await
            .doing("reading a closure")?;
        let Some(row) = row else { return Ok(None) };
        let spans = self.find().filter(Column::SeriesId.eq(id.0));
        Ok(Some((asked(row)?, self.spans(spans).await?)))
    }
}

#[async_trait]
impl ClosureWrites for Scoped<DatabaseTransaction> {
    async fn insert_closure_series(
        &mut self,
        closure: &ClosureSeriesRecord,
        spans: &BTreeMap<ClosureId, Span>,
    ) -> Stored<()> {
        let asked = closure.asked.as_ref();
        let row = series::Model {
            municipality_id: self.tenant(),
            id: closure.id.0,
            facility_id: closure.facility.0,
            kind: closure.reason.kind().as_str().to_owned(),
            note: closure.reason.note().to_owned(),
            place: asked.map(|asked| row::json(&asked.place)).transpose()?,
            schedule: asked.map(|asked| row::json(&asked.schedule)).transpose()?,
            made_by: asked.map(|asked| asked.by.0),
            made_at: row::micros(closure.made_at),
        };
        self.enter(row, "entering a closure").await?;
        let rows = spans.iter().map(|(id, span)| Model {
            municipality_id: self.tenant(),
            id: id.0,
            series_id: closure.id.0,
            facility_id: closure.facility.0,
            starts_at: span.start().minutes(),
            ends_at: span.end().minutes(),
            lifted_from: None,
            lifted_at: None,
            lifted_by: None,
        });
        Entity::insert_many(rows.map(Model::into_active_model))
            .exec_without_returning(&self.conn)
            .await
            .doing("entering a closure's spans")?;
        Ok(())
    }

    async fn claim_closures(
        &mut self,
        cells: &BTreeMap<ClaimedCell, ClosureId>,
    ) -> Stored<ClaimOutcome> {
        self.take_for_closures(cells).await
    }

    async fn lock_closure_series(&mut self, id: ClosureSeriesId) -> Stored<Option<Series>> {
        self.one_series(id, self.find().lock_exclusive()).await
    }

    async fn lift_closure(&mut self, id: ClosureId, lift: &LiftRecord) -> Stored<bool> {
        self.changed = true;
        let lifted = self
            .update::<Entity>()
            .col_expr(Column::LiftedFrom, Expr::value(lift.from.minutes()))
            .col_expr(Column::LiftedAt, Expr::value(row::micros(lift.at)))
            .col_expr(Column::LiftedBy, Expr::value(lift.by.0))
            .filter(Column::Id.eq(id.0))
            .filter(Column::LiftedAt.is_null())
            .exec(&self.conn)
            .await
            .doing("lifting a closure")?;
        if lifted.rows_affected == 0 {
            return Ok(false);
        }
        self.delete::<claims::Entity>()
            .filter(claims::Column::ClosureId.eq(id.0))
            .filter(claims::Column::Cell.gte(lift.from.minutes()))
            .exec(&self.conn)
            .await
            .doing("letting go of a closure's claims")?;
        Ok(true)
    }
}

/// As many at once as a query takes.
fn chunks(ids: &BTreeSet<Uuid>) -> Vec<Vec<Uuid>> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    ids.chunks(MOST_ASKED_AT_ONCE)
        .map(<[Uuid]>::to_vec)
        .collect()
}

fn reason(model: &series::Model) -> Result<ClosureReason, Unreadable> {
    let row = Row::of("closure_series", model.id);
    let kind = row.word("kind", model.kind.clone())?;
    ClosureReason::new(kind, &model.note).map_err(|refusal| row.unreadable("note", refusal))
}

fn asked(model: series::Model) -> Result<ClosureSeriesRecord, Unreadable> {
    let (row, reason) = (Row::of("closure_series", model.id), reason(&model)?);
    let asked = match (model.place, model.schedule, model.made_by) {
        (Some(place), Some(schedule), Some(by)) => Some(ClosureAsked {
            place: row.json("place", place)?,
            schedule: row.json("schedule", schedule)?,
            by: StaffId(by),
        }),
        (None, None, None) => None,
        _ => return Err(row.unreadable("place", "half of what was asked for")),
    };
    Ok(ClosureSeriesRecord {
        id: ClosureSeriesId(model.id),
        facility: FacilityId(model.facility_id),
        reason,
        asked,
        made_at: row.instant("made_at", model.made_at)?,
    })
}

fn span(model: &Model, reason: ClosureReason) -> Result<ClosureRecord, Unreadable> {
    let row = Row::of("closures", model.id);
    let lifted = match (model.lifted_from, model.lifted_at, model.lifted_by) {
        (Some(from), Some(at), Some(by)) => Some(LiftRecord {
            from: row.parse("lifted_from", from)?,
            at: row.instant("lifted_at", at)?,
            by: StaffId(by),
        }),
        (None, None, None) => None,
        _ => return Err(row.unreadable("lifted_from", "half lifted")),
    };
    Ok(ClosureRecord {
        id: ClosureId(model.id),
        series: ClosureSeriesId(model.series_id),
        facility: FacilityId(model.facility_id),
        reason,
        span: row.span(model.starts_at, model.ends_at)?,
        lifted,
    })
}
