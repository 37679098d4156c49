//! What a room offers in a month.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Month, Named, RoomRef};
use crate::calendar::{DayPlan, Holidays, day_plan};
use crate::civil::TimeOfDay;
use crate::slots::slots_on;
use crate::span::Span;
use crate::town::{Facility, Room, SlotRule, TimeWindow};

/// A room and its blocks of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomOffer {
    /// The facility.
    pub facility: Named,
    /// The room.
    pub room: Named,
    /// Its floor.
    pub units: BTreeSet<crate::town::Slug>,
    /// Its blocks in order, none over another, closing days left out and closures not yet.
    pub blocks: Vec<Span>,
}

impl RoomOffer {
    /// What a room offers in a month by the calendar of the town file in force.
    #[must_use]
    pub fn of(facility: &Facility, room: &Room, holidays: &Holidays, month: Month) -> Self {
        Self {
            facility: Named {
                id: facility.id.clone(),
                name: facility.name.clone(),
            },
            room: Named {
                id: room.id.clone(),
                name: room.name.clone(),
            },
            units: room.units.clone(),
            blocks: month
                .days()
                .flat_map(|date| blocks_on(facility, room, holidays, date))
                .collect(),
        }
    }

    /// Which room it is.
    #[must_use]
    pub fn room_ref(&self) -> RoomRef {
        RoomRef {
            facility: self.facility.id.clone(),
            room: self.room.id.clone(),
        }
    }
}

/// The blocks (区分) of a room on a day: its divisions within the hours, or the steps of its grid
/// one after the other from opening. What is left of the hours after the last whole step cannot be
/// booked and is none. Empty on closing days.
#[must_use]
pub fn blocks_on(
    facility: &Facility,
    room: &Room,
    holidays: &Holidays,
    date: NaiveDate,
) -> Vec<Span> {
    let step = match &room.slots {
        SlotRule::Divisions(_) => {
            let slots = slots_on(facility, room, holidays, date).unwrap_or_default();
            return slots.into_iter().map(|slot| slot.span).collect();
        }
        // A step of 0 would never end; `town::check` refuses it.
        SlotRule::Grid { step_minutes, .. } => (*step_minutes).max(1),
    };
    let windows = match day_plan(facility, holidays, date) {
        DayPlan::Open(windows) => windows,
        DayPlan::Closed(_) => Vec::new(),
    };
    windows
        .iter()
        .flat_map(|window| steps(*window, step))
        .filter_map(|(start, end)| Span::on(date, start, end).ok())
        .collect()
}

fn steps(window: TimeWindow, step: u16) -> impl Iterator<Item = (TimeOfDay, TimeOfDay)> {
    std::iter::successors(Some(window.start), move |start| start.plus_minutes(step))
        .map_while(move |start| Some((start, start.plus_minutes(step)?)))
        .take_while(move |(_, end)| *end <= window.end)
}
