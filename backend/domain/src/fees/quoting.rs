//! The quote (料金内訳): every line with its article, and a total.

use super::options::option_lines;
use super::room::{check_shape, room_lines, span_of};
use super::{AttributeValue, QuoteRefusal, QuoteRequest, tariff_in_force};
use crate::money::Yen;
use crate::quote::{Quote, QuoteLine};
use crate::town::{Room, Tariff, Town};

/// The rate of consumption tax in percent (消費税法29条・地方税法72条の83), inside every price.
pub const TAX_PERCENT: u8 = 10;

/// The quote of a request, its room found by slug: `yoriai fee quote`.
///
/// # Errors
/// [`QuoteRefusal`].
pub fn quote_for_town(town: &Town, request: &QuoteRequest) -> Result<Quote, QuoteRefusal> {
    let (_, room) = town
        .room(&request.room)
        .ok_or_else(|| QuoteRefusal::UnknownRoom {
            room: request.room.to_string(),
        })?;
    quote(town, room, request)
}

/// The quote of a request for `room` of `town`. `request.room` is not looked at.
///
/// A price does not depend on whether the day is open: the counter may open a hall on a closed day.
///
/// # Errors
/// [`QuoteRefusal`].
pub fn quote(town: &Town, room: &Room, request: &QuoteRequest) -> Result<Quote, QuoteRefusal> {
    let span = span_of(request.date, request.start, request.end)?;
    check_shape(room, span)?;
    if request.people == 0 {
        return Err(QuoteRefusal::NoPeople);
    }
    if request.people > room.capacity {
        return Err(QuoteRefusal::TooManyPeople {
            capacity: room.capacity,
        });
    }
    if let Some(reduction) = &request.reduction {
        return Err(QuoteRefusal::UnknownReduction {
            reduction: reduction.clone(),
        });
    }
    check_attributes(town, request)?;
    let tariff = tariff_in_force(room, request.date, &request.basis_dates)
        .ok_or(QuoteRefusal::NoTariff { date: request.date })?;
    let mut lines = room_lines(room, tariff, span)?;
    let room_yen = Yen::sum(lines.iter().map(|line| line.amount_yen))?;
    lines.extend(surcharge_lines(tariff, room_yen, request)?);
    lines.extend(option_lines(room, span, &request.options)?);
    let total_yen = Yen::sum(lines.iter().map(|line| line.amount_yen))?;
    Ok(Quote {
        total_yen,
        tax_included_yen: tax_inside(total_yen),
        tariff_version: tariff.from.to_string(),
        lines,
    })
}

/// The tax inside an amount, rounded down once (消費税, 1円未満切捨て).
fn tax_inside(total: Yen) -> Yen {
    let percent = u64::from(TAX_PERCENT);
    let tax = u64::from(total.get()) * percent / (100 + percent);
    Yen::new(u32::try_from(tax).unwrap_or(u32::MAX))
}

fn check_attributes(town: &Town, request: &QuoteRequest) -> Result<(), QuoteRefusal> {
    for (attribute, value) in &request.attributes {
        let attribute = attribute.clone();
        if !town
            .attributes
            .iter()
            .any(|known| known.id.as_str() == attribute)
        {
            return Err(QuoteRefusal::UnknownAttribute { attribute });
        }
        if matches!(value, AttributeValue::Amount(_)) {
            return Err(QuoteRefusal::AttributeNotAFlag { attribute });
        }
    }
    Ok(())
}

/// Each surcharge that applies, a share of the room's price: they add up, they do not multiply
/// (domain.md A1, 「Other shapes」). A share of nothing is no line.
fn surcharge_lines(
    tariff: &Tariff,
    room_yen: Yen,
    request: &QuoteRequest,
) -> Result<Vec<QuoteLine>, QuoteRefusal> {
    let mut lines = Vec::new();
    for surcharge in &tariff.surcharges {
        let value = request.attributes.get(surcharge.attribute.as_str());
        if value != Some(&AttributeValue::Flag(true)) {
            continue;
        }
        let amount_yen = room_yen.percent_floor(surcharge.percent, surcharge.round_down_yen)?;
        if !amount_yen.is_zero() {
            lines.push(QuoteLine {
                label: surcharge.label.clone(),
                basis: surcharge.article.clone(),
                quantity: 1,
                unit_yen: amount_yen,
                amount_yen,
            });
        }
    }
    Ok(lines)
}
