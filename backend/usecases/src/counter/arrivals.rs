//! Whom to expect at a facility on a day (今日の予約).

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{Action as Doing, Arrival, ArrivalsView, Call, Outcome, Refusal};
use domain::civil::TimeOfDay;
use domain::ids::{PersonId, ReservationId};
use domain::personal::Personal;
use domain::span::Cell;
use domain::town::Slug;

use super::attendance::possible;
use super::choices::{choices, choose};
use crate::authority::{Place, staff};
use crate::booking::{pay_state, shown};
use crate::desk::Desk;
use crate::ports::store::{FiledPerson, PaymentRecord, RefundRecord, ReservationRecord};
use crate::sealing::PersonSeal;

/// The page, in the log of views.
const PAGE: &str = "counter.arrivals";

impl Desk {
    pub(super) async fn arrivals_on(
        &self,
        call: &Call,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<ArrivalsView> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeCounter, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let choices = choices(&applied, &on_duty, Doing::SeeCounter);
        let chosen = choose(&choices, &applied, facility)?;

        let (from, until) = day(date);
        let mut expected = reading.reservations_at(chosen.id, from, until).await?;
        expected.retain(|record| record.state.holds_floor());
        let ids: Vec<ReservationId> = expected.iter().map(|record| record.id).collect();
        let payments = by_reservation(reading.payments_of_each(&ids).await?, |one| one.reservation);
        let refunds = by_reservation(reading.refunds_of_each(&ids).await?, |one| one.reservation);
        let mut people: Vec<PersonId> = expected.iter().map(|record| record.person).collect();
        people.sort_unstable();
        people.dedup();
        let names = self.names(call, reading.people(&people).await?)?;
        drop(reading);
        // Nobody is shown without a note of it.
        self.viewed(call, &on_duty, &people, PAGE).await?;

        let arrival = |record: ReservationRecord| {
            let none = (Vec::new(), Vec::new());
            let money = (
                payments.get(&record.id).unwrap_or(&none.0),
                refunds.get(&record.id).unwrap_or(&none.1),
            );
            let name = names.get(&record.person).cloned();
            arrival(record, name.unwrap_or_else(nameless), money, call.now())
        };
        Ok(ArrivalsView {
            facility: chosen.slug.clone(),
            facility_name: chosen.name.clone(),
            arrivals: expected.into_iter().map(arrival).collect(),
            date,
            choices: choices
                .into_iter()
                .map(|choice| (choice.slug, choice.name))
                .collect(),
        })
    }

    /// The names of these people.
    pub(crate) fn names(
        &self,
        call: &Call,
        people: Vec<FiledPerson>,
    ) -> Outcome<BTreeMap<PersonId, Personal<String>>> {
        people
            .into_iter()
            .map(|FiledPerson { record, .. }| {
                let seal = PersonSeal::new(self.vault.as_ref(), call.municipality(), record.id);
                Ok((record.id, seal.open_name(&record.name_sealed)?))
            })
            .collect()
    }
}

/// A day in Japan.
fn day(date: NaiveDate) -> (Cell, Cell) {
    // Midnight is always on the grid.
    let midnight = |date| Cell::at(date, TimeOfDay::MIDNIGHT).unwrap_or_default();
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    (midnight(date), midnight(next))
}

fn by_reservation<T>(
    all: Vec<T>,
    of: impl Fn(&T) -> ReservationId,
) -> BTreeMap<ReservationId, Vec<T>> {
    let mut by: BTreeMap<ReservationId, Vec<T>> = BTreeMap::new();
    for one in all {
        by.entry(of(&one)).or_default().push(one);
    }
    by
}

fn nameless() -> Personal<String> {
    Personal::new("（記録なし）".to_owned())
}

fn arrival(
    record: ReservationRecord,
    person: Personal<String>,
    (payments, refunds): (&Vec<PaymentRecord>, &Vec<RefundRecord>),
    now: DateTime<Utc>,
) -> Arrival {
    Arrival {
        next: possible(&record, now),
        payment: pay_state(&record, payments, refunds),
        channel: record.made_by.channel(),
        state: shown(&record.state, now),
        id: record.id,
        span: record.span,
        people: record.people,
        total_yen: record.quote.total_yen,
        number: record.number,
        room_name: record.particulars.room_name,
        purpose: record.particulars.purpose_name,
        person,
    }
}
