//! What waits for a decision (審査待ち), whoever waits longest first.

use contract::{Action as Doing, Call, Outcome, WaitingReview};
use domain::ids::PersonId;
use domain::reservation::ReservationState;

use crate::authority::{Place, staff};
use crate::booking::Facts;
use crate::desk::Desk;

/// The page, in the log of views.
const PAGE: &str = "counter.reviews";

/// More than anybody decides in a day; the rest comes up when these are done.
const MOST: u32 = 200;

impl Desk {
    pub(super) async fn what_waits(&self, call: &Call) -> Outcome<Vec<WaitingReview>> {
        let reading = self.store.read(call.municipality()).await?;
        let on_duty = staff(reading.as_ref(), call, Doing::SeeReviews, Place::Anywhere).await?;
        let mut waiting = reading.in_review(MOST).await?;
        waiting.retain(|record| on_duty.reaches(Doing::SeeReviews, record.facility));
        let mut people: Vec<PersonId> = waiting.iter().map(|record| record.person).collect();
        people.sort_unstable();
        people.dedup();
        let names = self.names(call, reading.people(&people).await?)?;
        let mut all = Vec::with_capacity(waiting.len());
        for record in waiting {
            all.push(Facts::of(reading.as_ref(), record).await?);
        }
        drop(reading);
        // Nobody is shown without a note of it.
        self.viewed(call, &on_duty, &people, PAGE).await?;
        let row = |facts: Facts| {
            let ReservationState::AwaitingReview { since } = facts.record.state else {
                return None;
            };
            let items = facts.matters();
            let items = items.iter().map(|matter| matter.view(&facts.towns));
            let items = items.collect();
            let what = facts.record.particulars;
            Some(WaitingReview {
                id: facts.record.id,
                number: facts.record.number,
                since,
                span: facts.record.span,
                facility_name: what.facility_name,
                room_name: what.room_name,
                purpose: what.purpose_name,
                person: names.get(&facts.record.person)?.clone(),
                group_name: what.group_name,
                items,
            })
        };
        let mut rows: Vec<WaitingReview> = all.into_iter().filter_map(row).collect();
        rows.sort_by_key(|row| (row.since, row.id));
        Ok(rows)
    }
}
