//! The price of what is booked with the room (照明・冷暖房・備品・券).

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::bill::Item;
use super::circumstances::Circumstances;
use super::divisions::division_items;
use super::exact::Exact;
use super::room::{hours_by_time, started_hours};
use super::{OptionRequest, QuoteRefusal, QuoteRequest};
use crate::money::Yen;
use crate::town::{FeeOption, OptionPrice, Room, Slug, Town};

/// An option with what is wanted of it, and the price that fits.
pub(super) struct Chosen<'a> {
    option: &'a FeeOption,
    price: &'a OptionPrice,
    quantity: u32,
    minutes: u32,
}

/// The options of a request in its order, then those that are charged by themselves.
pub(super) fn chosen<'a>(
    circumstances: &Circumstances<'a>,
) -> Result<Vec<Chosen<'a>>, QuoteRefusal> {
    let options = &circumstances.room.options;
    let mut wanted: Vec<(&FeeOption, Cow<'_, OptionRequest>)> = Vec::new();
    let mut seen = BTreeSet::new();
    for request in &circumstances.request.options {
        let option = options
            .iter()
            .find(|option| option.id.as_str() == request.id);
        let option = option.ok_or_else(|| QuoteRefusal::UnknownOption {
            option: request.id.clone(),
        })?;
        if !seen.insert(&option.id) {
            return Err(QuoteRefusal::OptionRepeated {
                option: request.id.clone(),
            });
        }
        wanted.push((option, Cow::Borrowed(request)));
    }
    for option in automatic(circumstances) {
        if seen.insert(&option.id) {
            let request = OptionRequest {
                id: option.id.to_string(),
                quantity: 1,
                minutes: None,
            };
            wanted.push((option, Cow::Owned(request)));
        }
    }
    if let Some((one, other)) = excluding(&wanted) {
        return Err(QuoteRefusal::OptionsExclude {
            one: one.name.clone(),
            other: other.name.clone(),
        });
    }
    let choose = |(option, request): &(&'a FeeOption, Cow<'_, OptionRequest>)| {
        choose(circumstances, option, request)
    };
    wanted.iter().map(choose).collect()
}

/// The options of the room that are charged for this use without being asked for.
fn automatic<'a>(circumstances: &Circumstances<'a>) -> impl Iterator<Item = &'a FeeOption> {
    let fits = |option: &&FeeOption| {
        let when = option.automatic.as_ref();
        when.is_some_and(|when| circumstances.fit(when))
    };
    circumstances.room.options.iter().filter(fits)
}

/// The options that are charged for a use of `room` without being asked for (自動で加わるもの):
/// heating in its season (幌延町: 暖房 10月–4月). `request.room` is not looked at.
///
/// # Errors
/// [`QuoteRefusal`] where the time is none of the room's.
pub fn automatic_options(
    town: &Town,
    room: &Room,
    request: &QuoteRequest,
) -> Result<Vec<Slug>, QuoteRefusal> {
    let circumstances = Circumstances::new(town, room, request)?;
    Ok(automatic(&circumstances)
        .map(|option| option.id.clone())
        .collect())
}

/// Two of the options that cannot be had together.
fn excluding<'a>(
    wanted: &[(&'a FeeOption, Cow<'_, OptionRequest>)],
) -> Option<(&'a FeeOption, &'a FeeOption)> {
    let of = |one: &'a FeeOption| {
        let excluded = |(other, _): &&(&'a FeeOption, _)| one.excludes.contains(&other.id);
        wanted.iter().find(excluded).map(|(other, _)| (one, *other))
    };
    wanted.iter().find_map(|(one, _)| of(one))
}

fn choose<'a>(
    circumstances: &Circumstances<'_>,
    option: &'a FeeOption,
    request: &OptionRequest,
) -> Result<Chosen<'a>, QuoteRefusal> {
    if request.quantity == 0 || request.quantity > option.max_quantity {
        return Err(QuoteRefusal::OptionQuantity {
            option: request.id.clone(),
            max: option.max_quantity,
        });
    }
    let whole = circumstances.span.minutes();
    let minutes = request.minutes.unwrap_or(whole);
    if minutes == 0 || minutes > whole {
        return Err(QuoteRefusal::OptionMinutes {
            option: request.id.clone(),
            max_minutes: whole,
        });
    }
    let price = match &option.price {
        OptionPrice::Table(rows) => {
            let date = circumstances.request.date;
            let fitting = circumstances.first_fit(rows);
            fitting.ok_or(QuoteRefusal::NoTariff { date })?
        }
        price => price,
    };
    Ok(Chosen {
        option,
        price,
        quantity: request.quantity,
        minutes,
    })
}

