//! The slots that a booked time consists of.

use super::division_run;
use super::offered::span as on_date;
use crate::span::{CELL_MINUTES, Cell, Span};
use crate::town::{Room, SlotRule};

/// The slots (コマ) of a time of a room, in order: its divisions, or the steps of its grid, the last
/// one perhaps shorter. The gap between two divisions is in neither. A time that is no run of the
/// room's divisions any more is one slot.
#[must_use]
pub fn slots_of(room: &Room, span: Span) -> Vec<Span> {
    let slots: Vec<Span> = match &room.slots {
        SlotRule::Divisions(divisions) => {
            let (start, end) = span.times();
            division_run(divisions, start, end)
                .unwrap_or_default()
                .iter()
                .filter_map(|division| on_date(span.date(), division.start, division.end))
                .collect()
        }
        SlotRule::Grid { step_minutes, .. } => {
            let cells = i64::from((*step_minutes / CELL_MINUTES).max(1));
            steps(span, cells)
        }
    };
    if slots.is_empty() { vec![span] } else { slots }
}

fn steps(span: Span, cells: i64) -> Vec<Span> {
    let starts = std::iter::successors(Some(span.start()), |start| Some(start.plus(cells)));
    let step = |start: Cell| Span::new(start, start.plus(cells).min(span.end())).ok();
    starts
        .take_while(|start| *start < span.end())
        .filter_map(step)
        .collect()
}
