//! What would be given up of a reservation, and what comes back of it: reckoned, nothing changed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use contract::{Fault, ProblemKind, Refusal};
use domain::calendar::Holidays;
use domain::civil::TimeOfDay;
use domain::eligibility::{ChangeRuling, Placed, check_change};
use domain::fees::{BasisDates, QuoteRequest};
use domain::money::Yen;
use domain::quote::QuoteLine;
use domain::refunds::{
    Because, Grounds, NotReckoned, Part, Reckoning, SlotPaid, Use, give_up, refund_because,
    refund_of_a_slip, refund_of_shortening, slot_prices, split_paid,
};
use domain::reservation::ReservationState;
use domain::slots::slots_of;
use domain::span::Span;
use domain::town::{Room, Shorter, SlotRule};

use crate::booking::{Towns, used};
use crate::ports::store::{CancellationRecord, ReservationRecord, paid_for_the_rest};
use crate::transact::Abort;

/// What a reckoning stands on.
pub(crate) struct Standing<'a> {
    /// The town files.
    pub(crate) towns: &'a Towns,
    /// The reservation.
    pub(crate) record: &'a ReservationRecord,
    /// What was given up of it before.
    pub(crate) given_up: &'a [CancellationRecord],
    /// What was paid for all of it, yen.
    pub(crate) paid: Yen,
    /// Now.
    pub(crate) now: DateTime<Utc>,
}

/// What would be given up, and what comes back of it.
pub(crate) struct Reckoned {
    /// What is left; `None` when all is given up.
    pub(crate) left: Option<Span>,
    /// By which rule.
    pub(crate) grounds: Grounds,
    /// What was paid for what is given up, yen.
    pub(crate) paid: Yen,
    /// What comes back of it, yen.
    pub(crate) refund: Yen,
    /// How that is reckoned.
    pub(crate) lines: Vec<QuoteLine>,
}

