//! Making a closure (休館にする): the floor is closed and whoever loses it is cancelled, given
//! everything back and told, in one transaction.
//!
//! Somebody may book while this happens. Either their claim is there first, and they are met by the
//! closure, or the closure's is, and they are told that the time is taken: the claims decide, as
//! between any two.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use contract::{
    Action as Doing, Call, CloseRooms, ClosureForm, Failure, Fault, MadeClosure, Outcome, Refusal,
};
use domain::civil;
use domain::closure::PeopleInside;
use domain::ids::{ClosureId, ClosureSeriesId, UnitId};
use domain::span::{Cell, Span};
use domain::town::Slug;

use super::effect::{Effect, ids};
use super::plan::Plan;
use super::sites::{choices, named, sites};
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::ports::store::{
    ClaimOutcome, ClaimedCell, ClosureAsked, ClosureSeriesRecord, StoreFailure, Transaction,
};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn what_can_be_closed(
        &self,
        call: &Call,
        facility: Option<&Slug>,
    ) -> Outcome<ClosureForm> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::ManageClosures;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let theirs = sites(&applied, &on_duty, doing);
        let site = match facility {
            Some(facility) => named(&applied, &theirs, facility)?,
            None => theirs.first().cloned().ok_or(Refusal::Forbidden)?,
        };
        let rooms = site.facility.rooms.iter();
        Ok(ClosureForm {
            facility: site.facility.id.clone(),
            facility_name: site.facility.name.clone(),
            choices: choices(&theirs),
            rooms: rooms
                .map(|room| (room.id.clone(), room.name.clone()))
                .collect(),
            today: civil::date_at(call.now()),
        })
    }

    pub(super) async fn make_closure(
        &self,
        call: &Call,
        wish: &CloseRooms,
        seen: &str,
    ) -> Outcome<MadeClosure> {
        self.put_checkouts_away(call, wish, seen).await?;
        let close = Close {
            desk: self,
            call,
            wish,
            seen,
        };
        transact(self.store.as_ref(), call.municipality(), &close).await
    }

    /// The checkouts of those who are met are closed before they are cancelled, as far as the
    /// payment service answers. No gateway is asked inside the transaction.
    async fn put_checkouts_away(&self, call: &Call, wish: &CloseRooms, seen: &str) -> Outcome<()> {
        let reading = self.store.read(call.municipality()).await?;
        let known = reading.closure_series(series_of(wish)).await?;
        let plan = Plan::of(reading.as_ref(), call, wish).await?;
        if known.is_some() {
            return Ok(());
        }
        let effect = Effect::of(reading.as_ref(), &plan, call.now()).await?;
        drop(reading);
        if effect.seen() != seen {
            return Err(Refusal::ClosureImpactChanged.into());
        }
        for id in ids(&effect.impact.cancelled) {
            match self.put_all_away(call, id).await {
                // Nobody knows about it, or nobody answers: what it brings later goes back.
                Ok(()) | Err(Failure::Refused(Refusal::PaymentInProgress)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }
}

/// The same form twice is one closure.
const fn series_of(wish: &CloseRooms) -> ClosureSeriesId {
    ClosureSeriesId(wish.submission)
}

/// The spans that take any floor, and whose each cell is.
type WithIds = (BTreeMap<ClosureId, Span>, BTreeMap<ClaimedCell, ClosureId>);

struct Close<'a> {
    desk: &'a Desk,
    call: &'a Call,
    wish: &'a CloseRooms,
    seen: &'a str,
}

#[async_trait]
impl Action for Close<'_> {
    type Output = MadeClosure;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<MadeClosure, Abort> {
        let (call, wish, now) = (self.call, self.wish, self.call.now());
        let id = series_of(wish);
        let plan = Plan::of(&*tx, call, wish).await?;
        let asked = ClosureAsked {
            place: wish.place.clone(),
            schedule: wish.schedule.clone(),
            by: plan.on_duty.staff,
        };
        if let Some((known, _)) = tx.closure_series(id).await? {
            let same = known.asked.as_ref() == Some(&asked) && known.facility == plan.site.id;
            let made = MadeClosure { id, cancelled: 0 };
            return if same {
                Ok(made)
            } else {
                Err(Refusal::StaleForm.into())
            };
        }
        let effect = Effect::of(&*tx, &plan, now).await?;
        if effect.seen() != self.seen {
            return Err(Refusal::ClosureImpactChanged.into());
        }
        let cells = self.claims(tx, &plan, &effect).await?;
        let met = ids(&effect.impact.cancelled);
        let reason = wish.reason.for_cancelling();
        for reservation in &met {
            let cancelled = self
                .desk
                .cancel_for_the_facility(tx, call, *reservation, &reason);
            cancelled.await?;
        }
        let series = ClosureSeriesRecord {
            id,
            facility: plan.site.id,
            reason: wish.reason.clone(),
            asked: Some(asked),
            made_at: now,
        };
        let (spans, claims) = self.with_ids(&plan.spans, &cells)?;
        tx.insert_closure_series(&series, &spans).await?;
        if tx.claim_closures(&claims).await? == ClaimOutcome::Taken {
            let after = Effect::of(&*tx, &plan, now).await?;
            // Somebody booked just now: they are to be seen before they are cancelled. Another
            // closure is no such case, and is left out the next time.
            return Err(if after.impact.is_nothing() {
                StoreFailure::Contended.into()
            } else {
                Refusal::ClosureImpactChanged.into()
            });
        }
        self.note(tx, &plan, &effect, spans.len()).await?;
        let cancelled = met.len();
        Ok(MadeClosure { id, cancelled })
    }
}

