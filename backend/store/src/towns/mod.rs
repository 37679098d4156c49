//! Towns as applied (町ファイル).

mod apply;
mod cache;

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
        let Some(town) = self.town_document(version).await? else {
            return Ok(None);
        };
        let town = Arc::new(AppliedTown {
            version,
            facilities: ids_of(
                "facilities",
                self.ids::<facilities::Entity>(facilities::Column::Slug, facilities::Column::Id)
                    .await?,
                town.facilities.iter().map(|facility| &facility.id),
                FacilityId,
            )?,
            rooms: ids_of(
                "rooms",
                self.ids::<rooms::Entity>(rooms::Column::Slug, rooms::Column::Id)
                    .await?,
                town.facilities
                    .iter()
                    .flat_map(|facility| facility.rooms.iter().map(|room| &room.id)),
                RoomId,
            )?,
            units: ids_of(
                "units",
                self.ids::<units::Entity>(units::Column::Slug, units::Column::Id)
                    .await?,
                town.facilities
                    .iter()
                    .flat_map(|facility| facility.units.iter().map(|unit| &unit.id)),
                UnitId,
            )?,
            town,
        });
        self.towns.keep(self.municipality, &town);
        Ok(Some(town))
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
            .map(|row| Row::of("town_versions", version).json("document", row.document))
            .transpose()?)
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
    known: BTreeMap<String, Uuid>,
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
