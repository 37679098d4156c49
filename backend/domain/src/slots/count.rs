//! How many slots a time is.

use super::division_run;
use crate::span::Span;
use crate::town::{Room, SlotRule};

/// How many slots (コマ) a time of a room is: divisions, or steps of its grid; a started one counts.
#[must_use]
pub fn slots_in(room: &Room, span: Span) -> u32 {
    let (start, end) = span.times();
    match &room.slots {
        SlotRule::Divisions(divisions) => division_run(divisions, start, end)
            .map_or(1, |run| u32::try_from(run.len()).unwrap_or(u32::MAX)),
        SlotRule::Grid { step_minutes, .. } => {
            span.minutes().div_ceil(u32::from((*step_minutes).max(1)))
        }
    }
}
