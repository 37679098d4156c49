//! Towns as applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{FacilityId, MunicipalityId, RoomId, UnitId};
use domain::town::{Slug, Town};
use uuid::Uuid;

use super::Stored;

/// A municipality (自治体) as a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Its id.
    pub id: MunicipalityId,
    /// 全国地方公共団体コード.
    pub code: String,
    /// The first label of its host name.
    pub host: Slug,
    /// Its name.
    pub name: String,
}

/// One applied version of a town file, with the ids its slugs got. Never changes.
#[derive(Debug)]
pub struct AppliedTown {
    /// The version, rising.
    pub version: i32,
    /// The town.
    pub town: Town,
    /// Facility ids by slug.
    pub facilities: BTreeMap<Slug, FacilityId>,
    /// Room ids by slug.
    pub rooms: BTreeMap<Slug, RoomId>,
    /// Unit ids by slug.
    pub units: BTreeMap<Slug, UnitId>,
}

impl AppliedTown {
    /// The slug of a room id; `None` for a retired room.
    #[must_use]
    pub fn room_slug(&self, id: RoomId) -> Option<&Slug> {
        self.rooms
            .iter()
            .find_map(|(slug, room)| (*room == id).then_some(slug))
    }
}

/// Reads the town.
#[async_trait]
pub trait TownReads {
    /// The version in force; `None` until one is applied.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails or holds a document it should not.
    async fn town(&self) -> Stored<Option<Arc<AppliedTown>>>;

    /// The version that this process read last, without asking the database. Another may be in
    /// force by now: only [`ClaimReads::claimed_under`](super::ClaimReads::claimed_under) tells.
    fn known_town(&self) -> Option<Arc<AppliedTown>>;

    /// A version that is or was in force; `None` when there is none of this number. Versions are
    /// never changed or removed.
    ///
    /// # Errors
    /// As [`Self::town`].
    async fn town_version(&self, version: i32) -> Stored<Option<Arc<AppliedTown>>>;
}

/// Changes the town.
#[async_trait]
pub trait TownWrites {
    /// Puts a town in force as a new version. Slugs that are new get the id `new_id` gives; slugs
    /// that are gone are retired. The same town again changes nothing and gives the version there is.
    ///
    /// # Errors
    /// [`super::StoreFailure`] when the database fails.
    async fn apply_town(
        &mut self,
        town: &Town,
        now: DateTime<Utc>,
        new_id: &(dyn Fn() -> Uuid + Send + Sync),
    ) -> Stored<i32>;
}