impl Standing<'_> {
    /// The slots that can be given up one by one; none where it is all or nothing.
    pub(crate) fn slots(&self) -> Result<Vec<Span>, Fault> {
        let (record, start) = (self.record, self.record.span.start().instant());
        let stands = matches!(record.state, ReservationState::Confirmed { .. });
        if !stands || self.now >= start {
            return Ok(Vec::new());
        }
        let slots = self.all_slots()?;
        Ok(if slots.len() > 1 { slots } else { Vec::new() })
    }

    /// What giving up these slots comes to, for that reason; all of it when none are named.
    ///
    /// # Errors
    /// The refusals of the rules.
    pub(crate) fn reckon(
        &self,
        slots: &BTreeSet<TimeOfDay>,
        because: &Because,
    ) -> Result<Reckoned, Abort> {
        if slots.is_empty() {
            self.reckon_all(because)
        } else {
            self.reckon_part(slots, because)
        }
    }

    fn reckon_all(&self, because: &Because) -> Result<Reckoned, Abort> {
        let record = self.record;
        let paid = self.rest()?;
        let facility = self.towns.facility(record)?;
        let slip = record.state.began_before_it_was_sold(record.span);
        if slip && *because == Because::Own {
            // No notice can be given of what was sold when it ran already: it is undone.
            let undone = refund_of_a_slip(&facility.refund, paid);
            return summed(None, Grounds::Slip, paid, vec![undone]);
        }
        let holidays = Holidays::of(self.towns.now());
        let used = used(self.towns, &holidays, record)?;
        let whole = [SlotPaid { used, paid }];
        let reckoned = refund_because(&whole, because, self.now).map_err(not_reckoned)?;
        summed(None, because.into(), paid, reckoned)
    }

    fn reckon_part(
        &self,
        starts: &BTreeSet<TimeOfDay>,
        because: &Because,
    ) -> Result<Reckoned, Abort> {
        let record = self.record;
        if !matches!(record.state, ReservationState::Confirmed { .. }) {
            let state = record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        if self.now >= record.span.start().instant() {
            return Err(Refusal::SlotPast.into());
        }
        let slots = self.all_slots()?;
        let part = give_up(&slots, starts).map_err(Refusal::from)?;
        self.long_enough(part.left)?;
        let shares = self.shares(&slots, &part)?;
        let paid = sum(shares.iter().map(|(_, paid)| *paid))?;
        if let Some(article) = self.shortened_for_nothing(&part, because)? {
            let nothing = refund_of_shortening(&article);
            return summed(Some(part.left), Grounds::Shorter, paid, vec![nothing]);
        }
        let holidays = Holidays::of(self.towns.now());
        let used = used(self.towns, &holidays, record)?;
        let each: Vec<SlotPaid<'_>> = shares
            .iter()
            .map(|(span, paid)| SlotPaid {
                used: Use {
                    span: *span,
                    ..used
                },
                paid: *paid,
            })
            .collect();
        let mut reckoned = refund_because(&each, because, self.now).map_err(not_reckoned)?;
        if reckoned.len() == shares.len() {
            for (reckoning, (span, _)) in reckoned.iter_mut().zip(&shares) {
                reckoning.line.label = format!("{} {}", span.clock(), reckoning.line.label);
            }
        }
        summed(Some(part.left), because.into(), paid, reckoned)
    }

    /// What was paid for what is still held.
    fn rest(&self) -> Result<Yen, Fault> {
        paid_for_the_rest(self.paid, self.given_up)
            .map_err(|error| Fault::new("reckon what is left of a payment", error))
    }

    /// The room as it was when booked; `None` where that town file lacks it.
    fn room_then(&self) -> Result<Option<&Room>, Fault> {
        let facility = self.towns.facility_then(self.record)?;
        Ok(facility
            .room(&self.record.particulars.room)
            .map(AsRef::as_ref))
    }

    fn all_slots(&self) -> Result<Vec<Span>, Fault> {
        let span = self.record.span;
        let room = self.room_then()?;
        Ok(room.map_or_else(|| vec![span], |room| slots_of(room, span)))
    }

    /// What stays is no shorter than the room is lent.
    fn long_enough(&self, left: Span) -> Result<(), Abort> {
        let Some(room) = self.room_then()? else {
            return Ok(());
        };
        match room.slots {
            SlotRule::Grid { min_minutes, .. } if left.minutes() < u32::from(min_minutes) => {
                Err(Refusal::SlotTooShort { min_minutes }.into())
            }
            SlotRule::Grid { .. } | SlotRule::Divisions(_) => Ok(()),
        }
    }

    /// What each slot that is given up bears of what was paid.
    fn shares(&self, slots: &[Span], part: &Part) -> Result<Vec<(Span, Yen)>, Fault> {
        let prices = match self.room_then()? {
            Some(room) => slot_prices(self.towns.then(), room, &self.asked(), slots),
            None => slots.iter().map(|slot| Yen::new(slot.minutes())).collect(),
        };
        let split = split_paid(self.rest()?, &prices)
            .map_err(|error| Fault::new("split a payment over slots", error))?;
        let shares = slots.iter().copied().zip(split);
        Ok(shares
            .filter(|(slot, _)| part.given_up.contains(slot))
            .collect())
    }

    /// The request as it was priced when booked.
    fn asked(&self) -> QuoteRequest {
        let record = self.record;
        let (start, end) = record.span.times();
        let answers = record.particulars.attributes.iter();
        QuoteRequest {
            room: record.particulars.room.clone(),
            date: record.span.date(),
            start,
            end,
            people: record.people,
            purpose: Some(record.particulars.purpose.clone()),
            options: Vec::new(),
            attributes: answers
                .map(|(id, answer)| (id.to_string(), answer.clone()))
                .collect(),
            reduction: None,
            reduction_percent: None,
            basis_dates: BasisDates::all_on(domain::civil::date_at(record.created_at)),
        }
    }

    /// The article by which nothing comes back for time that is given up, where the rule of changes
    /// says so. Where the town has no such rule, slots are cancelled like whole bookings; and the
    /// town's own reasons stand above it.
    fn shortened_for_nothing(
        &self,
        part: &Part,
        because: &Because,
    ) -> Result<Option<String>, Abort> {
        let facility = self.towns.facility(self.record)?;
        let Some(rule) = &facility.booking.change else {
            return Ok(None);
        };
        if *because != Because::Own {
            return Ok(None);
        }
        let at = |span| Placed {
            room: self.record.particulars.room.clone(),
            span,
        };
        let changed = u32::try_from(self.given_up.len()).unwrap_or(u32::MAX);
        let (before, after) = (at(self.record.span), at(part.left));
        let ruling =
            check_change(rule, &before, &after, changed, self.now).map_err(Refusal::from)?;
        let nothing = ruling == ChangeRuling::Shorter(Shorter::NoRefund);
        Ok(nothing.then(|| rule.article.clone()))
    }
}

fn summed(
    left: Option<Span>,
    grounds: Grounds,
    paid: Yen,
    reckoned: Vec<Reckoning>,
) -> Result<Reckoned, Abort> {
    Ok(Reckoned {
        left,
        grounds,
        paid,
        refund: sum(reckoned.iter().map(|one| one.refund_yen))?,
        lines: reckoned.into_iter().map(|one| one.line).collect(),
    })
}

fn sum(amounts: impl Iterator<Item = Yen>) -> Result<Yen, Fault> {
    Yen::sum(amounts).map_err(|error| Fault::new("sum up a refund", error))
}

fn not_reckoned(why: NotReckoned) -> Abort {
    match why {
        NotReckoned::Rule(refusal) => Refusal::from(refusal).into(),
        NotReckoned::ReasonUnknown => Refusal::field("why", ProblemKind::NotAChoice).into(),
        NotReckoned::Sum(error) => Fault::new("reckon a refund", error).into(),
    }
}
