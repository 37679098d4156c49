//! The price of the room itself.

use chrono::NaiveDate;

use super::{BasisDates, QuoteRefusal, tariff_in_force};
use crate::money::Yen;
use crate::quote::QuoteLine;
use crate::slots::division_run;
use crate::span::Span;
use crate::town::{Division, Room, RoomPrice, SlotRule, Tariff};

/// The room's own price for a span, before options and surcharges, or `None` when no tariff prices
/// it. For lists and boards; what is owed is [`super::quote`]'s answer.
#[must_use]
pub fn room_price(room: &Room, span: Span, basis_dates: &BasisDates) -> Option<Yen> {
    let tariff = tariff_in_force(room, span.date(), basis_dates)?;
    let lines = room_lines(room, tariff, span).ok()?;
    Yen::sum(lines.iter().map(|line| line.amount_yen)).ok()
}

/// The lines of the room: one for hours, one for each division.
pub(super) fn room_lines(
    room: &Room,
    tariff: &Tariff,
    span: Span,
) -> Result<Vec<QuoteLine>, QuoteRefusal> {
    let line = |label: String, quantity: u32, unit_yen: Yen| -> Result<QuoteLine, QuoteRefusal> {
        Ok(QuoteLine {
            label,
            basis: tariff.article.clone(),
            quantity,
            unit_yen,
            amount_yen: unit_yen.times(quantity)?,
        })
    };
    let whole = format!("{} {}", room.name, span.clock());
    match &tariff.price {
        RoomPrice::Free {} => Ok(vec![line(whole, 1, Yen::ZERO)?]),
        RoomPrice::PerHour { yen } => Ok(vec![line(whole, started_hours(span.minutes()), *yen)?]),
        RoomPrice::PerDivision { yen } => divisions_of(room, span)?
            .iter()
            .map(|division| {
                let label = format!(
                    "{} {}（{}–{}）",
                    room.name,
                    division.name,
                    division.start.clock(),
                    division.end.clock()
                );
                let price = yen
                    .get(&division.id)
                    .ok_or(QuoteRefusal::NoTariff { date: span.date() })?;
                line(label, 1, *price)
            })
            .collect(),
    }
}

/// The divisions of a span, in order.
pub(super) fn divisions_of(room: &Room, span: Span) -> Result<&[Division], QuoteRefusal> {
    let SlotRule::Divisions(divisions) = &room.slots else {
        return Err(QuoteRefusal::NotADivision);
    };
    let (start, end) = span.times();
    division_run(divisions, start, end).ok_or(QuoteRefusal::NotADivision)
}

/// Hours, each started one counting (1時間未満の端数は1時間とする).
pub(super) const fn started_hours(minutes: u32) -> u32 {
    minutes.div_ceil(60)
}

/// Refuses a day of use whose room cannot be lent for that time at all: the shape only, since a
/// price does not depend on closing days.
pub(super) fn check_shape(room: &Room, span: Span) -> Result<(), QuoteRefusal> {
    match room.slots {
        SlotRule::Divisions(_) => divisions_of(room, span).map(|_| ()),
        SlotRule::Grid { .. } => Ok(()),
    }
}

/// The span of a date and two times, unless it is empty or off the half hour.
pub(super) fn span_of(
    date: NaiveDate,
    start: crate::civil::TimeOfDay,
    end: crate::civil::TimeOfDay,
) -> Result<Span, QuoteRefusal> {
    let cell = |time| crate::span::Cell::at(date, time).map_err(|_off| QuoteRefusal::OffGrid);
    if start >= end {
        return Err(QuoteRefusal::Empty);
    }
    Span::new(cell(start)?, cell(end)?).map_err(|_empty| QuoteRefusal::Empty)
}
