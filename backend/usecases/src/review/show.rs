//! One application, for whoever decides.

use std::collections::BTreeMap;

use contract::{Action as Doing, Call, Outcome, Refusal, ReviewCase};
use domain::ids::{ReservationId, StaffId};
use domain::personal::Personal;
use domain::reservation::ReservationState;

use super::case::Known;
use super::decide::{holder, year_of_use};
use crate::authority::{Place, staff};
use crate::booking::{Facts, rightful};
use crate::desk::Desk;
use crate::ports::store::{Reading, ReviewRecord};
use crate::profile::open_profile;
use crate::sealing::open_staff_name;

/// The page, in the log of views.
const PAGE: &str = "counter.review";

impl Desk {
    pub(super) async fn show_case(&self, call: &Call, id: ReservationId) -> Outcome<ReviewCase> {
        let reading = self.store.read(call.municipality()).await?;
        let record = reading.reservation(id).await?;
        let record = rightful(reading.as_ref(), record, call, Doing::SeeReviews).await?;
        let place = Place::At(record.facility);
        let on_duty = staff(reading.as_ref(), call, Doing::SeeReviews, place).await?;
        let facts = Facts::of(reading.as_ref(), record).await?;
        let record = &facts.record;
        let person = reading.person(record.person).await?;
        let person = person.ok_or(Refusal::NotFound)?;
        let profile = open_profile(self.vault.as_ref(), call.municipality(), &person)?;
        let standing = reading
            .standing_reductions(holder(record), year_of_use(record))
            .await?;
        let names = self
            .who_decided(call, reading.as_ref(), &facts.reviews)
            .await?;
        drop(reading);
        // Nobody is shown without a note of it.
        self.viewed(call, &on_duty, &[record.person], PAGE).await?;
        let known = Known {
            facts: &facts,
            standing: &standing,
            names: &names,
        };
        let matters = facts.matters();
        let items = matters
            .iter()
            .filter_map(|matter| Some((matter, matter.record.as_ref()?)))
            .map(|one| self.case_item(call, &known, one))
            .collect::<Outcome<Vec<_>>>()?;
        let waits = matches!(record.state, ReservationState::AwaitingReview { .. });
        Ok(ReviewCase {
            reservation: facts.view(self, call)?,
            person: profile.name,
            phone: profile.phone,
            group_name: record.particulars.group_name.clone(),
            items,
            can_decide: waits && on_duty.may(Doing::DecideReviews, place),
        })
    }

    async fn who_decided(
        &self,
        call: &Call,
        reading: &dyn Reading,
        reviews: &[ReviewRecord],
    ) -> Outcome<BTreeMap<StaffId, Personal<String>>> {
        let mut names = BTreeMap::new();
        for review in reviews {
            let Some(decided) = &review.decided else {
                continue;
            };
            if let Some(record) = reading.staff(decided.by).await? {
                let (vault, here) = (self.vault.as_ref(), call.municipality());
                let name = open_staff_name(vault, here, decided.by, &record.name_sealed)?;
                names.insert(decided.by, name);
            }
        }
        Ok(names)
    }
}
