//! The floor that is taken.

use std::collections::{BTreeMap, BTreeSet};

use crate::span::{Cell, Span};
use crate::town::{Room, Slug};

/// The claimed cells of some units over some days (占有されている区画).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    by_unit: BTreeMap<Slug, BTreeSet<Cell>>,
    /// What of it nobody booked: the facility is closed.
    closed: BTreeMap<Slug, BTreeSet<Cell>>,
}

impl Claimed {
    /// Takes a cell of a unit.
    pub fn add(&mut self, unit: &Slug, cell: Cell) {
        match self.by_unit.get_mut(unit) {
            Some(cells) => {
                cells.insert(cell);
            }
            None => {
                self.by_unit.insert(unit.clone(), BTreeSet::from([cell]));
            }
        }
    }

    /// Takes a cell of a unit for a closure (休館・公用).
    pub fn close(&mut self, unit: &Slug, cell: Cell) {
        self.add(unit, cell);
        self.closed.entry(unit.clone()).or_default().insert(cell);
    }

    /// True when some cell of `span` is closed on some unit of `room`.
    #[must_use]
    pub fn closes(&self, room: &Room, span: Span) -> bool {
        // Nothing is closed on most days.
        !self.closed.is_empty() && touches(&self.closed, &room.units, span)
    }

    /// True when some cell of `span` is taken on some unit of `room`.
    #[must_use]
    pub fn blocks(&self, room: &Room, span: Span) -> bool {
        self.touches(&room.units, span)
    }

    /// True when some cell of `span` is taken on some of `units`.
    #[must_use]
    pub fn touches(&self, units: &BTreeSet<Slug>, span: Span) -> bool {
        touches(&self.by_unit, units, span)
    }
}

fn touches(by_unit: &BTreeMap<Slug, BTreeSet<Cell>>, units: &BTreeSet<Slug>, span: Span) -> bool {
    units
        .iter()
        .filter_map(|unit| by_unit.get(unit))
        .any(|cells| cells.range(span.start()..span.end()).next().is_some())
}

impl Extend<(Slug, Cell)> for Claimed {
    fn extend<I: IntoIterator<Item = (Slug, Cell)>>(&mut self, claims: I) {
        for (unit, cell) in claims {
            self.add(&unit, cell);
        }
    }
}

impl FromIterator<(Slug, Cell)> for Claimed {
    fn from_iter<I: IntoIterator<Item = (Slug, Cell)>>(claims: I) -> Self {
        let mut claimed = Self::default();
        claimed.extend(claims);
        claimed
    }
}
