//! The facilities that somebody of the staff has to do with (担当する施設).

use std::sync::Arc;

use contract::{Action, Refusal};
use domain::ids::FacilityId;
use domain::town::{Facility, Slug};

use crate::authority::OnDuty;
use crate::ports::store::AppliedTown;

/// A facility with the id it got.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) id: FacilityId,
    pub(super) facility: Arc<Facility>,
}

/// Where this may be done, in the town's order.
pub(super) fn sites(applied: &AppliedTown, on_duty: &OnDuty, doing: Action) -> Vec<Site> {
    let site = |facility: &Arc<Facility>| {
        let id = *applied.facilities.get(&facility.id)?;
        on_duty.reaches(doing, id).then(|| Site {
            id,
            facility: Arc::clone(facility),
        })
    };
    applied.town.facilities.iter().filter_map(site).collect()
}

/// The one of this name.
///
/// # Errors
/// [`Refusal::NotFound`] where the town has none, [`Refusal::Forbidden`] where it is not theirs.
pub(super) fn named(
    applied: &AppliedTown,
    sites: &[Site],
    facility: &Slug,
) -> Result<Site, Refusal> {
    let found = sites.iter().find(|site| site.facility.id == *facility);
    found.cloned().ok_or_else(|| {
        if applied.town.facility(facility).is_none() {
            Refusal::NotFound
        } else {
            Refusal::Forbidden
        }
    })
}

/// Slug and name of each, for a list to choose from.
pub(super) fn choices(sites: &[Site]) -> Vec<(Slug, String)> {
    sites
        .iter()
        .map(|site| (site.facility.id.clone(), site.facility.name.clone()))
        .collect()
}
