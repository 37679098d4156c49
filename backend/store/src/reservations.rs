//! Reservations (予約).
//!
//! `state`, `holds_floor` and `deadline_at` are derived from the state and written beside it, so
//! that constraints and indexes can see them; `state_facts` is the truth that is read back.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, GroupId, PersonId, ReservationId, RoomId, StaffId};
use domain::quote::Quote;
use domain::reservation::{ReservationState, StateName};
use domain::span::Cell;
use sea_orm::prelude::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use usecases::ports::store::{
    InsertOutcome, MadeBy, ReservationReads, ReservationRecord, ReservationWrites, StoreFailure,
    Stored,
};
use uuid::Uuid;

use crate::entity::reservations::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

#[async_trait]
impl<C: ConnectionTrait + Send> ReservationReads for Scoped<C> {
    async fn reservation(&self, id: ReservationId) -> Stored<Option<ReservationRecord>> {
        self.one_reservation(self.find::<Entity>().filter(Column::Id.eq(id.0)))
            .await
    }

    async fn by_submission(
        &self,
        person: PersonId,
        submission: Uuid,
    ) -> Stored<Option<ReservationRecord>> {
        self.one_reservation(
            self.find::<Entity>()
                .filter(Column::PersonId.eq(person.0))
                .filter(Column::Submission.eq(submission)),
        )
        .await
    }

