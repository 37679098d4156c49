//! Use by use, so that a year of them need not be held at once.

use std::collections::BTreeMap;

use super::class::{Class, ReductionName, Words};
use super::kind::{Kind, KindChange};
use super::past_use::{PastUse, RoomName};
use super::proposal::in_force_since_ever;
use super::tally::Tally;
use crate::fees::{QuoteRefusal, quote_for_town};
use crate::money::Yen;
use crate::town::{Slug, Town};

/// How many of the largest changes are named.
pub const MOST_CHANGES: usize = 20;

/// What a proposal does to the uses of a time (見直しの試算).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Study {
    /// All of them.
    pub total: Tally,
    /// By room (室場別), in the order of the proposal; rooms that it gives up come last.
    pub rooms: Vec<Row<RoomName>>,
    /// By who paid (利用者区分別): those to whom nothing special applies first.
    pub classes: Vec<Row<Class>>,
    /// By reduction (減免別): those without one first.
    pub reductions: Vec<Row<ReductionName>>,
    /// What changes most for one reservation (増減の大きい予約), at most [`MOST_CHANGES`].
    pub largest: Vec<KindChange>,
    /// What the proposal has no price for (計算できない予約), by room and reason.
    pub unpriced: Vec<Unpriced>,
}

/// One row of a grouping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// Of what.
    pub of: T,
    /// How it does.
    pub tally: Tally,
}

/// Uses that the proposal has no price for, and why (計算できない理由).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpriced {
    /// Where.
    pub place: RoomName,
    /// The stable code of the reason ([`crate::fees::QuoteRefusal::code`]).
    pub code: &'static str,
    /// The reason in plain words.
    pub why: String,
    /// How many.
    pub uses: u64,
    /// What they cost, yen.
    pub yen: u64,
}

/// A room where the proposal has it, then by slug.
type Place = (usize, Slug);

/// A study under way.
pub struct Reckoning {
    proposed: Town,
    words: Words,
    places: BTreeMap<Slug, (usize, RoomName)>,
    names: BTreeMap<Place, RoomName>,
    total: Tally,
    rooms: BTreeMap<Place, Tally>,
    classes: BTreeMap<Class, Tally>,
    reductions: BTreeMap<ReductionName, Tally>,
    kinds: BTreeMap<(Kind, Yen, Yen), u64>,
    unpriced: BTreeMap<(Place, String), Unpriced>,
}

impl Reckoning {
    /// A study of `proposed`; `in_force` names what the proposal no longer knows.
    #[must_use]
    pub fn new(proposed: &Town, in_force: &Town) -> Self {
        let rooms = proposed.facilities.iter().flat_map(|facility| {
            let name = |room: &str| RoomName {
                facility: facility.name.clone(),
                room: room.to_owned(),
            };
            let rooms = facility.rooms.iter();
            rooms.map(move |room| (room.id.clone(), name(&room.name)))
        });
        Self {
            words: Words::of(proposed, in_force),
            places: rooms
                .enumerate()
                .map(|(n, (id, name))| (id, (n, name)))
                .collect(),
            proposed: in_force_since_ever(proposed),
            names: BTreeMap::new(),
            total: Tally::default(),
            rooms: BTreeMap::new(),
            classes: BTreeMap::new(),
            reductions: BTreeMap::new(),
            kinds: BTreeMap::new(),
            unpriced: BTreeMap::new(),
        }
    }

    /// Prices one more use.
    pub fn add(&mut self, past: &PastUse) {
        let request = past.asked();
        let place = self.place(&request.room, &past.place);
        let class = self.words.class(&request);
        let reduction = self.words.reduction(&request);
        let tally = match quote_for_town(&self.proposed, &request) {
            Ok(quote) => {
                let kind = Kind {
                    place: self.names.get(&place).unwrap_or(&past.place).clone(),
                    start: request.start,
                    end: request.end,
                    class: class.clone(),
                    reduction: reduction.clone(),
                };
                let change = (kind, past.fee, quote.total_yen);
                if past.fee != quote.total_yen {
                    *self.kinds.entry(change).or_default() += 1;
                }
                Tally::priced(past.fee, quote.total_yen)
            }
            Err(refusal) => {
                self.note(&place, &refusal, past);
                Tally::unpriced(past.fee)
            }
        };
        self.total += tally;
        *self.rooms.entry(place).or_default() += tally;
        *self.classes.entry(class).or_default() += tally;
        *self.reductions.entry(reduction).or_default() += tally;
    }

    /// What it came to.
    #[must_use]
    pub fn finish(self) -> Study {
        // Every room that has a row was named when its first use was added.
        let rooms = self.names.into_iter().zip(self.rooms.into_values());
        let changes = self.kinds.into_iter();
        let mut largest: Vec<KindChange> = changes
            .map(|((kind, before, after), uses)| KindChange {
                kind,
                uses,
                before,
                after,
            })
            .collect();
        largest.sort_by(|one, other| one.rank().cmp(&other.rank()));
        largest.truncate(MOST_CHANGES);
        Study {
            total: self.total,
            rooms: rooms.map(|((_, of), tally)| Row { of, tally }).collect(),
            classes: rows(self.classes),
            reductions: rows(self.reductions),
            largest,
            unpriced: self.unpriced.into_values().collect(),
        }
    }

    fn note(&mut self, place: &Place, refusal: &QuoteRefusal, past: &PastUse) {
        let why = refusal.to_string();
        let noted = self.unpriced.entry((place.clone(), why.clone()));
        let noted = noted.or_insert_with(|| Unpriced {
            place: self.names.get(place).unwrap_or(&past.place).clone(),
            code: refusal.code(),
            why,
            uses: 0,
            yen: 0,
        });
        noted.uses += 1;
        noted.yen += u64::from(past.fee.get());
    }

    /// The room where the proposal has it; named as booked where it has it no more.
    fn place(&mut self, room: &Slug, booked: &RoomName) -> Place {
        let known = self.places.get(room);
        let place = (known.map_or(usize::MAX, |(n, _)| *n), room.clone());
        if !self.names.contains_key(&place) {
            let name = known.map_or(booked, |(_, name)| name).clone();
            self.names.insert(place.clone(), name);
        }
        place
    }
}

fn rows<T>(tallies: BTreeMap<T, Tally>) -> Vec<Row<T>> {
    let tallies = tallies.into_iter();
    tallies.map(|(of, tally)| Row { of, tally }).collect()
}
