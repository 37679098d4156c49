//! Claims (占有): what a booking takes of the floor.

use std::collections::BTreeSet;

use crate::span::{Cell, Span};

/// One unit for one 30-minute cell each, in (unit, cell) order.
///
/// The order is the one in which rows are inserted, so that two bookings never wait for each other
/// in a circle (DESIGN.md §3). It is the order of `U`: the store claims by `UnitId`, the rules by
/// slug.
pub fn claims<U: Ord + Clone>(units: &BTreeSet<U>, span: Span) -> impl Iterator<Item = (U, Cell)> {
    units
        .iter()
        .flat_map(move |unit| span.cells().map(|cell| (unit.clone(), cell)))
}
