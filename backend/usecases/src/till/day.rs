//! The drawers of a facility on a day, and what came in besides (収入日計).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contract::{Action as Doing, Call, Fault, Outcome, RefundDue, Refusal, TillDay};
use domain::civil::{self, TimeOfDay};
use domain::ids::{FacilityId, ReservationId};
use domain::ledger::{Account, Cause};
use domain::money::Yen;
use domain::payment::RefundState;
use domain::till::TillState;
use domain::town::Slug;

use super::show::each_once;
use crate::authority::{Place, staff};
use crate::counter::{choices, choose};
use crate::desk::Desk;
use crate::ports::store::{Reading, RefundRecord, ReservationRecord, TillRecord};

/// How many waiting refunds are shown, the oldest first; the page says when there are more.
const MOST_DUE: u32 = 200;

/// A refund as it is shown to whoever may pay it out.
pub(crate) fn due(refund: &RefundRecord, record: &ReservationRecord) -> RefundDue {
    RefundDue {
        id: refund.id,
        reservation: record.id,
        number: record.number.clone(),
        amount: refund.amount,
        since: refund.created_at,
        came_back: matches!(refund.state, RefundState::Failed { .. }),
    }
}

impl Desk {
    pub(super) async fn drawers_on(
        &self,
        call: &Call,
        facility: Option<&Slug>,
        date: NaiveDate,
    ) -> Outcome<TillDay> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeTill, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let choices = choices(&applied, &on_duty, Doing::SeeTill);
        let chosen = choose(&choices, &applied, facility)?;
        let open = reading.open_tills(chosen.id).await?;
        let free_drawer = (1..)
            .find(|number| open.iter().all(|till| till.drawer != *number))
            .unwrap_or(1);
        let is_today = date == civil::date_at(call.now());
        let tills = of_the_day(reading.as_ref(), chosen.id, date, open, is_today).await?;
        let mut names = BTreeMap::new();
        let mut shown = Vec::new();
        for till in tills {
            let short = self.in_short(call, reading.as_ref(), till, &mut names);
            shown.push(short.await?);
        }
        let mut due = if is_today {
            waiting(reading.as_ref(), chosen.id).await?
        } else {
            Vec::new()
        };
        let most = usize::try_from(MOST_DUE).unwrap_or(usize::MAX);
        let more_due = due.len() > most;
        due.truncate(most);
        Ok(TillDay {
            facility: chosen.slug.clone(),
            facility_name: chosen.name.clone(),
            date,
            tills: shown,
            free_drawer,
            online: online(reading.as_ref(), chosen.id, date).await?,
            due,
            more_due,
            may_handle: on_duty.reaches(Doing::HandleTill, chosen.id),
            choices: choices
                .into_iter()
                .map(|choice| (choice.slug, choice.name))
                .collect(),
        })
    }
}

/// The day's drawers; today those of earlier days that nobody has closed come first.
async fn of_the_day(
    reading: &dyn Reading,
    facility: FacilityId,
    date: NaiveDate,
    open: Vec<TillRecord>,
    is_today: bool,
) -> Outcome<Vec<TillRecord>> {
    let mut tills: Vec<TillRecord> = open
        .into_iter()
        .filter(|till| is_today && till.state.date() < date)
        .collect();
    tills.extend(reading.tills_on(facility, date).await?);
    tills.sort_by_key(|till| {
        let closed = matches!(till.state, TillState::Closed(_));
        (closed, till.state.date(), till.drawer)
    });
    Ok(tills)
}

/// What came through the payment service on a day for a facility: how many, yen.
async fn online(
    reading: &dyn Reading,
    facility: FacilityId,
    date: NaiveDate,
) -> Outcome<(u32, Yen)> {
    let midnight = |date| civil::instant(date, TimeOfDay::MIDNIGHT);
    let next = date.succ_opt().unwrap_or(date);
    let booked = reading
        .entries_between(midnight(date), midnight(next))
        .await?;
    let came: Vec<(ReservationId, Yen)> = booked
        .iter()
        .filter(|one| one.entry.debit == Account::StripeClearing)
        .filter(|one| matches!(one.entry.cause, Cause::Paid(_)))
        .map(|one| (one.reservation, one.entry.amount))
        .collect();
    let paid = each_once(came.iter().map(|(id, _)| *id));
    let here: BTreeSet<ReservationId> = reading
        .these_reservations(&paid)
        .await?
        .into_iter()
        .filter(|record| record.facility == facility)
        .map(|record| record.id)
        .collect();
    let amounts: Vec<Yen> = came
        .into_iter()
        .filter(|(id, _)| here.contains(id))
        .map(|(_, amount)| amount)
        .collect();
    let count = u32::try_from(amounts.len()).unwrap_or(u32::MAX);
    let sum = Yen::sum(amounts).map_err(|error| Fault::new("sum up a day", error))?;
    Ok((count, sum))
}

/// The refunds that somebody comes to this facility's counter for.
async fn waiting(reading: &dyn Reading, facility: FacilityId) -> Outcome<Vec<RefundDue>> {
    let refunds = reading.refunds_to_pay_out(facility, MOST_DUE + 1).await?;
    let ids = each_once(refunds.iter().map(|refund| refund.reservation));
    let records = reading.these_reservations(&ids).await?;
    let records: BTreeMap<ReservationId, &ReservationRecord> =
        records.iter().map(|record| (record.id, record)).collect();
    let shown = |refund: &RefundRecord| Some(due(refund, records.get(&refund.reservation)?));
    Ok(refunds.iter().filter_map(shown).collect())
}
