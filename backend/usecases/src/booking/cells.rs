//! The floor that a booking takes (占有する区画).

use std::collections::BTreeSet;

use contract::{Fault, Refusal};
use domain::ids::UnitId;
use domain::slots::claims;
use domain::span::Span;
use domain::town::Room;

use crate::ports::store::{AppliedTown, ClaimedCell, ReservationRecord};
use crate::transact::Abort;

/// The cells of a room and span, in (unit, cell) order.
pub(crate) fn cells(
    applied: &AppliedTown,
    room: &Room,
    span: Span,
) -> Result<Vec<ClaimedCell>, Abort> {
    let units = room
        .units
        .iter()
        .map(|slug| {
            applied
                .units
                .get(slug)
                .copied()
                .ok_or_else(|| no_id("unit"))
        })
        .collect::<Result<BTreeSet<UnitId>, _>>()?;
    Ok(claims(&units, span).collect())
}

/// The cells of a reservation as booked; its room may have left the town file since.
pub(crate) fn cells_of(
    applied: &AppliedTown,
    record: &ReservationRecord,
) -> Result<Vec<ClaimedCell>, Abort> {
    let (_, room) = applied
        .town
        .room(&record.particulars.room)
        .ok_or(Refusal::NotFound)?;
    cells(applied, room, record.span)
}

/// A town file that is in force has an id for each of its slugs.
pub(super) fn no_id(what: &'static str) -> Abort {
    Fault::new(
        "find the id of an applied slug",
        format!("{what} without an id"),
    )
    .into()
}
