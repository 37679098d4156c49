//! Towns as applied (町ファイル).

mod apply;
mod cache;
mod old_shapes;

pub(crate) use cache::TownCache;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::{FacilityId, RoomId, UnitId};
use domain::town::{Slug, Town};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use usecases::ports::store::{AppliedTown, Stored, TownReads};
use uuid::Uuid;

use crate::entity::{OfMunicipality, facilities, rooms, town_versions, units};
use crate::failure::{Doing as _, Unreadable};
use crate::row::Row;
use crate::scoped::Scoped;

#[async_trait]
impl<C: ConnectionTrait + Send> TownReads for Scoped<C> {
    async fn town(&self) -> Stored<Option<Arc<AppliedTown>>> {
        let Some(version) = self.newest_version().await? else {
            return Ok(None);
        };
        if let Some(town) = self.towns.get(self.municipality, version) {
            return Ok(Some(town));
        }
        let town = self.read_version(version).await?;
        if let Some(town) = &town {
            self.towns.keep(self.municipality, town);
        }
        Ok(town)
    }

    fn known_town(&self) -> Option<Arc<AppliedTown>> {
        self.towns.last(self.municipality)
    }

    async fn town_version(&self, version: i32) -> Stored<Option<Arc<AppliedTown>>> {
        match self.towns.get(self.municipality, version) {
            Some(town) => Ok(Some(town)),
            // Only the version in force is kept in memory.
            None => self.read_version(version).await,
        }
    }
}

impl<C: ConnectionTrait> Scoped<C> {
    /// The version in force.
    async fn newest_version(&self) -> Stored<Option<i32>> {
        self.find::<town_versions::Entity>()
            .order_by_desc(town_versions::Column::Version)
            .select_only()
            .column(town_versions::Column::Version)
            .into_tuple()
            .one(&self.conn)
            .await
            .doing("reading which town file is in force")
    }

    async fn town_document(&self, version: i32) -> Stored<Option<Town>> {
        let row = self
            .find::<town_versions::Entity>()
            .filter(town_versions::Column::Version.eq(version))
            .one(&self.conn)
            .await
            .doing("reading a town file")?;
        Ok(row
            .map(|row| {
                let document = old_shapes::brought_up(row.document);
                Row::of("town_versions", version).json("document", document)
            })
            .transpose()?)
    }

    async fn read_version(&self, version: i32) -> Stored<Option<Arc<AppliedTown>>> {
        let Some(town) = self.town_document(version).await? else {
            return Ok(None);
        };
        Ok(Some(Arc::new(self.with_ids(version, town).await?)))
    }

    /// A town with the ids that its slugs got; those of former versions are retired and still there.
    async fn with_ids(&self, version: i32, town: Town) -> Stored<AppliedTown> {
        let facilities = self
            .ids::<facilities::Entity>(facilities::Column::Slug, facilities::Column::Id)
            .await?;
        let rooms = self
            .ids::<rooms::Entity>(rooms::Column::Slug, rooms::Column::Id)
            .await?;
        let units = self
            .ids::<units::Entity>(units::Column::Slug, units::Column::Id)
            .await?;
        let of = &town.facilities;
        let facility_slugs = of.iter().map(|facility| &facility.id);
        let room_slugs = of.iter().flat_map(|facility| &facility.rooms);
        let unit_slugs = of.iter().flat_map(|facility| &facility.units);
        Ok(AppliedTown {
            version,
            facilities: ids_of("facilities", &facilities, facility_slugs, FacilityId)?,
            rooms: ids_of("rooms", &rooms, room_slugs.map(|room| &room.id), RoomId)?,
            units: ids_of("units", &units, unit_slugs.map(|unit| &unit.id), UnitId)?,
            town,
        })
    }

    /// The ids of a table's slugs, retired ones too.
    async fn ids<E: OfMunicipality>(
        &self,
        slug: E::Column,
        id: E::Column,
    ) -> Stored<BTreeMap<String, Uuid>> {
        let rows: Vec<(String, Uuid)> = self
            .find::<E>()
            .select_only()
            .columns([slug, id])
            .into_tuple()
            .all(&self.conn)
            .await
            .doing("reading the ids of a town file's slugs")?;
        Ok(rows.into_iter().collect())
    }
}

/// The ids of the slugs that a town file names; each has one since the file was applied.
fn ids_of<'a, T>(
    table: &'static str,
    known: &BTreeMap<String, Uuid>,
    slugs: impl Iterator<Item = &'a Slug>,
    id: impl Fn(Uuid) -> T,
) -> Result<BTreeMap<Slug, T>, Unreadable> {
    slugs
        .map(|slug| match known.get(slug.as_str()) {
            Some(uuid) => Ok((slug.clone(), id(*uuid))),
            None => Err(Row::of(table, slug).unreadable("slug", "the town file names it")),
        })
        .collect()
}
