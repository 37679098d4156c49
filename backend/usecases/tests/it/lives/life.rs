//! A town in which all of this happens, and a reservation as the test knows it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use contract::Call;
use domain::civil::{self, TimeOfDay};
use domain::ids::{GroupId, PersonId, ReservationId, TillId};
use domain::reservation::ReservationState;
use domain::town::Slug;
use uuid::Uuid;

use super::stages::Stage;
use super::wanted::Slot;
use crate::bench::{Bench, Card, Dice};
use crate::manage::manager;

/// A reservation as this test knows it.
pub struct Known {
    /// Whose it is.
    pub person: PersonId,
    /// For which club.
    pub group: Option<GroupId>,
    /// The day.
    pub day: NaiveDate,
    /// The slots that are still held.
    pub held: Vec<Slot>,
    /// Every total that was ever frozen for it, yen.
    pub totals: BTreeSet<u32>,
    /// What was granted when everything was decided, percent.
    pub granted: Option<(Slug, u32)>,
    /// What was paid for what is held, once it was.
    pub rest: Option<u32>,
    /// What came back of the fee.
    pub back: u32,
    /// Whether a part was given up.
    pub is_shorter: bool,
}

/// A town in which all of this happens.
pub struct Life {
    pub bench: Bench,
    pub stage: Stage,
    pub clerk: Call,
    pub boss: Call,
    pub till: TillId,
    pub dice: Dice,
    pub people: Vec<PersonId>,
    /// The clubs and who acts for them.
    pub clubs: Vec<(PersonId, GroupId)>,
    pub known: BTreeMap<ReservationId, Known>,
    /// What stands for the year, by the person's or the club's id and the reduction.
    pub standing: BTreeMap<(Uuid, Slug), u32>,
}

impl Life {
    pub async fn begin(db: &testkit::TestStore, stage: Stage, seed: u64) -> Self {
        let bench = Bench::in_town(db, &stage.town).await;
        let clerk = bench.clerk("sato").await;
        let boss = manager(&bench).await;
        let till = bench.open_drawer(&clerk, 1, 900_000).await.unwrap();
        let people = vec![
            bench.me(),
            bench.settle_in(&Card::of("taro")).await,
            bench.settle_in(&Card::from_elsewhere("jiro")).await,
        ];
        let townwide = bench.manager().await;
        let mut clubs = Vec::new();
        for (person, name) in people.iter().zip(["剣道クラブ", "卓球クラブ"]) {
            let club = bench.register_club(&townwide, *person, name).await;
            clubs.push((*person, club));
        }
        Self {
            bench,
            stage,
            clerk,
            boss,
            till,
            dice: Dice(seed),
            people,
            clubs,
            known: BTreeMap::new(),
            standing: BTreeMap::new(),
        }
    }

    pub fn ids(&self) -> Vec<ReservationId> {
        self.known.keys().copied().collect()
    }

    pub fn call_of(&self, id: ReservationId) -> Call {
        self.bench.call_of(self.known[&id].person)
    }

    pub fn knows(&mut self, id: ReservationId) -> &mut Known {
        self.known.get_mut(&id).unwrap()
    }

    /// One of them; rather one of which a part was given up before.
    fn some_booking(&mut self) -> Option<ReservationId> {
        let is_shorter = |known: &Known| known.is_shorter && !known.held.is_empty();
        let shorter = self.known.iter().filter(|(_, known)| is_shorter(known));
        let shorter: Vec<ReservationId> = shorter.map(|(id, _)| *id).collect();
        if self.dice.below(3) > 0 && !shorter.is_empty() {
            return self.dice.one_of(&shorter);
        }
        self.dice.one_of(&self.ids())
    }

    /// Those in a state, by its name.
    pub async fn in_state(&self, name: &str) -> Vec<ReservationId> {
        let mut ids = Vec::new();
        for id in self.ids() {
            if self.bench.stored(id).await.name().as_str() == name {
                ids.push(id);
            }
        }
        ids
    }

    /// The quote was frozen anew, or for the first time.
    pub async fn frozen(&mut self, id: ReservationId) -> u32 {
        let total = self.bench.record(id).await.quote.total_yen.get();
        self.knows(id).totals.insert(total);
        total
    }

    /// One step. What the rules refuse is no step.
    pub async fn step(&mut self) {
        match self.dice.below(24) {
            0..=2 => {
                let id = self.book().await;
                self.by_card(id).await;
            }
            3 | 4 => {
                let id = self.book().await;
                self.in_cash(id).await;
            }
            5 => self.in_cash_beside_an_open_page().await,
            6 => self.too_late().await,
            7..=9 => self.applies().await,
            10..=13 => self.decides().await,
            14 | 15 => self.pays_what_was_permitted().await,
            16 => self.reduced_on_the_spot().await,
            17 | 18 => {
                if let Some(id) = self.some_booking() {
                    self.resident_gives_up(id).await;
                }
            }
            19..=21 => {
                if let Some(id) = self.some_booking() {
                    self.clerk_gives_up(id).await;
                }
            }
            22 => {
                let days: Vec<NaiveDate> = self.known.values().map(|known| known.day).collect();
                if let Some(day) = self.dice.one_of(&days)
                    && day > civil::date_at(self.bench.now())
                {
                    self.closes(day).await;
                }
            }
            _ => self.pays_out().await,
        }
        // The same drawer lasts for a day, so a life has few nights.
        self.bench.pass(Duration::minutes(2));
        self.bench.rounds().await;
        self.again();
    }

    pub fn again(&mut self) {
        self.clerk = self.bench.again(&self.clerk);
        self.boss = self.bench.again(&self.boss);
    }

    /// A night or a few.
    pub async fn nights_go_by(&mut self) {
        let days = 1 + i64::from(self.dice.below(3));
        self.days_go_by(days).await;
    }

    /// The next days, with a drawer of their own.
    pub async fn days_go_by(&mut self, days: i64) {
        let there = self.bench.drawer(self.till).await.state.cash().expected();
        let closed = self
            .bench
            .close_drawer(&self.clerk, self.till, there.get(), "");
        closed.await.unwrap();
        self.bench.pass(Duration::days(days));
        self.bench.rounds().await;
        self.again();
        let opened = self.bench.open_drawer(&self.clerk, 1, 900_000);
        self.till = opened.await.unwrap();
    }

    /// When it begins and ends, of what is held; nothing once nothing is.
    pub fn span(&self, id: ReservationId) -> Option<(TimeOfDay, TimeOfDay)> {
        let held = &self.known[&id].held;
        Some((held.first()?.start, held.last()?.end))
    }

    /// What a life must have had in it.
    pub async fn happened(&self) -> BTreeMap<&'static str, i64> {
        let mut times = BTreeMap::new();
        for (what, sql) in [
            ("paid", "payments WHERE state = 'paid'"),
            (
                "given up in part",
                "cancellations WHERE left_from IS NOT NULL",
            ),
            ("given up again", "cancellations WHERE nth > 1"),
            ("refunded", "refunds"),
            (
                "granted",
                "reviews WHERE kind = 'reduction' AND state = 'granted'",
            ),
            ("refused", "reviews WHERE state = 'refused'"),
            ("for a club", "reservations WHERE group_id IS NOT NULL"),
        ] {
            let sql = format!("SELECT count(*) FROM {sql}");
            times.insert(what, self.bench.count(&sql).await);
        }
        times
    }

    /// True while nobody has let it go.
    pub fn stands(state: &ReservationState) -> bool {
        !matches!(
            state,
            ReservationState::Cancelled { .. }
                | ReservationState::Released { .. }
                | ReservationState::Refused { .. }
        )
    }
}
