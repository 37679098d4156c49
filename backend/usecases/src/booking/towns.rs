//! The town files that a reservation is read with (予約時と現在の町ファイル).

use std::sync::Arc;

use contract::Fault;
use domain::town::{Facility, Town};

use crate::ports::store::{AppliedTown, Reading, ReservationRecord, StoreFailure, Stored};

/// The town file in force, and the one that a reservation was made under. A facility that the town
/// gives up is named by the one and not by the other; the reservation stays readable either way.
pub(crate) struct Towns {
    in_force: Arc<AppliedTown>,
    booked: Arc<AppliedTown>,
}

impl Towns {
    /// Reads both; they are mostly the same.
    ///
    /// # Errors
    /// When the store fails or lacks a version, which it never removes.
    pub(crate) async fn of(reading: &dyn Reading, record: &ReservationRecord) -> Stored<Self> {
        let in_force = reading.town().await?.ok_or_else(|| gone("in force"))?;
        let booked = match record.town_version {
            Some(version) if version != in_force.version => reading
                .town_version(version)
                .await?
                .ok_or_else(|| gone("booked under"))?,
            Some(_) | None => Arc::clone(&in_force),
        };
        Ok(Self { in_force, booked })
    }

    /// The town as it is now.
    pub(crate) fn now(&self) -> &Town {
        &self.in_force.town
    }

    /// The town as it was when booked: papers are printed from it, the same for ever.
    pub(crate) fn then(&self) -> &Town {
        &self.booked.town
    }

    /// The facility as it is now, or as it was when booked if the town has given it up since.
    ///
    /// # Errors
    /// [`Fault`] if neither names it.
    pub(crate) fn facility(&self, record: &ReservationRecord) -> Result<&Arc<Facility>, Fault> {
        named([self.now(), self.then()], record)
    }

    /// The facility as it was when booked.
    ///
    /// # Errors
    /// [`Fault`] if neither names it.
    pub(crate) fn facility_then(
        &self,
        record: &ReservationRecord,
    ) -> Result<&Arc<Facility>, Fault> {
        named([self.then(), self.now()], record)
    }
}

fn named<'a>(towns: [&'a Town; 2], record: &ReservationRecord) -> Result<&'a Arc<Facility>, Fault> {
    let slug = &record.particulars.facility;
    towns
        .into_iter()
        .find_map(|town| town.facility(slug))
        .ok_or_else(|| {
            Fault::new(
                "find the facility of a reservation",
                "neither the town file in force nor the one of then names it",
            )
        })
}

fn gone(which: &str) -> StoreFailure {
    StoreFailure::Fault(Fault::new(
        "read a reservation with its town file",
        format!("the one {which} is not there"),
    ))
}
