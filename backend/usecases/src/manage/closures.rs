//! The closures that there are (休館の一覧), and one of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{
    Action as Doing, Call, ClosureLine, ClosureSpan, ClosureView, ClosuresView, Outcome, Refusal,
};
use domain::civil::{self, TimeOfDay};
use domain::closure::{Lift, lift};
use domain::ids::{ClosureSeriesId, FacilityId, PersonId, ReservationId};
use domain::span::Cell;
use domain::town::Facility;

use super::plan::{is_past, room_names};
use super::sites::{Site, sites};
use super::to_call::by_id;
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::{
    ClosureAsked, ClosureRecord, ClosureSeriesRecord, Reading, ReservationRecord,
};

/// One closure's page, in the log of views.
const PAGE: &str = "manage.closure";

/// How far back the list goes, days.
const PAST_DAYS: u64 = 31;

/// How far ahead it goes, days: further than any closure is made.
const AHEAD_DAYS: u64 = 3 * 366;

impl Desk {
    pub(super) async fn all_closures(&self, call: &Call) -> Outcome<ClosuresView> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::ManageClosures;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let theirs = sites(&applied, &on_duty, doing);
        let today = civil::date_at(call.now());
        let from = midnight(today.checked_sub_days(Days::new(PAST_DAYS)), today);
        let until = midnight(today.checked_add_days(Days::new(AHEAD_DAYS)), today);
        let mut of: BTreeMap<ClosureSeriesId, Vec<ClosureRecord>> = BTreeMap::new();
        for record in reading.closures_between(from, until).await? {
            if on_duty.reaches(doing, record.facility) {
                of.entry(record.series).or_default().push(record);
            }
        }
        let ids: Vec<ClosureSeriesId> = of.keys().copied().collect();
        let series = reading.closure_series_each(&ids).await?;
        drop(reading);
        let mut closures: Vec<ClosureLine> = series
            .into_iter()
            .filter_map(|series| {
                let spans = of.remove(&series.id)?;
                line(series, &spans, &theirs, call.now())
            })
            .collect();
        closures.sort_by_key(|line| (line.over, line.first, line.id));
        Ok(ClosuresView { closures })
    }

    pub(super) async fn one_closure(
        &self,
        call: &Call,
        id: ClosureSeriesId,
    ) -> Outcome<ClosureView> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::ManageClosures;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let theirs = sites(&applied, &on_duty, doing);
        let found = reading.closure_series(id).await?;
        // Another facility's is not there.
        let (series, records) = found
            .filter(|(series, _)| on_duty.reaches(doing, series.facility))
            .ok_or(Refusal::NotFound)?;
        let facility = of(&theirs, series.facility).ok_or(Refusal::NotFound)?;
        let lost = lost_to(reading.as_ref(), id).await?;
        let mut people: Vec<PersonId> = lost.iter().map(|record| record.person).collect();
        people.sort_unstable();
        people.dedup();
        let known = by_id(reading.people(&people).await?);
        drop(reading);
        let reads = on_duty.reaches(Doing::SeePersonalData, series.facility);
        let to_call = self.to_call(call, &lost, &known, reads)?;
        if reads {
            let unreached = |id: &PersonId| {
                let person = known.get(id);
                person.is_some_and(|person| person.email_sealed.is_none())
            };
            people.retain(unreached);
            self.viewed(call, &on_duty, &people, PAGE).await?;
        }
        Ok(ClosureView {
            id,
            facility: facility.id.clone(),
            facility_name: facility.name.clone(),
            rooms: rooms(facility, series.asked.as_ref()),
            reason: series.reason,
            made_at: series.made_at,
            spans: records.iter().map(|one| span(one, call.now())).collect(),
            to_call,
        })
    }
}

/// The reservations that were cancelled for a closure, by start: its entry in the trail names them.
async fn lost_to(reading: &dyn Reading, id: ClosureSeriesId) -> Outcome<Vec<ReservationRecord>> {
    let entries = reading
        .entries_about(&[format!("closure:{}", id.0)])
        .await?;
    let named = entries
        .iter()
        .filter_map(|entry| entry.detail.get("cancelled")?.as_array());
    let ids: Vec<ReservationId> = named
        .flatten()
        .filter_map(|id| id.as_str()?.parse().ok().map(ReservationId))
        .collect();
    let mut lost = reading.these_reservations(&ids).await?;
    lost.sort_by_key(|record| (record.span.start(), record.id));
    Ok(lost)
}

fn midnight(date: Option<NaiveDate>, else_at: NaiveDate) -> Cell {
    // Midnight is always on the grid.
    Cell::at(date.unwrap_or(else_at), TimeOfDay::MIDNIGHT).unwrap_or_default()
}

fn of(sites: &[Site], id: FacilityId) -> Option<&Facility> {
    let site = sites.iter().find(|site| site.id == id)?;
    Some(site.facility.as_ref())
}

fn rooms(facility: &Facility, asked: Option<&ClosureAsked>) -> Vec<String> {
    asked.map_or_else(Vec::new, |asked| room_names(facility, &asked.place))
}

fn line(
    series: ClosureSeriesRecord,
    spans: &[ClosureRecord],
    theirs: &[Site],
    now: DateTime<Utc>,
) -> Option<ClosureLine> {
    let facility = of(theirs, series.facility)?;
    let over = |one: &ClosureRecord| one.closed().is_none_or(|span| is_past(span, now));
    Some(ClosureLine {
        id: series.id,
        facility_name: facility.name.clone(),
        rooms: rooms(facility, series.asked.as_ref()),
        reason: series.reason,
        first: spans.first()?.span,
        last: spans.last()?.span,
        closed: spans.iter().filter(|one| one.closed().is_some()).count(),
        lifted: spans.iter().filter(|one| one.lifted.is_some()).count(),
        over: spans.iter().all(over),
    })
}

fn span(record: &ClosureRecord, now: DateTime<Utc>) -> ClosureSpan {
    ClosureSpan {
        span: record.span,
        closed: record.closed(),
        liftable: record.lifted.is_none() && lift(&[record.span], Lift::All, now).is_ok(),
    }
}
