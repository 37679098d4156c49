//! What becomes of a booking whose person has moved away since (予約後の転出; scenario 39).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::civil;
use domain::fees::{self, AttributeValue, BasisDates, OptionRequest, QuoteRequest};
use domain::money::Yen;
use domain::residency::{MovedAway, Residence, after_moving_away, rule_for};
use domain::town::{Slug, Town};

use crate::ports::store::ReservationRecord;
use crate::residency::Ties;

/// The difference to what people from outside pay (差額), where the town charges it and the use is
/// still to come. The quote of the booking stays as it was permitted: this is owed besides.
pub(crate) fn difference(
    town: &Town,
    record: &ReservationRecord,
    ties: &Ties,
    today: NaiveDate,
) -> Option<Yen> {
    let is_to_come = record.state.holds_floor() && record.span.date() > today;
    // A group counts by its members: nobody's moving away changes that by itself.
    if record.group.is_some() || !is_to_come {
        return None;
    }
    let (facility, room) = town.room(&record.particulars.room)?;
    let now = ties.at(town, facility, today);
    let rule = rule_for(town, facility);
    if after_moving_away(rule, as_booked(town, record)?, now) == MovedAway::Stays {
        return None;
    }
    let asked = as_an_outsider(town, record);
    let outsiders = fees::quote(town, room, &asked).ok()?.total_yen;
    let more = outsiders.minus(record.quote.total_yen).ok()?;
    (!more.is_zero()).then_some(more)
}

/// The town's questions that the place where somebody lives answers.
fn from_residence(town: &Town) -> impl Iterator<Item = &Slug> {
    let asked = town.attributes.iter().filter(|one| one.from_residence);
    asked.map(|one| &one.id)
}

/// As what they counted when they booked; `None` where no fee asks.
fn as_booked(town: &Town, record: &ReservationRecord) -> Option<Residence> {
    let asked = from_residence(town).next()?;
    let outsider = record.particulars.attributes.get(asked) == Some(&AttributeValue::Flag(true));
    Some(if outsider {
        Residence::Outside
    } else {
        Residence::InTown
    })
}

/// The same booking by somebody from outside, on the same day.
fn as_an_outsider(town: &Town, record: &ReservationRecord) -> QuoteRequest {
    let booked = &record.particulars;
    let answers = booked.attributes.iter();
    let mut attributes: BTreeMap<String, AttributeValue> = answers
        .map(|(id, answer)| (id.to_string(), answer.clone()))
        .collect();
    attributes.extend(from_residence(town).map(|id| (id.to_string(), AttributeValue::Flag(true))));
    let (start, end) = record.span.times();
    QuoteRequest {
        room: booked.room.clone(),
        date: record.span.date(),
        start,
        end,
        people: record.people,
        purpose: Some(booked.purpose.clone()),
        options: booked
            .options
            .iter()
            .map(|(id, quantity)| OptionRequest {
                id: id.to_string(),
                quantity: *quantity,
                minutes: booked.option_minutes.get(id).copied(),
            })
            .collect(),
        attributes,
        reduction: None,
        reduction_percent: None,
        basis_dates: BasisDates::all_on(civil::date_at(record.created_at)),
    }
}
