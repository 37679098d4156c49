//! What a closure would do (休館の影響), before anybody says yes.

use std::collections::BTreeMap;

use contract::{Action as Doing, Call, CloseRooms, ClosurePreview, HitReservation, Outcome};
use domain::ids::{PersonId, ReservationId, UnitId};
use domain::personal::Personal;

use super::effect::Effect;
use super::plan::Plan;
use super::to_call::by_id;
use crate::booking::shown;
use crate::desk::Desk;
use crate::ports::store::{Reading, ReservationRecord, Stored};

/// The page, in the log of views.
const PAGE: &str = "manage.closure_preview";

impl Desk {
    pub(super) async fn what_closing_would_do(
        &self,
        call: &Call,
        wish: &CloseRooms,
    ) -> Outcome<ClosurePreview> {
        let reading = self.store.read(call.municipality()).await?;
        let plan = Plan::of(reading.as_ref(), call, wish).await?;
        let effect = Effect::of(reading.as_ref(), &plan, call.now()).await?;
        let cancelled = records(reading.as_ref(), &effect.impact.cancelled).await?;
        let inside = records(reading.as_ref(), &effect.impact.inside).await?;
        let reads = plan.on_duty.reaches(Doing::SeePersonalData, plan.site.id);
        let mut people: Vec<PersonId> = cancelled
            .iter()
            .chain(&inside)
            .map(|record| record.person)
            .collect();
        people.sort_unstable();
        people.dedup();
        let known = reading.people(&people).await?;
        drop(reading);
        let names = if reads {
            // Nobody is shown without a note of it.
            self.viewed(call, &plan.on_duty, &people, PAGE).await?;
            self.names(call, known.clone())?
        } else {
            BTreeMap::new()
        };
        let to_call = self.to_call(call, &cancelled, &by_id(known), reads)?;

        let (refund_yen, cash_yen) = effect.sums()?;
        let hits = |records: Vec<ReservationRecord>| {
            let hit = |record| hit(call, &effect, &names, record);
            records.into_iter().map(hit).collect()
        };
        Ok(ClosurePreview {
            facility_name: plan.site.facility.name.clone(),
            rooms: plan.rooms,
            reason: wish.reason.clone(),
            spans: plan.spans,
            blocked: !inside.is_empty() && !wish.around_people,
            cancelled: hits(cancelled),
            inside: hits(inside),
            to_call,
            refund_yen,
            cash_yen,
            seen: effect.seen(),
        })
    }
}

async fn records(
    reading: &dyn Reading,
    booked: &[domain::closure::Booked<UnitId>],
) -> Stored<Vec<ReservationRecord>> {
    let mut records = Vec::with_capacity(booked.len());
    for one in booked {
        records.extend(reading.reservation(one.reservation).await?);
    }
    Ok(records)
}

fn hit(
    call: &Call,
    effect: &Effect,
    names: &BTreeMap<PersonId, Personal<String>>,
    record: ReservationRecord,
) -> HitReservation {
    let id: ReservationId = record.id;
    HitReservation {
        id,
        refund_yen: effect.back_for(id).0,
        state: shown(&record.state, call.now()),
        person: names.get(&record.person).cloned(),
        number: record.number,
        room_name: record.particulars.room_name,
        span: record.span,
    }
}
