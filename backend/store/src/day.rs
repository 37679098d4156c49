//! The day (当日): who comes when.

use async_trait::async_trait;
use domain::ids::{FacilityId, PersonId, ReservationId};
use domain::span::Cell;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _, QueryOrder as _};
use usecases::ports::store::{
    DayReads, PaymentRecord, PersonRecord, RefundRecord, ReservationRecord, Stored,
};
use uuid::Uuid;

use crate::entity::{OfMunicipality, payments, people, refunds, reservations};
use crate::failure::{Doing as _, Unreadable};
use crate::money;
use crate::people::person;
use crate::reservations::record;
use crate::scoped::Scoped;

/// No reservation is longer, minutes: slots are within one day ([`domain::span::Span::on`]), so what
/// reaches into a time began at most this much before it. The index is by start.
const LONGEST: i64 = 24 * 60;

/// Ids in one question; SQLite takes 32,766 parameters.
const ASKED_AT_ONCE: usize = 1_000;

impl<C: ConnectionTrait> Scoped<C> {
    /// The rows of a table that belong to each of these, in some questions, each oldest first.
    async fn of_each<E, T>(
        &self,
        (column, order): (E::Column, [E::Column; 2]),
        ids: impl Iterator<Item = Uuid>,
        read: impl Fn(E::Model) -> Result<T, Unreadable>,
    ) -> Stored<Vec<T>>
    where
        E: OfMunicipality + EntityTrait,
    {
        let ids: Vec<Uuid> = ids.collect();
        let mut all = Vec::with_capacity(ids.len());
        for some in ids.chunks(ASKED_AT_ONCE) {
            let rows = self
                .find::<E>()
                .filter(column.is_in(some.iter().copied()))
                .order_by_asc(order[0])
                .order_by_asc(order[1])
                .all(&self.conn)
                .await
                .doing("reading what belongs to several")?;
            for row in rows {
                all.push(read(row)?);
            }
        }
        Ok(all)
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
        use reservations::Column;
        let rows = self
            .find::<reservations::Entity>()
            .filter(Column::FacilityId.eq(facility.0))
            .filter(Column::StartsAt.gt(from.minutes() - LONGEST))
            .filter(Column::StartsAt.lt(until.minutes()))
            .filter(Column::EndsAt.gt(from.minutes()))
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::RoomId)
            .order_by_asc(Column::Id)
            .all(&self.conn)
            .await
            .doing("reading the reservations of a day")?;
        rows.into_iter().map(|row| Ok(record(row)?)).collect()
    }

    async fn by_number(&self, number: &str) -> Stored<Option<ReservationRecord>> {
        let row = self
            .find::<reservations::Entity>()
            .filter(reservations::Column::Number.eq(number))
            .one(&self.conn)
            .await
            .doing("reading a reservation by its number")?;
        Ok(row.map(record).transpose()?)
    }

    async fn payments_of_each(&self, of: &[ReservationId]) -> Stored<Vec<PaymentRecord>> {
        use payments::Column;
        let which = (Column::ReservationId, [Column::CreatedAt, Column::Id]);
        self.of_each::<payments::Entity, _>(which, of.iter().map(|id| id.0), money::payment)
            .await
    }

    async fn refunds_of_each(&self, of: &[ReservationId]) -> Stored<Vec<RefundRecord>> {
        use refunds::Column;
        let which = (Column::ReservationId, [Column::CreatedAt, Column::Id]);
        self.of_each::<refunds::Entity, _>(which, of.iter().map(|id| id.0), money::refund)
            .await
    }

    async fn people_of_each(&self, of: &[PersonId]) -> Stored<Vec<PersonRecord>> {
        use people::Column;
        let which = (Column::Id, [Column::CreatedAt, Column::Id]);
        self.of_each::<people::Entity, _>(which, of.iter().map(|id| id.0), person)
            .await
    }
}
