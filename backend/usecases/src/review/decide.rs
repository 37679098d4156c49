//! Deciding (許可・不許可), one thing after another; with the last of them what follows happens.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::{Action as Doing, Call, DecideReview, Outcome, ProblemKind, Refusal};
use domain::ledger::fiscal_year;
use domain::quote::Quote;
use domain::reservation::ReservationState;
use domain::review::{
    Outcome as Follows, PercentRefusal, ReviewKind, Verdict, decided_percent, due_after_review,
    outcome,
};
use domain::town::Slug;

use super::requote::after_deciding;
use super::words::written;
use crate::authority::{OnDuty, Place, staff};
use crate::booking::{Towns, refused};
use crate::desk::Desk;
use crate::ports::store::{
    Decided, Holder, JobKind, ReservationRecord, ReviewRecord, StandingReduction, Transaction,
};
use crate::transact::{Abort, Action, transact};
use crate::{outbox, trail};

impl Desk {
    pub(super) async fn decide_one(&self, call: &Call, decide: &DecideReview) -> Outcome<()> {
        let action = Decide {
            desk: self,
            call,
            decide,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

/// Whose a standing grant is: the group's, where it is for one.
pub(super) fn holder(record: &ReservationRecord) -> Holder {
    record
        .group
        .map_or(Holder::Person(record.person), Holder::Group)
}

/// The fiscal year of the use.
pub(super) fn year_of_use(record: &ReservationRecord) -> i32 {
    fiscal_year(record.span.start().instant())
}

struct Decide<'a> {
    desk: &'a Desk,
    call: &'a Call,
    decide: &'a DecideReview,
}

#[async_trait]
impl Action for Decide<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, decide) = (self.call, self.decide);
        // Who has no such role at all learns nothing of what there is.
        staff(tx, call, Doing::DecideReviews, Place::Anywhere).await?;
        let record = tx.lock_reservation(decide.reservation).await?;
        let record = record.ok_or(Refusal::NotFound)?;
        let place = Place::At(record.facility);
        let on_duty = staff(tx, call, Doing::DecideReviews, place).await?;
        let mut reviews = tx.reviews(record.id).await?;
        let at = reviews.iter().position(|one| one.id == decide.review);
        let review = at.and_then(|at| reviews.get_mut(at));
        let review = review.ok_or(Refusal::NotFound)?;
        let towns = Towns::of(&*tx, &record).await?;
        let verdict = self.verdict(&towns, review)?;
        if let Some(before) = &review.decided {
            // The same button twice, or two who agree, decide once.
            return if before.verdict == verdict {
                Ok(())
            } else {
                Err(Refusal::ReviewDecided.into())
            };
        }
        if !matches!(record.state, ReservationState::AwaitingReview { .. }) {
            let state = record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        self.enter(tx, &record, review, (&on_duty, verdict)).await?;
        let decided = reviews.iter().map(|review| {
            let decided = review.decided.as_ref();
            let decided = decided.map(|decided| (decided.verdict, &*decided.reason));
            (&review.item, decided)
        });
        match outcome(decided) {
            Follows::Waits => Ok(()),
            Follows::Refused { reason } => self.refuse(tx, record, &reason).await,
            Follows::Permitted { reduction } => {
                self.permit(tx, (&towns, record), &reviews, reduction).await
            }
        }
    }
}