impl Chosen<'_> {
    /// True when it is a share of what the surcharges have made of the room.
    pub(super) const fn waits_for_surcharges(&self) -> bool {
        matches!(
            self.price,
            OptionPrice::ShareOfRoom {
                after_surcharges: true,
                ..
            }
        )
    }

    /// Its items; `room` is what a share is taken of.
    pub(super) fn items(
        &self,
        circumstances: &Circumstances<'_>,
        room: Exact,
    ) -> Result<Vec<Item>, QuoteRefusal> {
        let span = circumstances.span;
        let whole_hours = started_hours(self.minutes);
        match self.price {
            OptionPrice::PerHour(yen) => {
                self.timed(whole_hours, *yen, format!("{whole_hours}時間"))
            }
            OptionPrice::PerHalfHour(yen) => {
                let halves = self.minutes.div_ceil(30);
                self.timed(halves, *yen, format!("30分×{halves}"))
            }
            OptionPrice::HourAndHalf { hour, half } => {
                let halves = self.minutes.div_ceil(30);
                let hours = halves / 2;
                let mut items = Vec::new();
                if hours > 0 {
                    items.extend(self.timed(hours, *hour, format!("{hours}時間"))?);
                }
                if !halves.is_multiple_of(2) {
                    items.extend(self.timed(1, *half, "30分".to_owned())?);
                }
                Ok(items)
            }
            OptionPrice::PerUse(yen) => match circumstances.divisions.len() {
                0 | 1 => self.timed(1, *yen, String::new()),
                several => {
                    let several = u32::try_from(several).unwrap_or(u32::MAX);
                    self.timed(several, *yen, format!("{several}区分"))
                }
            },
            OptionPrice::PerPiece(yen) => self.timed(1, *yen, String::new()),
            OptionPrice::PerPerson(yen) => {
                let people = circumstances.request.people;
                self.timed(people, *yen, format!("{people}人"))
            }
            OptionPrice::PerDivision(prices) => {
                let option = self.option;
                let article = &option.article;
                division_items(
                    circumstances,
                    prices,
                    &option.name,
                    option.component,
                    article,
                )?
                .into_iter()
                .map(|item| {
                    let times = item.quantity.checked_mul(self.quantity);
                    let quantity = times.ok_or(QuoteRefusal::TooMuch)?;
                    let (component, unit) = (item.component, item.unit);
                    Ok(Item::of(
                        item.label,
                        &item.basis,
                        component,
                        quantity,
                        unit,
                    )?)
                })
                .collect()
            }
            OptionPrice::PerHourByTime(bands) => {
                let mut items = Vec::new();
                for hours in hours_by_time(bands, span, whole_hours) {
                    if let Some(yen) = hours.yen {
                        items.extend(self.timed(hours.count, yen, hours.clock())?);
                    }
                }
                Ok(items)
            }
            OptionPrice::ShareOfRoom { percent, .. } => {
                let exact = room.percent(*percent)?.times(self.quantity)?;
                let round = self.option.round;
                let amount = round.map_or(Ok(exact), |round| exact.round(round))?;
                let (label, component) = (self.option.name.clone(), self.option.component);
                let item = Item::lump(label, &self.option.article, component, amount);
                Ok(if amount.is_zero() { vec![] } else { vec![item] })
            }
            // A table inside a table is refused by the check of the file.
            OptionPrice::Table(_) => Err(QuoteRefusal::NoTariff {
                date: circumstances.request.date,
            }),
        }
    }

    /// So many times its pieces, with how long in words.
    fn timed(&self, times: u32, yen: Yen, how_long: String) -> Result<Vec<Item>, QuoteRefusal> {
        let pieces = if self.option.max_quantity > 1 {
            format!("{}点", self.quantity)
        } else {
            String::new()
        };
        let details: Vec<String> = [pieces, how_long]
            .into_iter()
            .filter(|detail| !detail.is_empty())
            .collect();
        let label = if details.is_empty() {
            self.option.name.clone()
        } else {
            format!("{}（{}）", self.option.name, details.join("・"))
        };
        let quantity = times.checked_mul(self.quantity);
        let quantity = quantity.ok_or(QuoteRefusal::TooMuch)?;
        let unit = Exact::yen(yen.get());
        let (article, component) = (&self.option.article, self.option.component);
        Ok(vec![Item::of(label, article, component, quantity, unit)?])
    }
}
