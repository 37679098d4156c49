//! The price of the room itself.

use super::bill::Item;
use super::circumstances::Circumstances;
use super::divisions::division_items;
use super::exact::Exact;
use super::{BasisDates, QuoteRefusal, QuoteRequest, tariff_in_force};
use crate::civil::TimeOfDay;
use crate::money::Yen;
use crate::quote::Component;
use crate::span::Span;
use crate::town::{Room, RoomPrice, Tariff, Tax, TimeBand, Town};

/// The room's own price for a span, before options and surcharges, for somebody whom no condition
/// of the table sets apart; `None` when no tariff prices it. For lists and boards; what is owed is
/// [`super::quote`]'s answer.
#[must_use]
pub fn room_price(town: &Town, room: &Room, span: Span, basis_dates: &BasisDates) -> Option<Yen> {
    let (start, end) = span.times();
    let request = QuoteRequest {
        room: room.id.clone(),
        date: span.date(),
        start,
        end,
        people: 1,
        purpose: None,
        options: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        reduction: None,
        reduction_percent: None,
        basis_dates: *basis_dates,
    };
    let tariff = tariff_in_force(room, request.date, basis_dates)?;
    let circumstances = Circumstances::new(town, room, &request).ok()?;
    let items = room_items(&circumstances, tariff).ok()?;
    let net = Exact::sum(items.into_iter().map(|item| item.amount)).ok()?;
    let sum = match tariff.tax {
        Tax::Included => net,
        Tax::Excluded => net.percent(100 + i128::from(super::TAX_PERCENT)).ok()?,
    };
    Yen::try_from(i64::try_from(sum.floor()).ok()?).ok()
}

/// The items of the room: one for hours, one for each division.
pub(super) fn room_items(
    circumstances: &Circumstances<'_>,
    tariff: &Tariff,
) -> Result<Vec<Item>, QuoteRefusal> {
    items(circumstances, tariff, &tariff.price)
}

fn items(
    circumstances: &Circumstances<'_>,
    tariff: &Tariff,
    price: &RoomPrice,
) -> Result<Vec<Item>, QuoteRefusal> {
    let room = circumstances.room;
    let span = circumstances.span;
    let date = circumstances.request.date;
    let by_division = matches!(price, RoomPrice::PerDivision(_) | RoomPrice::Table(_));
    if circumstances.beside != (0, 0) && !by_division {
        return Err(QuoteRefusal::NotADivision);
    }
    let line = |quantity: u32, yen: Yen| -> Result<Vec<Item>, QuoteRefusal> {
        let label = format!("{} {}", room.name, span.clock());
        let unit = Exact::yen(yen.get());
        let item = Item::of(label, &tariff.article, Component::Room, quantity, unit)?;
        Ok(vec![item])
    };
    match price {
        RoomPrice::Free {} => line(1, Yen::ZERO),
        RoomPrice::PerHour { yen, max_hours } => {
            let hours = started_hours(span.minutes());
            line(max_hours.map_or(hours, |most| hours.min(most)), *yen)
        }
        RoomPrice::PerHalfHour { yen } => line(span.minutes().div_ceil(30), *yen),
        RoomPrice::PerHourByTime(bands) => {
            let hours = hours_by_time(bands, span, started_hours(span.minutes()));
            if hours.iter().any(|hours| hours.yen.is_none()) {
                return Err(QuoteRefusal::NoTariff { date });
            }
            let item = |hours: &BandHours| {
                let label = format!("{} {}", room.name, hours.clock());
                let unit = Exact::yen(hours.yen.unwrap_or_default().get());
                Item::of(label, &tariff.article, Component::Room, hours.count, unit)
            };
            Ok(hours.iter().map(item).collect::<Result<_, _>>()?)
        }
        RoomPrice::PerUse { yen, minutes } => line(uses(span, *minutes), *yen),
        RoomPrice::PerPerson { yen, minutes } => {
            let people = circumstances.request.people;
            let each = uses(span, *minutes).checked_mul(people);
            line(each.ok_or(QuoteRefusal::TooMuch)?, *yen)
        }
        RoomPrice::PerDivision(prices) => division_items(
            circumstances,
            prices,
            &room.name,
            Component::Room,
            &tariff.article,
        ),
        RoomPrice::ShareOfAmount { attribute, percent } => {
            let amount = Exact::yen(circumstances.amount(attribute)).percent(*percent)?;
            let label = format!("{} {}", room.name, span.clock());
            let item = Item::lump(label, &tariff.article, Component::Room, amount);
            Ok(vec![item])
        }
        RoomPrice::Table(rows) => {
            let price = circumstances.first_fit(rows);
            items(
                circumstances,
                tariff,
                price.ok_or(QuoteRefusal::NoTariff { date })?,
            )
        }
    }
}

/// How many uses of at most so many minutes.
fn uses(span: Span, minutes: Option<u32>) -> u32 {
    minutes.map_or(1, |most| span.minutes().div_ceil(most.max(1)))
}

/// Hours, each started one counting (1時間未満の端数は1時間とする).
pub(super) const fn started_hours(minutes: u32) -> u32 {
    minutes.div_ceil(60)
}

/// Hours in a row at one price.
pub(super) struct BandHours {
    start: u32,
    end: u32,
    pub(super) count: u32,
    /// What an hour costs; `None` outside the bands.
    pub(super) yen: Option<Yen>,
}

impl BandHours {
    pub(super) fn clock(&self) -> String {
        let clock = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
        format!("{}–{}", clock(self.start), clock(self.end))
    }
}

/// The last `count` started hours of a span by the band they begin in.
pub(super) fn hours_by_time(bands: &[TimeBand], span: Span, count: u32) -> Vec<BandHours> {
    let (start, end) = span.times();
    let (start, end) = (u32::from(start.minutes()), u32::from(end.minutes()));
    let skipped = started_hours(span.minutes()).saturating_sub(count);
    let mut groups: Vec<BandHours> = Vec::new();
    for hour in skipped..skipped.saturating_add(count) {
        let from = start + hour * 60;
        let until = (from + 60).min(end);
        let inside = |band: &&TimeBand| {
            let within = |time: TimeOfDay| u32::from(time.minutes());
            within(band.start) <= from && from < within(band.end)
        };
        let yen = bands.iter().find(inside).map(|band| band.yen);
        match groups.last_mut() {
            Some(last) if last.yen == yen => {
                last.end = until;
                last.count += 1;
            }
            _ => groups.push(BandHours {
                start: from,
                end: until,
                count: 1,
                yen,
            }),
        }
    }
    groups
}
