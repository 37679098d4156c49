//! The quote (料金内訳): every line with its article, and a total.

use super::bill::{Bill, Item};
use super::circumstances::Circumstances;
use super::exact::Exact;
use super::options::chosen;
use super::room::room_items;
use super::surcharges::{self, Base};
use super::{AttributeValue, QuoteRefusal, QuoteRequest, finish, reductions, tariff_in_force};
use crate::money::{Yen, YenOutOfRange};
use crate::quote::{Component, Quote};
use crate::town::{AttributeKind, Room, ShareOf, Tariff, Tax, Town, UserAttribute};

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
    let circumstances = Circumstances::new(town, room, request)?;
    if request.people == 0 {
        return Err(QuoteRefusal::NoPeople);
    }
    if request.people > room.capacity {
        return Err(QuoteRefusal::TooManyPeople {
            capacity: room.capacity,
        });
    }
    check_attributes(town, request)?;
    if let Some(purpose) = &request.purpose
        && !room.purposes.iter().any(|known| known.id == *purpose)
    {
        return Err(QuoteRefusal::UnknownPurpose {
            purpose: purpose.to_string(),
        });
    }
    let tariff = tariff_in_force(room, request.date, &request.basis_dates)
        .ok_or(QuoteRefusal::NoTariff { date: request.date })?;
    let granted = reductions::granted(town, room, &circumstances, request)?;
    let full = full_bill(&circumstances, tariff)?;
    let (mut lines, mut total_yen) = {
        let mut bill = full.clone();
        add_on_the_rest(&circumstances, tariff, &mut bill)?;
        finish::lines(&bill, tariff, None)?
    };
    let mut unreduced_yen = None;
    if let Some(granted) = granted {
        let mut bill = full;
        granted.take(&mut bill)?;
        add_on_the_rest(&circumstances, tariff, &mut bill)?;
        let reduced = finish::lines(&bill, tariff, granted.reduction.round)?;
        unreduced_yen = Some(total_yen);
        // A rounding of its own may not make a small reduction a larger fee.
        if reduced.1 <= total_yen {
            (lines, total_yen) = reduced;
        }
    }
    Ok(Quote {
        total_yen,
        tax_included_yen: tax_inside(total_yen),
        unreduced_yen,
        tariff_version: tariff.from.to_string(),
        lines,
    })
}

/// Everything before reductions: room, options, surcharges, least and most, tax, lines rounded.
fn full_bill(circumstances: &Circumstances<'_>, tariff: &Tariff) -> Result<Bill, QuoteRefusal> {
    let mut bill = Bill {
        items: room_items(circumstances, tariff)?,
    };
    let room = bill.sum_of(Component::Room)?;
    let options = chosen(circumstances)?;
    for option in options.iter().filter(|it| !it.waits_for_surcharges()) {
        bill.items.extend(option.items(circumstances, room)?);
    }
    let mut base = Base::new();
    for item in &bill.items {
        let sum = base.entry(item.component).or_insert(Exact::ZERO);
        *sum = sum.plus(item.amount)?;
    }
    for surcharge in surcharges::applying(circumstances, tariff) {
        if surcharge.of != ShareOf::Reduced {
            surcharges::add(circumstances, surcharge, &base, &mut bill)?;
        }
    }
    let room = bill.sum_of(Component::Room)?;
    for option in options.iter().filter(|it| it.waits_for_surcharges()) {
        bill.items.extend(option.items(circumstances, room)?);
    }
    keep_within(tariff, &mut bill)?;
    bill.in_reading_order();
    let bill = match tariff.tax {
        Tax::Included => bill,
        Tax::Excluded => with_tax(bill)?,
    };
    Ok(finish::round_lines(bill, tariff)?)
}

/// The surcharges that are a share of what is left after a reduction.
fn add_on_the_rest(
    circumstances: &Circumstances<'_>,
    tariff: &Tariff,
    bill: &mut Bill,
) -> Result<(), QuoteRefusal> {
    for surcharge in surcharges::applying(circumstances, tariff) {
        if surcharge.of == ShareOf::Reduced {
            surcharges::add(circumstances, surcharge, &Base::new(), bill)?;
        }
    }
    Ok(())
}

/// The least and the most that the room costs.
fn keep_within(tariff: &Tariff, bill: &mut Bill) -> Result<(), QuoteRefusal> {
    let room = bill.sum_of(Component::Room)?;
    let bounds = [
        (tariff.minimum_yen, "最低使用料との差"),
        (tariff.maximum_yen, "上限を超える分"),
    ];
    for (n, (bound, label)) in bounds.into_iter().enumerate() {
        let Some(bound) = bound.filter(|_| !tariff.price.is_free()) else {
            continue;
        };
        let difference = Exact::yen(bound.get()).minus(room)?;
        if difference.is_negative() == (n == 1) {
            let item = Item::lump(label, &tariff.article, Component::Room, difference);
            bill.add_change(item)?;
        }
    }
    Ok(())
}

fn with_tax(bill: Bill) -> Result<Bill, YenOutOfRange> {
    let gross = |net: Exact| net.percent(100 + i128::from(TAX_PERCENT));
    let items = bill.items.into_iter().map(|item| item.changed(gross));
    Ok(Bill {
        items: items.collect::<Result<_, _>>()?,
    })
}

/// The tax inside an amount, rounded down once (消費税, 1円未満切捨て).
#[must_use]
pub fn tax_inside(total: Yen) -> Yen {
    let percent = u64::from(TAX_PERCENT);
    let tax = u64::from(total.get()) * percent / (100 + percent);
    Yen::new(u32::try_from(tax).unwrap_or(u32::MAX))
}

fn check_attributes(town: &Town, request: &QuoteRequest) -> Result<(), QuoteRefusal> {
    for (id, value) in &request.attributes {
        let known = town.attributes.iter().find(|it| it.id.as_str() == id);
        let known = known.ok_or_else(|| QuoteRefusal::UnknownAttribute {
            attribute: id.clone(),
        })?;
        check_answer(known, value)?;
    }
    Ok(())
}

fn check_answer(known: &UserAttribute, value: &AttributeValue) -> Result<(), QuoteRefusal> {
    let attribute = known.id.to_string();
    match (&known.kind, value) {
        (AttributeKind::Flag, AttributeValue::Flag(_))
        | (AttributeKind::Amount, AttributeValue::Amount(_)) => Ok(()),
        (AttributeKind::Choice(choices), AttributeValue::Choice(chosen))
            if choices.iter().any(|it| it.id.as_str() == chosen) =>
        {
            Ok(())
        }
        (AttributeKind::Flag, _) => Err(QuoteRefusal::AttributeNotAFlag { attribute }),
        (AttributeKind::Amount, _) => Err(QuoteRefusal::AttributeNotAnAmount { attribute }),
        (AttributeKind::Choice(choices), _) => Err(QuoteRefusal::AttributeNotAChoice {
            attribute,
            choices: choices.iter().map(|it| it.id.to_string()).collect(),
        }),
    }
}
