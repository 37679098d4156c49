//! The price of what is booked with the room (照明・冷暖房・備品).

use std::collections::BTreeSet;

use super::room::{divisions_of, started_hours};
use super::{OptionRequest, QuoteRefusal};
use crate::quote::QuoteLine;
use crate::span::Span;
use crate::town::{FeeOption, OptionPrice, Room};

/// One line for each option, in the order of the request.
pub(super) fn option_lines(
    room: &Room,
    span: Span,
    requests: &[OptionRequest],
) -> Result<Vec<QuoteLine>, QuoteRefusal> {
    let mut seen = BTreeSet::new();
    requests
        .iter()
        .map(|request| {
            let option = room
                .options
                .iter()
                .find(|option| option.id.as_str() == request.id)
                .ok_or_else(|| QuoteRefusal::UnknownOption {
                    option: request.id.clone(),
                })?;
            if !seen.insert(&option.id) {
                return Err(QuoteRefusal::OptionRepeated {
                    option: request.id.clone(),
                });
            }
            option_line(room, option, span, request)
        })
        .collect()
}

fn option_line(
    room: &Room,
    option: &FeeOption,
    span: Span,
    request: &OptionRequest,
) -> Result<QuoteLine, QuoteRefusal> {
    if request.quantity == 0 || request.quantity > option.max_quantity {
        return Err(QuoteRefusal::OptionQuantity {
            option: request.id.clone(),
            max: option.max_quantity,
        });
    }
    let minutes = request.minutes.unwrap_or_else(|| span.minutes());
    if minutes == 0 || minutes > span.minutes() {
        return Err(QuoteRefusal::OptionMinutes {
            option: request.id.clone(),
            max_minutes: span.minutes(),
        });
    }
    let (unit_yen, times, how_long) = match option.price {
        OptionPrice::PerHour(yen) => {
            let hours = started_hours(minutes);
            (yen, hours, format!("{hours}時間"))
        }
        OptionPrice::PerHalfHour(yen) => {
            let halves = minutes.div_ceil(30);
            (yen, halves, format!("30分×{halves}"))
        }
        OptionPrice::PerUse(yen) => match divisions_of(room, span).map_or(1, <[_]>::len) {
            1 => (yen, 1, String::new()),
            several => {
                let several = u32::try_from(several).unwrap_or(u32::MAX);
                (yen, several, format!("{several}区分"))
            }
        },
    };
    let pieces = if option.max_quantity > 1 {
        format!("{}点", request.quantity)
    } else {
        String::new()
    };
    let details: Vec<String> = [pieces, how_long]
        .into_iter()
        .filter(|detail| !detail.is_empty())
        .collect();
    let label = if details.is_empty() {
        option.name.clone()
    } else {
        format!("{}（{}）", option.name, details.join("・"))
    };
    let quantity = times
        .checked_mul(request.quantity)
        .ok_or(QuoteRefusal::TooMuch)?;
    Ok(QuoteLine {
        label,
        basis: option.article.clone(),
        quantity,
        unit_yen,
        amount_yen: unit_yen.times(quantity)?,
    })
}
