//! What is closed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ClosureRefusal;
use crate::town::{Facility, Slug};

/// The floor that a closure takes (休館する場所).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// All of the facility (全館).
    Facility,
    /// Some rooms, and with them every other room on their floor (室場).
    Rooms(BTreeSet<Slug>),
}

impl Place {
    /// The units it takes.
    ///
    /// # Errors
    /// [`ClosureRefusal::NoRoom`], [`ClosureRefusal::UnknownRoom`].
    pub fn units(&self, facility: &Facility) -> Result<BTreeSet<Slug>, ClosureRefusal> {
        let rooms = match self {
            Self::Facility => return Ok(facility.unit_ids().cloned().collect()),
            Self::Rooms(rooms) if rooms.is_empty() => return Err(ClosureRefusal::NoRoom),
            Self::Rooms(rooms) => rooms,
        };
        let mut units = BTreeSet::new();
        for id in rooms {
            let room = facility
                .room(id)
                .ok_or_else(|| ClosureRefusal::UnknownRoom {
                    room: id.to_string(),
                })?;
            units.extend(room.units.iter().cloned());
        }
        Ok(units)
    }
}
