//! Surcharges (加算): which apply, of what, and on what.

use std::collections::BTreeMap;

use super::QuoteRefusal;
use super::bill::{Bill, Item};
use super::circumstances::Circumstances;
use super::exact::Exact;
use crate::quote::Component;
use crate::town::{Addition, ShareOf, Surcharge, Tariff};

/// What the tables alone come to, by component.
pub(super) type Base = BTreeMap<Component, Exact>;

/// The surcharges that apply, in the order of the file; what another one stands for is left out.
pub(super) fn applying<'a>(
    circumstances: &Circumstances<'_>,
    tariff: &'a Tariff,
) -> Vec<&'a Surcharge> {
    let fitting: Vec<&Surcharge> = tariff
        .surcharges
        .iter()
        .filter(|surcharge| circumstances.fit(&surcharge.when))
        .collect();
    let replaced = |it: &Surcharge| fitting.iter().any(|by| by.instead_of.contains(&it.id));
    fitting
        .iter()
        .copied()
        .filter(|surcharge| !replaced(surcharge))
        .collect()
}

/// Adds what a surcharge adds: an item for each component it touches. A share of nothing is none.
pub(super) fn add(
    circumstances: &Circumstances<'_>,
    surcharge: &Surcharge,
    base: &Base,
    bill: &mut Bill,
) -> Result<(), QuoteRefusal> {
    let touched = match surcharge.add {
        Addition::Percent(_) => surcharge.touches.as_slice(),
        // An amount in yen is added once.
        Addition::Yen(_) | Addition::AmountTimes { .. } => {
            surcharge.touches.get(..1).unwrap_or_default()
        }
    };
    for component in touched {
        let exact = match &surcharge.add {
            Addition::Percent(percent) => {
                let of = match surcharge.of {
                    ShareOf::Base => base.get(component).copied().unwrap_or(Exact::ZERO),
                    ShareOf::Running | ShareOf::Reduced => bill.sum_of(*component)?,
                };
                of.percent(*percent)?
            }
            Addition::Yen(yen) => Exact::yen(yen.get()),
            Addition::AmountTimes { attribute, times } => {
                Exact::yen(circumstances.amount(attribute)).times(*times)?
            }
        };
        let round = surcharge.round;
        let amount = round.map_or(Ok(exact), |round| exact.round(round))?;
        let (label, article) = (surcharge.label.as_str(), &surcharge.article);
        bill.add_change(Item::lump(label, article, *component, amount))?;
    }
    Ok(())
}
