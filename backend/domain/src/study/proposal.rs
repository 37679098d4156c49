//! The proposed town as a study prices by it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::town::{Room, Tariff, Town};

/// The town with the newest tariff of each room alone, in force since ever. A proposal begins next
/// spring; the uses it is tried on were last year.
pub(super) fn in_force_since_ever(town: &Town) -> Town {
    let mut town = town.clone();
    for facility in &mut town.facilities {
        for room in &mut Arc::make_mut(facility).rooms {
            let room = Arc::make_mut(room);
            room.tariffs = newest(room).into_iter().collect();
        }
    }
    town
}

fn newest(room: &Room) -> Option<Tariff> {
    let newest = room.tariffs.iter().max_by_key(|tariff| tariff.from)?;
    Some(Tariff {
        from: NaiveDate::MIN,
        until: None,
        ..newest.clone()
    })
}
