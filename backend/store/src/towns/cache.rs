//! Parsed town files, kept in memory.
//!
//! Allowed because a version never changes: which version is in force is read from the database
//! every time. A transaction that applies a town works with an empty cache of its own, so that a
//! version that is rolled back is never seen by anybody else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::MunicipalityId;
use usecases::ports::store::AppliedTown;

/// The last version read of each municipality.
#[derive(Default)]
pub(crate) struct TownCache(Mutex<HashMap<MunicipalityId, Arc<AppliedTown>>>);

impl TownCache {
    /// The town, if this version was read before.
    pub(crate) fn get(
        &self,
        municipality: MunicipalityId,
        version: i32,
    ) -> Option<Arc<AppliedTown>> {
        let towns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        towns
            .get(&municipality)
            .filter(|town| town.version == version)
            .map(Arc::clone)
    }

    /// The town as it was read last.
    pub(crate) fn last(&self, municipality: MunicipalityId) -> Option<Arc<AppliedTown>> {
        let towns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        towns.get(&municipality).map(Arc::clone)
    }

    /// Keeps a town in the place of its older version.
    pub(crate) fn keep(&self, municipality: MunicipalityId, town: &Arc<AppliedTown>) {
        let mut towns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        towns.insert(municipality, Arc::clone(town));
    }
}
