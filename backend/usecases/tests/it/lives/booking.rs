//! Booking, for oneself or a club, with or without a reduction.

use std::collections::BTreeSet;

use chrono::Duration;
use contract::BookRoom;
use domain::civil;
use domain::ids::{GroupId, PersonId, ReservationId};
use domain::town::Slug;

use super::life::{Known, Life};
use super::stages::LOOKED_AT;
use super::wanted::Wanted;

/// How many days are tried before the wish itself must be wrong.
const DAYS: usize = 60;

impl Life {
    /// At the whole fee, by themselves.
    pub async fn book(&mut self) -> ReservationId {
        self.book_asking(None, false).await
    }

    /// On the next free day, not always far ahead.
    pub async fn book_asking(
        &mut self,
        reduction: Option<Slug>,
        is_looked_at: bool,
    ) -> ReservationId {
        let today = civil::date_at(self.bench.now());
        let ahead = 2 + i64::from(self.dice.below(12));
        let days = (today + Duration::days(ahead)).iter_days().take(DAYS);
        let (person, group) = self.somebody();
        let mut refused = None;
        for day in days {
            let wanted = (self.stage.wants)(&mut self.dice);
            let mut form = self.form(&wanted, &day.to_string());
            form.what.group = group;
            form.what.reduction.clone_from(&reduction);
            if is_looked_at {
                form.purpose = LOOKED_AT.parse().unwrap();
            }
            match self.bench.book_as(person, &form).await {
                Ok(id) => {
                    let known = Known {
                        person,
                        group,
                        day,
                        held: wanted.slots,
                        totals: BTreeSet::new(),
                        granted: None,
                        rest: None,
                        back: 0,
                        is_shorter: false,
                    };
                    self.known.insert(id, known);
                    self.frozen(id).await;
                    return id;
                }
                // Taken, or closed: another day.
                Err(failure) => refused = Some(failure),
            }
        }
        panic!("nothing can be booked: {refused:?}")
    }

    /// Somebody for themselves, or now and then for the club they act for.
    fn somebody(&mut self) -> (PersonId, Option<GroupId>) {
        if self.dice.below(4) == 0 {
            let (person, club) = self.dice.one_of(&self.clubs).unwrap();
            return (person, Some(club));
        }
        (self.dice.one_of(&self.people).unwrap(), None)
    }

    fn form(&self, wanted: &Wanted, day: &str) -> BookRoom {
        let (first, last) = (wanted.slots[0], wanted.slots[wanted.slots.len() - 1]);
        let (from, until) = (first.start.to_string(), last.end.to_string());
        let mut form = self.bench.form(wanted.room, day, &from, &until);
        form.what.people = wanted.people;
        form.what.options.clone_from(&wanted.options);
        form.what.attributes.clone_from(&wanted.attributes);
        form
    }
}
