//! Prices by division: each for itself, or a run with a price of its own; the time between and
//! beside them.

use super::QuoteRefusal;
use super::bill::Item;
use super::circumstances::Circumstances;
use super::exact::Exact;
use super::room::started_hours;
use crate::quote::Component;
use crate::town::{
    Consecutive, Division, DivisionPrices, DivisionRun, HourlyCharge, HourlyPrice, Slug,
};

/// The items of the divisions that are used, for a room or an option priced by division.
pub(super) fn division_items(
    circumstances: &Circumstances<'_>,
    prices: &DivisionPrices,
    name: &str,
    component: Component,
    article: &str,
) -> Result<Vec<Item>, QuoteRefusal> {
    let divisions = circumstances.divisions;
    let no_tariff = QuoteRefusal::NoTariff {
        date: circumstances.request.date,
    };
    let (Some(first), Some(last)) = (divisions.first(), divisions.last()) else {
        return Err(QuoteRefusal::NotADivision);
    };
    let item = |called: &str, from: &Division, until: &Division, yen: crate::money::Yen| {
        let times = format!("{}–{}", from.start.clock(), until.end.clock());
        let label = format!("{name} {called}（{times}）");
        Item::of(label, article, component, 1, Exact::yen(yen.get()))
    };
    let run = prices.runs.iter().find(|run| is_run(run, divisions));
    let mut items = match (run, prices.consecutive) {
        (Some(run), _) => vec![item(&run.name, first, last, run.yen)?],
        (None, Consecutive::Listed) if divisions.len() > 1 => {
            return Err(QuoteRefusal::RunNotPriced);
        }
        (None, _) => {
            let mut items = Vec::new();
            for division in divisions {
                let yen = prices.yen.get(&division.id).ok_or(no_tariff.clone())?;
                items.push(item(&division.name, division, division, *yen)?);
            }
            items
        }
    };
    let booked = Exact::sum(items.iter().map(|item| item.amount))?;
    let hourly = |charge: &HourlyCharge, called: &str, hours: u32| {
        let of = |of: &[Slug]| priced_at(prices, of, booked).ok_or(no_tariff.clone());
        let exact = match &charge.per_hour {
            HourlyPrice::Yen(yen) => Exact::yen(yen.get()),
            HourlyPrice::Share { percent, of: base } => of(base)?.percent(*percent)?,
        };
        let unit = charge.round.map_or(Ok(exact), |round| exact.round(round))?;
        let label = format!("{name} {called}（{hours}時間）");
        Ok::<_, QuoteRefusal>(Item::of(label, &charge.article, component, hours, unit)?)
    };
    if run.is_none()
        && let Some(charge) = &prices.between
    {
        let hours: u32 = divisions.windows(2).map(gap_hours).sum();
        if hours > 0 {
            items.push(hourly(charge, "区分の間", hours)?);
        }
    }
    let (before, after) = circumstances.beside;
    if (before, after) != (0, 0) {
        let charge = prices
            .extension
            .as_ref()
            .ok_or(QuoteRefusal::NotADivision)?;
        let hours = started_hours(before) + started_hours(after);
        items.push(hourly(charge, "延長", hours)?);
    }
    Ok(items)
}

fn is_run(run: &DivisionRun, divisions: &[Division]) -> bool {
    run.of
        .iter()
        .eq(divisions.iter().map(|division| &division.id))
}

/// The started hours between two divisions.
fn gap_hours(pair: &[Division]) -> u32 {
    match pair {
        [earlier, later] => {
            let minutes = later.start.minutes().saturating_sub(earlier.end.minutes());
            started_hours(u32::from(minutes))
        }
        _ => 0,
    }
}

/// The listed price of a division or a run; what is booked, when none is named.
fn priced_at(prices: &DivisionPrices, of: &[Slug], booked: Exact) -> Option<Exact> {
    let yen = match of {
        [] => return Some(booked),
        [one] => *prices.yen.get(one)?,
        several => prices.runs.iter().find(|run| run.of == several)?.yen,
    };
    Some(Exact::yen(yen.get()))
}
