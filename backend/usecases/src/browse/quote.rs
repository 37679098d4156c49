//! What it would cost (料金シミュレーション).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::{Call, Outcome, QuoteRoom, Refusal, RuleProblem};
use domain::fees::{self, AttributeValue, BasisDates, OptionRequest, QuoteRefusal, QuoteRequest};
use domain::quote::Quote;
use domain::slots::{SlotRefusal, check_span};
use domain::town::Town;
use domain::window::Residence;

use super::{Floor, Looker};
use crate::desk::Desk;
use crate::review::excluded;

impl Desk {
    pub(crate) async fn price(&self, call: &Call, what: &QuoteRoom) -> Outcome<Quote> {
        self.price_for(call, Looker::online(call), what).await
    }

    /// What it would cost somebody else.
    pub(crate) async fn price_for(
        &self,
        call: &Call,
        looker: Looker,
        what: &QuoteRoom,
    ) -> Outcome<Quote> {
        let floor = Floor::open_for(self, call, looker).await?;
        let (facility, room) = floor.room(&what.room)?;
        check_span(
            facility,
            room,
            &floor.holidays,
            what.date,
            what.start,
            what.end,
        )
        .map_err(slot_refusal)?;
        let request = quote_request(floor.town(), what, floor.residence, floor.today);
        excluded(floor.town(), room, &request, what.reduction.as_ref())?;
        Ok(fees::quote(floor.town(), room, &request).map_err(quote_refusal)?)
    }
}

/// The fee engine's request: what the card answers is taken from the card, whatever was posted.
pub(crate) fn quote_request(
    town: &Town,
    what: &QuoteRoom,
    residence: Residence,
    today: NaiveDate,
) -> QuoteRequest {
    let mut attributes: BTreeMap<String, AttributeValue> = what
        .attributes
        .iter()
        .map(|(id, answer)| (id.to_string(), answer.clone()))
        .collect();
    let outsider = residence == Residence::Outside;
    for attribute in town
        .attributes
        .iter()
        .filter(|attribute| attribute.from_residence)
    {
        attributes.insert(attribute.id.to_string(), AttributeValue::Flag(outsider));
    }
    QuoteRequest {
        room: what.room.clone(),
        date: what.date,
        start: what.start,
        end: what.end,
        people: what.people,
        purpose: what.purpose.clone(),
        options: what
            .options
            .iter()
            .map(|option| OptionRequest {
                id: option.id.to_string(),
                quantity: option.quantity,
                minutes: option.minutes,
            })
            .collect(),
        attributes,
        reduction: None,
        reduction_percent: None,
        basis_dates: BasisDates::all_on(today),
    }
}

/// The domain's word for a time that cannot be booked, as a refusal of the contract.
pub(crate) fn slot_refusal(refusal: SlotRefusal) -> Refusal {
    match refusal {
        SlotRefusal::OffGrid => Refusal::SlotOffGrid,
        SlotRefusal::Empty => Refusal::SlotEmpty,
        SlotRefusal::OutsideHours => Refusal::SlotOutsideHours,
        SlotRefusal::Closed { date, reason } => Refusal::SlotClosed { date, reason },
        SlotRefusal::NotADivision => Refusal::SlotNotADivision,
        SlotRefusal::TooShort { min_minutes } => Refusal::SlotTooShort { min_minutes },
        SlotRefusal::TooLong { max_minutes } => Refusal::SlotTooLong { max_minutes },
    }
}

/// The fee engine's word for what cannot be priced, as a refusal of the contract.
pub(crate) fn quote_refusal(refusal: QuoteRefusal) -> Refusal {
    use contract::ProblemKind;
    match refusal {
        QuoteRefusal::UnknownRoom { .. } => Refusal::NotFound,
        QuoteRefusal::Empty => Refusal::SlotEmpty,
        QuoteRefusal::OffGrid => Refusal::SlotOffGrid,
        QuoteRefusal::NotADivision | QuoteRefusal::RunNotPriced => Refusal::SlotNotADivision,
        QuoteRefusal::NoPeople => Refusal::field("people", ProblemKind::Missing),
        QuoteRefusal::TooManyPeople { capacity } => Refusal::TooManyPeople { capacity },
        QuoteRefusal::UnknownOption { option }
        | QuoteRefusal::OptionRepeated { option }
        | QuoteRefusal::OptionQuantity { option, .. }
        | QuoteRefusal::OptionMinutes { option, .. }
        | QuoteRefusal::OptionsExclude { other: option, .. } => Refusal::UnknownOption { option },
        QuoteRefusal::UnknownAttribute { attribute }
        | QuoteRefusal::AttributeNotAFlag { attribute }
        | QuoteRefusal::AttributeNotAnAmount { attribute }
        | QuoteRefusal::AttributeNotAChoice { attribute, .. } => {
            Refusal::UnknownAttribute { attribute }
        }
        QuoteRefusal::ReductionExcluded {
            ref why,
            ref article,
            ..
        } => Refusal::Rule(RuleProblem {
            code: refusal.code(),
            words: why.clone(),
            article: article.clone(),
            next: Vec::new(),
            also: Vec::new(),
        }),
        QuoteRefusal::UnknownReduction { .. } | QuoteRefusal::PercentWithoutReduction => {
            Refusal::field("reduction", ProblemKind::NotAChoice)
        }
        QuoteRefusal::ReductionPercent { most } => {
            Refusal::field("percent", ProblemKind::OutOfRange { min: 1, max: most })
        }
        QuoteRefusal::NoTariff { .. } => Refusal::NoTariff,
        QuoteRefusal::UnknownPurpose { .. } => Refusal::UnknownPurpose,
        QuoteRefusal::TooMuch => Refusal::field("people", ProblemKind::Malformed),
    }
}
