//! What is decided about a reservation, applied for or not.

use contract::{Refusal, ReviewItemView, ReviewStanding};
use domain::fees::{self, QuoteRequest};
use domain::reservation::ReservationState;
use domain::review::{ReviewItem, ReviewKind, Verdict, items};
use domain::town::{Reduction, Room, Slug, Town};

use crate::booking::Towns;
use crate::browse::quote_refusal;
use crate::ports::store::{Reading, ReservationRecord, ReviewRecord};
use crate::transact::Abort;

/// One thing that is decided, and what came of it; no record before it is applied for.
pub(crate) struct Matter {
    pub(crate) item: ReviewItem,
    pub(crate) record: Option<ReviewRecord>,
}

/// Everything that is decided about a reservation: what its conditions and its asked reduction
/// want, and what was granted besides at the counter. One reduction is enough: once one is granted
/// the one that was asked for need not be decided.
pub(crate) fn matters(
    towns: &Towns,
    record: &ReservationRecord,
    mut reviews: Vec<ReviewRecord>,
) -> Vec<Matter> {
    let asked = record.particulars.reduction.as_ref();
    let asked = asked.and_then(|id| towns.reduction(id));
    let mut matters: Vec<Matter> = Vec::new();
    for item in items(&record.particulars.conditions, asked) {
        let same = |review: &ReviewRecord| {
            review.item.kind == item.kind && review.item.label == item.label
        };
        let at = reviews.iter().position(same);
        let record = at.map(|at| reviews.remove(at));
        matters.push(Matter { item, record });
    }
    let besides = reviews.into_iter().map(|review| Matter {
        item: review.item.clone(),
        record: Some(review),
    });
    matters.extend(besides);
    if matters.iter().any(|matter| matter.granted().is_some()) {
        let moot =
            |matter: &Matter| matter.item.kind == ReviewKind::Reduction && matter.record.is_none();
        matters.retain(|matter| !moot(matter));
    }
    matters
}

impl Matter {
    /// The reduction that was granted, and how much it takes away, percent.
    pub(crate) fn granted(&self) -> Option<(Slug, u32)> {
        let decided = self.record.as_ref()?.decided.as_ref()?;
        match decided.verdict {
            Verdict::Granted { percent } => self.item.reduction.clone().zip(percent),
            Verdict::Refused => None,
        }
    }

    /// As the owner sees it.
    pub(crate) fn view(&self, towns: &Towns) -> ReviewItemView {
        let reduction = self.item.reduction.as_ref();
        let reduction = reduction.and_then(|id| towns.reduction(id));
        let decided = self.record.as_ref().map(|record| record.decided.as_ref());
        ReviewItemView {
            kind: self.item.kind,
            label: self.item.label.clone(),
            article: self.item.article.clone(),
            evidence: reduction.map_or_else(Vec::new, |it| it.evidence.clone()),
            standing: match decided {
                None => ReviewStanding::NotApplied,
                Some(None) => ReviewStanding::Waits,
                Some(Some(decided)) => match decided.verdict {
                    Verdict::Granted { percent } => ReviewStanding::Granted { percent },
                    Verdict::Refused => ReviewStanding::Refused {
                        reason: decided.reason.clone(),
                    },
                },
            },
        }
    }
}

/// True for a hold that cannot go on to payment before somebody has decided.
pub(crate) async fn must_be_reviewed(
    reading: &dyn Reading,
    record: &ReservationRecord,
) -> Result<bool, Abort> {
    let what = &record.particulars;
    let is_held = matches!(record.state, ReservationState::Held(_));
    if !is_held || (what.conditions.is_empty() && what.reduction.is_none()) {
        return Ok(false);
    }
    let towns = Towns::of(reading, record).await?;
    let matters = matters(&towns, record, reading.reviews(record.id).await?);
    Ok(matters.iter().any(|matter| matter.record.is_none()))
}

/// Refuses a reduction that the ordinance excludes before anybody applies for it (scenario 20).
///
/// # Errors
/// [`Refusal::ReductionExcluded`] with the ordinance's own reason and article, or
/// [`Refusal::UnknownReduction`].
pub(crate) fn excluded(
    town: &Town,
    room: &Room,
    request: &QuoteRequest,
    asked: Option<&Slug>,
) -> Result<(), Refusal> {
    let Some(asked) = asked else { return Ok(()) };
    let request = QuoteRequest {
        reduction: Some(asked.to_string()),
        ..request.clone()
    };
    fees::quote(town, room, &request)
        .map(|_reduced| ())
        .map_err(quote_refusal)
}

impl Towns {
    /// A reduction, as it was when booked, or as it is now.
    pub(crate) fn reduction(&self, id: &Slug) -> Option<&Reduction> {
        [self.then(), self.now()]
            .into_iter()
            .find_map(|town| town.reductions.iter().find(|one| one.id == *id))
    }
}
