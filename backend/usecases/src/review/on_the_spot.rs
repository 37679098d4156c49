//! A reduction on the spot (当日減免): somebody shows a document at the counter, and pays less at once
//! (scenario 28; 厚岸町: 障害者手帳の提示で申請書に代える).
//!
//! The clerk decides nothing: the ordinance says how much and on which document, and the clerk notes
//! that it was shown. Its kind is kept, its number never. Where the ordinance leaves how much open
//! (「○%以内」), or asks for no document, it takes an application.

use async_trait::async_trait;
use contract::{
    Action as Doing, Call, Outcome, ProblemKind, ReduceAtCounter, Refusal, SpotReduction,
};
use domain::ids::{AdjustmentId, ReservationId, ReviewId};
use domain::ledger;
use domain::reservation::ReservationState;
use domain::review::{ReviewItem, ReviewKind, Verdict};
use domain::town::{Reduction, ReductionRate};

use super::requote::after_deciding;
use crate::authority::{Place, staff};
use crate::booking::{Facts, Towns, rightful};
use crate::desk::Desk;
use crate::payments::{book, is_charged, standing};
use crate::ports::store::{Decided, PaymentRecord, ReservationRecord, ReviewRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// How often a checkout that somebody opens meanwhile is closed before we give up.
const ROUNDS: u32 = 3;

/// What the transaction decided.
enum Next {
    Reduced,
    PutAwayFirst,
}

impl Desk {
    pub(super) async fn on_offer(
        &self,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<Vec<SpotReduction>> {
        let (facts, _) = Facts::at_counter(self, call, id).await?;
        let Facts { record, towns, .. } = &facts;
        if !is_unpaid(&record.state) || facts.matters().iter().any(|one| one.granted().is_some()) {
            return Ok(Vec::new());
        }
        let offer = |reduction: &Reduction| {
            let percent = on_a_document(reduction)?;
            let granted = Some((&reduction.id, percent));
            // What the ordinance excludes is not offered.
            let quote = after_deciding(towns, record, granted, call.now()).ok()??;
            Some(SpotReduction {
                id: reduction.id.clone(),
                name: reduction.name.clone(),
                percent,
                reduced_yen: quote.total_yen,
                evidence: reduction.evidence.clone(),
                article: reduction.article.clone(),
            })
        };
        Ok(towns.now().reductions.iter().filter_map(offer).collect())
    }

    pub(super) async fn reduce_on_the_spot(
        &self,
        call: &Call,
        reduce: &ReduceAtCounter,
    ) -> Outcome<()> {
        let reading = self.store.read(call.municipality()).await?;
        let record = reading.reservation(reduce.reservation).await?;
        rightful(reading.as_ref(), record, call, Doing::SellAtCounter).await?;
        drop(reading);
        for _round in 0..ROUNDS {
            let action = Reduce {
                desk: self,
                call,
                reduce,
            };
            match transact(self.store.as_ref(), call.municipality(), &action).await? {
                Next::Reduced => return Ok(()),
                Next::PutAwayFirst => self.put_all_away(call, reduce.reservation).await?,
            }
        }
        Err(Refusal::PaymentInProgress.into())
    }
}

const fn is_unpaid(state: &ReservationState) -> bool {
    matches!(
        state,
        ReservationState::Held(_) | ReservationState::AwaitingPayment { .. }
    )
}

/// How much a document alone takes away, percent.
fn on_a_document(reduction: &Reduction) -> Option<u32> {
    match reduction.rate {
        ReductionRate::Percent(percent) if !reduction.evidence.is_empty() => Some(percent),
        ReductionRate::Percent(_) | ReductionRate::UpTo(_) => None,
    }
}

struct Reduce<'a> {
    desk: &'a Desk,
    call: &'a Call,
    reduce: &'a ReduceAtCounter,
}

#[async_trait]
impl Action for Reduce<'_> {
    type Output = Next;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Next, Abort> {
        let (call, reduce, now) = (self.call, self.reduce, self.call.now());
        let record = tx.lock_reservation(reduce.reservation).await?;
        let record = rightful(tx, record, call, Doing::SellAtCounter).await?;
        let towns = Towns::of(&*tx, &record).await?;
        let reduction = towns.reduction(&reduce.reduction);
        let reduction = reduction.ok_or(Refusal::NotFound)?;
        if let Some(outcome) = self.again(tx, &record).await? {
            return outcome;
        }
        let payments = tx.payments(record.id).await?;
        if payments
            .iter()
            .any(|one: &PaymentRecord| one.state.may_still_bring_money())
        {
            return Ok(Next::PutAwayFirst);
        }
        let is_paid = standing(&payments, &tx.refunds(record.id).await?).is_some();
        if is_paid || !is_unpaid(&record.state) {
            let state = record.state.name().as_str();
            return Err(Refusal::ReservationState { state }.into());
        }
        // The worker may not have swept it out yet.
        if record.state.lapses_at().is_some_and(|until| until <= now) {
            return Err(Refusal::HoldLapsed.into());
        }
        let percent = on_a_document(reduction).ok_or(Refusal::ReviewRequired)?;
        if !reduction.evidence.contains(&reduce.shown) {
            return Err(Refusal::field("shown", ProblemKind::NotAChoice).into());
        }
        self.grant(tx, (&towns, &record), (reduction, percent))
            .await?;
        Ok(Next::Reduced)
    }
}