impl Decide<'_> {
    fn now(&self) -> DateTime<Utc> {
        self.call.now()
    }

    /// What is decided, with the percent that the ordinance fixes or lets be decided.
    fn verdict(&self, towns: &Towns, review: &ReviewRecord) -> Result<Verdict, Refusal> {
        let Verdict::Granted { percent } = self.decide.verdict else {
            return Ok(Verdict::Refused);
        };
        let Some(id) = &review.item.reduction else {
            return Ok(Verdict::Granted { percent: None });
        };
        let reduction = towns.reduction(id).ok_or(Refusal::NotFound)?;
        let percent = decided_percent(reduction.rate, percent).map_err(|refusal| {
            let problem = match refusal {
                PercentRefusal::Missing { .. } => ProblemKind::Missing,
                PercentRefusal::NotAllowed { most } => {
                    ProblemKind::OutOfRange { min: 1, max: most }
                }
            };
            Refusal::field("percent", problem)
        })?;
        Ok(Verdict::Granted {
            percent: Some(percent),
        })
    }

    /// Enters the decision, in the review and in the trail, and what is to stand for the year.
    async fn enter(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        review: &mut ReviewRecord,
        (on_duty, verdict): (&OnDuty, Verdict),
    ) -> Result<(), Abort> {
        let refuses = verdict == Verdict::Refused;
        let reason = written("reason", &self.decide.reason, refuses)?;
        let decided = Decided {
            verdict,
            reason: reason.to_owned(),
            shown: None,
            by: on_duty.staff,
            at: self.now(),
        };
        tx.decide_review(review.id, review.revision, &decided, self.now())
            .await?;
        review.revision += 1;
        review.decided = Some(decided);
        let percent = match verdict {
            Verdict::Granted { percent } => percent,
            Verdict::Refused => None,
        };
        let chance = self.desk.chance.as_ref();
        let entry = trail::entry(chance, self.call, "review.decided")
            .about("reservation", record.id.0)
            .with(serde_json::json!({
                "kind": review.item.kind.as_str(),
                "what": review.item.label,
                "verdict": if refuses { "refused" } else { "granted" },
                "percent": percent,
                "reason": reason,
            }));
        tx.record(&entry).await?;
        let granted = review.item.reduction.clone().zip(percent);
        match granted.filter(|_| self.decide.for_the_year) {
            Some(granted) => self.let_it_stand(tx, record, granted, reason).await,
            None => Ok(()),
        }
    }

    /// Proposes the same to whoever decides next for these people in this fiscal year.
    async fn let_it_stand(
        &self,
        tx: &mut dyn Transaction,
        record: &ReservationRecord,
        (reduction, percent): (Slug, u32),
        reason: &str,
    ) -> Result<(), Abort> {
        let (chance, now) = (self.desk.chance.as_ref(), self.now());
        let reason = written("reason", reason, true)?;
        let by = self
            .call
            .staff_member()
            .ok_or(Refusal::StaffSignInRequired)?;
        let standing = StandingReduction {
            id: chance.id(now),
            holder: holder(record),
            reduction,
            percent,
            fiscal_year: year_of_use(record),
            by,
            at: now,
            reason: reason.to_owned(),
        };
        if tx.insert_standing_reduction(&standing).await? {
            let entry = trail::entry(chance, self.call, "reduction.stands")
                .about("reservation", record.id.0)
                .with(serde_json::json!({
                    "reduction": standing.reduction,
                    "percent": percent,
                    "fiscal_year": standing.fiscal_year,
                }));
            tx.record(&entry).await?;
        }
        Ok(())
    }

    /// Not permitted (不許可): the floor is free again, and the person is told why and how to contest it.
    async fn refuse(
        &self,
        tx: &mut dyn Transaction,
        record: ReservationRecord,
        reason: &str,
    ) -> Result<(), Abort> {
        let state = record
            .state
            .refuse_permission(self.now(), reason)
            .map_err(refused)?;
        tx.unclaim(record.id).await?;
        tx.set_state(record.id, record.revision, &state, self.now())
            .await?;
        let mail = JobKind::MailReviewed {
            reservation: record.id,
        };
        let facts = serde_json::json!({ "reason": reason });
        self.told(tx, (record.id, "reservation.refused"), mail, facts)
            .await
    }

    /// Permitted (許可): at the fee that was decided, to be paid or, where nothing is left of it, at
    /// once (scenario 55).
    async fn permit(
        &self,
        tx: &mut dyn Transaction,
        (towns, record): (&Towns, ReservationRecord),
        reviews: &[ReviewRecord],
        reduction: Option<(Slug, u32)>,
    ) -> Result<(), Abort> {
        let now = self.now();
        if record.span.start().instant() <= now {
            // Nobody can use what has begun; whoever decides says so by refusing.
            return Err(Refusal::SlotPast.into());
        }
        let granted = reduction.as_ref().map(|(id, percent)| (id, *percent));
        let quote = after_deciding(towns, &record, granted, now)?;
        let before = record.quote;
        let mut revision = record.revision;
        let after = quote.unwrap_or_else(|| before.clone());
        if after != before {
            tx.set_quote(record.id, revision, &after, now).await?;
            revision += 1;
        }
        if granted.is_some() {
            self.keep_both(tx, reviews, (&before, &after)).await?;
        }
        let (state, mail) = if after.total_yen.is_zero() {
            let mail = JobKind::MailConfirmed {
                reservation: record.id,
            };
            (record.state.confirm_free(now), mail)
        } else {
            let due = due_after_review(now, record.span);
            let mail = JobKind::MailReviewed {
                reservation: record.id,
            };
            (record.state.await_payment(now, due), mail)
        };
        let state = state.map_err(refused)?;
        tx.set_state(record.id, revision, &state, now).await?;
        let facts = serde_json::json!({
            "state": state.name().as_str(),
            "reduction": reduction.as_ref().map(|(id, _)| id.to_string()),
            "percent": reduction.as_ref().map(|(_, percent)| percent),
            "before_yen": before.total_yen,
            "after_yen": after.total_yen,
        });
        self.told(tx, (record.id, "reservation.permitted"), mail, facts)
            .await
    }

    /// The quote before and after, with the decision that changed it.
    async fn keep_both(
        &self,
        tx: &mut dyn Transaction,
        reviews: &[ReviewRecord],
        quotes: (&Quote, &Quote),
    ) -> Result<(), Abort> {
        let of_reduction = |review: &&ReviewRecord| review.item.kind == ReviewKind::Reduction;
        if let Some(review) = reviews.iter().find(of_reduction) {
            tx.note_quotes(review.id, review.revision, quotes, self.now())
                .await?;
        }
        Ok(())
    }

    async fn told(
        &self,
        tx: &mut dyn Transaction,
        (id, action): (domain::ids::ReservationId, &'static str),
        mail: JobKind,
        facts: serde_json::Value,
    ) -> Result<(), Abort> {
        let chance = self.desk.chance.as_ref();
        outbox::enqueue(tx, chance, self.call, mail, self.now()).await?;
        let entry = trail::entry(chance, self.call, action)
            .about("reservation", id.0)
            .with(facts);
        Ok(tx.record(&entry).await?)
    }
}