impl Close<'_> {
    /// The floor that the closure takes: all of it, but for what is closed or in use.
    async fn claims(
        &self,
        tx: &mut dyn Transaction,
        plan: &Plan,
        effect: &Effect,
    ) -> Result<BTreeSet<ClaimedCell>, Abort> {
        let (Some(first), Some(last)) = (plan.spans.first(), plan.spans.last()) else {
            return Err(Refusal::from(domain::closure::ClosureRefusal::NothingToClose).into());
        };
        let closed = tx
            .closures_on(&plan.unit_list(), first.start(), last.end())
            .await?;
        let closed: Vec<(BTreeSet<UnitId>, Span)> = closed
            .iter()
            .flat_map(|closure| &closure.cells)
            .filter_map(|(unit, cell)| {
                let span = Span::new(*cell, cell.plus(1)).ok()?;
                Some((BTreeSet::from([*unit]), span))
            })
            .collect();
        let people = if self.wish.around_people {
            PeopleInside::LeaveOut
        } else {
            PeopleInside::Refuse
        };
        let closed = closed.iter().map(|(units, span)| (units, *span));
        let claims = effect
            .impact
            .claims(&plan.units, &plan.spans, closed, people);
        Ok(claims.map_err(Refusal::from)?)
    }

    /// Gives each span that takes any floor an id, and each cell its span's.
    fn with_ids(&self, spans: &[Span], cells: &BTreeSet<ClaimedCell>) -> Result<WithIds, Fault> {
        let mut of: BTreeMap<Cell, (Span, ClosureId)> = BTreeMap::new();
        for span in spans {
            let id = ClosureId(self.desk.chance.id(self.call.now()));
            of.insert(span.start(), (*span, id));
        }
        let (mut used, mut claims) = (BTreeMap::new(), BTreeMap::new());
        for claimed in cells {
            let around = of.range(..=claimed.1).next_back();
            let (_, (span, id)) =
                around.ok_or_else(|| Fault::new("close", "a claim outside of every span"))?;
            used.insert(*id, *span);
            claims.insert(*claimed, *id);
        }
        Ok((used, claims))
    }

    async fn note(
        &self,
        tx: &mut dyn Transaction,
        plan: &Plan,
        effect: &Effect,
        spans: usize,
    ) -> Result<(), Abort> {
        let (refund_yen, cash_yen) = effect.sums()?;
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, "closure.made")
            .about("closure", self.wish.submission)
            .with(serde_json::json!({
                "facility": plan.site.facility.id,
                "kind": self.wish.reason.kind().as_str(),
                "spans": spans,
                "cancelled": ids(&effect.impact.cancelled),
                "refund_yen": refund_yen,
                "cash_yen": cash_yen,
            }));
        Ok(tx.record(&entry).await?)
    }
}