impl Reduce<'_> {
    /// The same button twice reduces once; another reduction besides is none.
    async fn again(
        &self,
        tx: &dyn Transaction,
        record: &ReservationRecord,
    ) -> Result<Option<Result<Next, Abort>>, Abort> {
        let reviews = tx.reviews(record.id).await?;
        let granted = reviews.iter().find(|review| {
            let decided = review.decided.as_ref();
            review.item.kind == ReviewKind::Reduction
                && decided.is_some_and(|decided| decided.verdict != Verdict::Refused)
        });
        Ok(granted.map(|review| {
            if review.item.reduction.as_ref() == Some(&self.reduce.reduction) {
                Ok(Next::Reduced)
            } else {
                Err(Refusal::ReviewDecided.into())
            }
        }))
    }

    async fn grant(
        &self,
        tx: &mut dyn Transaction,
        (towns, record): (&Towns, &ReservationRecord),
        (reduction, percent): (&Reduction, u32),
    ) -> Result<(), Abort> {
        let (call, now, chance) = (self.call, self.call.now(), self.desk.chance.as_ref());
        let place = Place::At(record.facility);
        let by = staff(tx, call, Doing::SellAtCounter, place).await?.staff;
        let granted = Some((&reduction.id, percent));
        let quote = after_deciding(towns, record, granted, now)?;
        let quote = quote.ok_or(Refusal::NoTariff)?;
        let id = ReviewId(chance.id(now));
        let review = ReviewRecord {
            id,
            reservation: record.id,
            item: ReviewItem {
                kind: ReviewKind::Reduction,
                label: reduction.name.clone(),
                article: reduction.article.clone(),
                reduction: Some(reduction.id.clone()),
            },
            stated_sealed: None,
            decided: Some(Decided {
                verdict: Verdict::Granted {
                    percent: Some(percent),
                },
                reason: format!("窓口で{}を確認", self.reduce.shown),
                shown: Some(self.reduce.shown.clone()),
                by,
                at: now,
            }),
            quotes: Some((record.quote.clone(), quote.clone())),
            revision: 1,
            created_at: now,
        };
        if !tx.insert_review(&review).await? {
            // It was refused by somebody who decides; a document does not undo that.
            return Err(Refusal::ReviewDecided.into());
        }
        tx.set_quote(record.id, record.revision, &quote, now)
            .await?;
        let (before, after) = (record.quote.total_yen, quote.total_yen);
        if is_charged(&*tx, record.id).await? {
            let change = ledger::adjust(AdjustmentId(id.0), before, after);
            book(tx, chance, record.id, change, now).await?;
        }
        let entry = trail::entry(chance, call, "reduction.granted_at_counter")
            .about("reservation", record.id.0)
            .with(serde_json::json!({
                "reduction": reduction.id,
                "percent": percent,
                "shown": self.reduce.shown,
                "before_yen": before,
                "after_yen": after,
            }));
        Ok(tx.record(&entry).await?)
    }
}
