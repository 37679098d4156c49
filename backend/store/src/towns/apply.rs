//! Putting a town file in force.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::town::{Facility, Slug, Town};
use sea_orm::prelude::Expr;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use usecases::ports::store::{Stored, TownWrites};
use uuid::Uuid;

use super::TownCache;
use crate::entity::{
    OfMunicipality, PartOfFacility, facilities, municipalities, rooms, town_versions, units,
};
use crate::failure::{Doing as _, Unreadable, fault};
use crate::row::{self, Row};
use crate::scoped::Scoped;

/// Gives ids to slugs that have none.
type NewId<'a> = &'a (dyn Fn() -> Uuid + Send + Sync);

#[async_trait]
impl TownWrites for Scoped<DatabaseTransaction> {
    async fn apply_town(
        &mut self,
        town: &Town,
        now: DateTime<Utc>,
        new_id: &(dyn Fn() -> Uuid + Send + Sync),
    ) -> Stored<i32> {
        self.lock_municipality().await?;
        let newest = self.newest_version().await?;
        if let Some(version) = newest
            && self.town_document(version).await?.as_ref() == Some(town)
        {
            return Ok(version);
        }
        let version = newest.unwrap_or(0) + 1;
        self.towns = Arc::new(TownCache::default());
        self.rename_municipality(town).await?;
        self.enter_facilities(town, now, new_id).await?;
        let facilities = self
            .ids::<facilities::Entity>(facilities::Column::Slug, facilities::Column::Id)
            .await?;
        let units = parts(town, &facilities, |of| of.units.iter().map(|unit| &unit.id))?;
        self.enter_parts::<units::Entity>(&units, now, new_id)
            .await?;
        let rooms = parts(town, &facilities, |of| of.rooms.iter().map(|room| &room.id))?;
        self.enter_parts::<rooms::Entity>(&rooms, now, new_id)
            .await?;
        let row = town_versions::Model {
            municipality_id: self.tenant(),
            version,
            document: row::json(town)?,
            applied_at: row::micros(now),
        };
        self.enter(row, "entering a town file").await?;
        Ok(version)
    }
}

impl Scoped<DatabaseTransaction> {
    /// One town file after the other. The lock lets others point at the municipality meanwhile.
    pub(crate) async fn lock_municipality(&self) -> Stored<()> {
        municipalities::Entity::find_by_id(self.tenant())
            .lock(LockType::NoKeyUpdate)
            .one(&self.conn)
            .await
            .doing("locking a municipality")?
            .map(|_row| ())
            .ok_or_else(|| fault("locking a municipality", "there is none with this id"))
    }

    /// The town file decides the name and the host.
    async fn rename_municipality(&self, town: &Town) -> Stored<()> {
        municipalities::Entity::update_many()
            .col_expr(municipalities::Column::Name, Expr::value(&*town.name))
            .col_expr(
                municipalities::Column::Host,
                Expr::value(town.host.as_str()),
            )
            .filter(municipalities::Column::Id.eq(self.tenant()))
            .exec(&self.conn)
            .await
            .doing("renaming a municipality")?;
        Ok(())
    }

    async fn enter_facilities(
        &self,
        town: &Town,
        now: DateTime<Utc>,
        new_id: NewId<'_>,
    ) -> Stored<()> {
        use facilities::{ActiveModel, Column, Entity, Model};
        let rows = town.facilities.iter().map(|facility| {
            ActiveModel::from(Model {
                municipality_id: self.tenant(),
                id: new_id(),
                slug: facility.id.to_string(),
                retired_at: None,
            })
        });
        Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([Column::MunicipalityId, Column::Slug])
                    .update_column(Column::RetiredAt)
                    .to_owned(),
            )
            .exec_without_returning(&self.conn)
            .await
            .doing("entering facilities")?;
        let slugs = town.facilities.iter().map(|facility| &facility.id);
        self.retire::<Entity>(Column::Slug, Column::RetiredAt, slugs, now)
            .await
    }

    /// Enters units or rooms. One that is known keeps its id, is no longer retired, and belongs to
    /// the facility that names it now.
    async fn enter_parts<E: PartOfFacility>(
        &self,
        parts: &[(Uuid, &Slug)],
        now: DateTime<Utc>,
        new_id: NewId<'_>,
    ) -> Stored<()> {
        let rows = parts
            .iter()
            .map(|(facility, slug)| E::part(self.tenant(), new_id(), *facility, slug.as_str()));
        E::insert_many(rows)
            .on_conflict(
                OnConflict::columns([E::MUNICIPALITY, E::SLUG])
                    .update_columns([E::FACILITY, E::RETIRED_AT])
                    .to_owned(),
            )
            .exec_without_returning(&self.conn)
            .await
            .doing("entering units and rooms")?;
        let slugs = parts.iter().map(|(_facility, slug)| *slug);
        self.retire::<E>(E::SLUG, E::RETIRED_AT, slugs, now).await
    }

    /// What the town file no longer names is retired, once; reservations still point at it.
    async fn retire<'a, E: OfMunicipality>(
        &self,
        slug: E::Column,
        retired_at: E::Column,
        named: impl Iterator<Item = &'a Slug>,
        now: DateTime<Utc>,
    ) -> Stored<()> {
        self.update::<E>()
            .col_expr(retired_at, Expr::value(row::micros(now)))
            .filter(retired_at.is_null())
            .filter(slug.is_not_in(named.map(Slug::as_str)))
            .exec(&self.conn)
            .await
            .doing("retiring what the town file no longer names")?;
        Ok(())
    }
}

/// What each facility has of something, with the facility's id.
fn parts<'a, I: Iterator<Item = &'a Slug>>(
    town: &'a Town,
    facilities: &BTreeMap<String, Uuid>,
    of: impl Fn(&'a Facility) -> I,
) -> Result<Vec<(Uuid, &'a Slug)>, Unreadable> {
    let mut parts = Vec::new();
    for facility in &town.facilities {
        let id = facilities.get(facility.id.as_str()).ok_or_else(|| {
            Row::of("facilities", &facility.id).unreadable("slug", "it was entered just now")
        })?;
        parts.extend(of(facility).map(|slug| (*id, slug)));
    }
    Ok(parts)
}
