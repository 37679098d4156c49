//! The fee simulation (料金シミュレーション): what a use would cost whoever it may be.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use contract::{Call, FeeAnswer, FeeForm, Outcome, WhatIf};
use domain::fees;
use domain::slots::{check_span, slots_on};
use domain::town::{Facility, Reduction, Room, Slug, UserAttribute};

use super::Floor;
use super::quote::{quote_refusal, quote_request, slot_refusal};
use crate::desk::Desk;

/// How far ahead an open day is sought to begin with.
const OPEN_DAYS: usize = 31;

impl Desk {
    pub(crate) async fn fee_questions(&self, call: &Call, room: &Slug) -> Outcome<FeeForm> {
        let floor = Floor::open(self, call).await?;
        let (facility, room) = floor.room(room)?;
        let town = floor.town();
        let fitting = |reduction: &&Reduction| reduction.may_touch(facility, room);
        let reductions: Vec<Reduction> = town.reductions.iter().filter(fitting).cloned().collect();
        let asked = room.asked_for_fee(facility, &town.reductions);
        let by_card = |one: &&UserAttribute| one.from_residence;
        let attributes = town.attributes.iter().filter(|one| asked.contains(&one.id));
        let (of_card, of_form): (Vec<_>, Vec<_>) = attributes.partition(by_card);
        Ok(FeeForm {
            asked: of_form.into_iter().cloned().collect(),
            by_residence: !of_card.is_empty(),
            open_day: open_day(&floor, facility, room),
            reductions,
            facility: Arc::clone(facility),
            room: Arc::clone(room),
        })
    }

    pub(crate) async fn simulate(&self, call: &Call, asked: &WhatIf) -> Outcome<FeeAnswer> {
        let WhatIf { what, residence } = asked;
        let floor = Floor::open(self, call).await?;
        let (facility, room) = floor.room(&what.room)?;
        let mut request = quote_request(floor.town(), what, *residence, floor.today);
        request.reduction = what.reduction.as_ref().map(ToString::to_string);
        let quote = fees::quote(floor.town(), room, &request).map_err(quote_refusal)?;
        let automatic = fees::automatic_options(floor.town(), room, &request);
        let span = check_span(
            facility,
            room,
            &floor.holidays,
            what.date,
            what.start,
            what.end,
        );
        Ok(FeeAnswer {
            quote,
            automatic: automatic.map_err(quote_refusal)?,
            obstacle: span.err().map(slot_refusal),
        })
    }
}

/// The next day on which the room is lent, tomorrow at the earliest; tomorrow where there is none
/// for long.
fn open_day(floor: &Floor, facility: &Facility, room: &Room) -> NaiveDate {
    let tomorrow = floor.today.checked_add_days(Days::new(1));
    let tomorrow = tomorrow.unwrap_or(floor.today);
    let lent = |date: &NaiveDate| {
        slots_on(facility, room, &floor.holidays, *date).is_ok_and(|slots| !slots.is_empty())
    };
    let mut days = tomorrow.iter_days().take(OPEN_DAYS);
    days.find(lent).unwrap_or(tomorrow)
}