    async fn reservations_of(&self, person: PersonId, most: u32) -> Stored<Vec<ReservationRecord>> {
        let rows = self
            .find::<Entity>()
            .filter(Column::PersonId.eq(person.0))
            .order_by_desc(Column::StartsAt)
            .order_by_desc(Column::Id)
            .limit(u64::from(most))
            .all(&self.conn)
            .await
            .doing("reading a person's reservations")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    async fn lapsed(
        &self,
        state: StateName,
        now: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<ReservationId>> {
        let ids: Vec<Uuid> = self
            .find::<Entity>()
            .filter(Column::State.eq(state.as_str()))
            .filter(Column::DeadlineAt.lte(row::micros(now)))
            .order_by_asc(Column::DeadlineAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading lapsed reservations")?;
        Ok(ids.into_iter().map(ReservationId).collect())
    }

    async fn over(&self, by: Cell, most: u32) -> Stored<Vec<ReservationId>> {
        let standing = [StateName::Confirmed, StateName::CheckedIn].map(StateName::as_str);
        let ids: Vec<Uuid> = self
            .find::<Entity>()
            .filter(Column::State.is_in(standing))
            .filter(Column::EndsAt.lte(by.minutes()))
            .order_by_asc(Column::EndsAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading reservations whose use is over")?;
        Ok(ids.into_iter().map(ReservationId).collect())
    }

    async fn undecided(&self, by: Cell, most: u32) -> Stored<Vec<ReservationId>> {
        let ids: Vec<Uuid> = self
            .find::<Entity>()
            .filter(Column::State.eq(StateName::AwaitingReview.as_str()))
            .filter(Column::StartsAt.lte(by.minutes()))
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(most))
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading what nobody decided in time")?;
        Ok(ids.into_iter().map(ReservationId).collect())
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    pub(crate) async fn one_reservation(
        &self,
        query: Select<Entity>,
    ) -> Stored<Option<ReservationRecord>> {
        let row = query.one(&self.conn).await.doing("reading a reservation")?;
        Ok(row.map(record).transpose()?)
    }
}

#[async_trait]
impl ReservationWrites for Scoped<DatabaseTransaction> {
    async fn insert_reservation(&mut self, record: &ReservationRecord) -> Stored<InsertOutcome> {
        self.changed = true;
        let entered = self
            .enter_unless(
                there::<Column>([]),
                self.reservation_row(record)?,
                "entering a reservation",
            )
            .await?;
        if entered {
            return Ok(InsertOutcome::Inserted);
        }
        // Somebody's committed row is in the way; which key it shares decides what to say.
        if self
            .by_submission(record.person, record.submission)
            .await?
            .is_some()
        {
            return Ok(InsertOutcome::SubmissionKnown);
        }
        let namesake = self
            .find::<Entity>()
            .filter(Column::Number.eq(&*record.number));
        if self.one_reservation(namesake).await?.is_some() {
            return Ok(InsertOutcome::NumberTaken);
        }
        Err(StoreFailure::Contended)
    }

    async fn lock_reservation(&mut self, id: ReservationId) -> Stored<Option<ReservationRecord>> {
        let query = self.find::<Entity>().filter(Column::Id.eq(id.0));
        self.one_reservation(query.lock_exclusive()).await
    }

    async fn set_state(
        &mut self,
        id: ReservationId,
        revision: i32,
        state: &ReservationState,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.changed = true;
        let set = [
            (Column::State, Expr::value(state.name().as_str())),
            (Column::StateFacts, Expr::value(row::json(state)?)),
            (Column::HoldsFloor, Expr::value(state.holds_floor())),
            (
                Column::DeadlineAt,
                Expr::value(state.lapses_at().map(row::micros)),
            ),
        ];
        self.change::<Entity>((id.0, revision), set, now, "changing a reservation's state")
            .await
    }

    async fn set_quote(
        &mut self,
        id: ReservationId,
        revision: i32,
        quote: &Quote,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.changed = true;
        let unsold = [
            StateName::Held,
            StateName::AwaitingReview,
            StateName::AwaitingPayment,
        ];
        let there_is = self
            .find::<Entity>()
            .filter(Column::Id.eq(id.0))
            .filter(Column::State.is_in(unsold.map(StateName::as_str)));
        if self.one_reservation(there_is).await?.is_none() {
            return Err(StoreFailure::Contended);
        }
        let set = [
            (Column::Quote, Expr::value(row::json(quote)?)),
            (Column::TotalYen, Expr::value(quote.total_yen.as_i64())),
        ];
        self.change::<Entity>((id.0, revision), set, now, "freezing another quote")
            .await
    }
}

impl Scoped<DatabaseTransaction> {
    fn reservation_row(&self, record: &ReservationRecord) -> Stored<Model> {
        let state = &record.state;
        Ok(Model {
            municipality_id: self.tenant(),
            id: record.id.0,
            number: record.number.clone(),
            person_id: record.person.0,
            group_id: record.group.map(|group| group.0),
            channel: record.made_by.channel().as_str().to_owned(),
            made_by: match record.made_by {
                MadeBy::Resident => None,
                MadeBy::Staff(staff) => Some(staff.0),
            },
            facility_id: record.facility.0,
            room_id: record.room.0,
            town_version: record.town_version,
            starts_at: record.span.start().minutes(),
            ends_at: record.span.end().minutes(),
            people: row::integer(record.people)?,
            particulars: row::json(&record.particulars)?,
            note_sealed: record.note_sealed.clone(),
            quote: row::json(&record.quote)?,
            total_yen: record.quote.total_yen.as_i64(),
            state: state.name().as_str().to_owned(),
            state_facts: row::json(state)?,
            holds_floor: state.holds_floor(),
            deadline_at: state.lapses_at().map(row::micros),
            submission: record.submission,
            request_hash: record.request_hash.to_vec(),
            revision: record.revision,
            created_at: row::micros(record.created_at),
            updated_at: row::micros(record.created_at),
        })
    }
}

pub(crate) fn record(model: Model) -> Result<ReservationRecord, Unreadable> {
    let row = Row::of("reservations", model.id);
    Ok(ReservationRecord {
        id: ReservationId(model.id),
        person: PersonId(model.person_id),
        group: model.group_id.map(GroupId),
        made_by: model
            .made_by
            .map_or(MadeBy::Resident, |staff| MadeBy::Staff(StaffId(staff))),
        facility: FacilityId(model.facility_id),
        room: RoomId(model.room_id),
        town_version: model.town_version,
        span: row.span(model.starts_at, model.ends_at)?,
        people: row.parse("people", model.people)?,
        particulars: row.json("particulars", model.particulars)?,
        quote: row.json("quote", model.quote)?,
        state: row.json("state_facts", model.state_facts)?,
        request_hash: row.hash("request_hash", model.request_hash)?,
        created_at: row.instant("created_at", model.created_at)?,
        number: model.number,
        note_sealed: model.note_sealed,
        submission: model.submission,
        revision: model.revision,
    })
}
