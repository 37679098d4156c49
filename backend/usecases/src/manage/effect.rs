//! What a closure does to the bookings it meets, and what it costs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::Fault;
use domain::closure::{Booked, Impact, impact};
use domain::ids::{ReservationId, UnitId};
use domain::money::Yen;
use sha2::{Digest as _, Sha256};

use super::plan::Plan;
use crate::payments::back_in_full;
use crate::ports::store::{PaymentRecord, Reading};
use crate::transact::Abort;

/// Bookings that are met, and what would go back for each.
pub(super) struct Effect {
    pub(super) impact: Impact<UnitId>,
    /// What goes back: in all, and of that in cash.
    pub(super) back: BTreeMap<ReservationId, (Yen, Yen)>,
}

impl Effect {
    /// Reckons it from what the store has.
    pub(super) async fn of(
        reading: &dyn Reading,
        plan: &Plan,
        now: DateTime<Utc>,
    ) -> Result<Self, Abort> {
        let booked = reading.booked_on(&plan.unit_list(), &plan.spans).await?;
        let impact = impact(&plan.units, &plan.spans, booked, now);
        let ids = ids(&impact.cancelled);
        let payments = by(reading.payments_of_each(&ids).await?, |one| one.reservation);
        let refunds = by(reading.refunds_of_each(&ids).await?, |one| one.reservation);
        let given_up = reading.cancellations_of_each(&ids).await?;
        let given_up = by(given_up, |one| one.reservation);
        let mut back = BTreeMap::new();
        for id in ids {
            let due = back_in_full(
                payments.get(&id).map_or(&[], Vec::as_slice),
                refunds.get(&id).map_or(&[], Vec::as_slice),
                given_up.get(&id).map_or(&[], Vec::as_slice),
            )?;
            let cash = due.iter().filter(|(payment, _)| payment.state.is_cash());
            let sums = (sum(due.iter())?, sum(cash)?);
            back.insert(id, sums);
        }
        Ok(Self { impact, back })
    }

    /// What goes back in all, and of that in cash.
    pub(super) fn sums(&self) -> Result<(Yen, Yen), Fault> {
        let total = Yen::sum(self.back.values().map(|(all, _)| *all));
        let cash = Yen::sum(self.back.values().map(|(_, cash)| *cash));
        let sums = |error| Fault::new("sum up what goes back", error);
        Ok((total.map_err(sums)?, cash.map_err(sums)?))
    }

    /// The same as long as the same people are met and the same money goes back. Says nothing about
    /// them.
    pub(super) fn seen(&self) -> String {
        let mut digest = Sha256::new();
        for booked in &self.impact.cancelled {
            let (all, cash) = self.back_for(booked.reservation);
            let line = format!("c {} {} {}\n", booked.reservation, all.get(), cash.get());
            digest.update(line);
        }
        for booked in &self.impact.inside {
            digest.update(format!("i {}\n", booked.reservation));
        }
        let hex = |byte: &u8| format!("{byte:02x}");
        digest.finalize().iter().map(hex).collect()
    }

    pub(super) fn back_for(&self, id: ReservationId) -> (Yen, Yen) {
        let nothing = (Yen::ZERO, Yen::ZERO);
        self.back.get(&id).copied().unwrap_or(nothing)
    }
}

/// The reservations of a list, in the order in which they are locked.
pub(super) fn ids(booked: &[Booked<UnitId>]) -> Vec<ReservationId> {
    let mut ids: Vec<ReservationId> = booked.iter().map(|one| one.reservation).collect();
    ids.sort_unstable();
    ids
}

fn sum<'a>(due: impl Iterator<Item = &'a (&'a PaymentRecord, Yen)>) -> Result<Yen, Fault> {
    Yen::sum(due.map(|(_, yen)| *yen)).map_err(|error| Fault::new("sum up what goes back", error))
}

fn by<T>(all: Vec<T>, of: impl Fn(&T) -> ReservationId) -> BTreeMap<ReservationId, Vec<T>> {
    let mut by: BTreeMap<ReservationId, Vec<T>> = BTreeMap::new();
    for one in all {
        by.entry(of(&one)).or_default().push(one);
    }
    by
}
