//! Reductions (減免): what is left of each component they touch.

use super::bill::{Bill, Item};
use super::circumstances::Circumstances;
use super::exact::Exact;
use super::{QuoteRefusal, QuoteRequest};
use crate::town::{Reduction, ReductionRate, Room, Town};

/// A reduction with the percent that counts.
pub(super) struct Granted<'a> {
    pub(super) reduction: &'a Reduction,
    percent: u32,
}

/// The reduction that a request names, if it names one.
pub(super) fn granted<'a>(
    town: &'a Town,
    room: &Room,
    circumstances: &Circumstances<'_>,
    request: &QuoteRequest,
) -> Result<Option<Granted<'a>>, QuoteRefusal> {
    let Some(id) = &request.reduction else {
        return match request.reduction_percent {
            Some(_) => Err(QuoteRefusal::PercentWithoutReduction),
            None => Ok(None),
        };
    };
    let reduction = town.reductions.iter().find(|it| it.id.as_str() == id);
    let reduction = reduction.ok_or_else(|| QuoteRefusal::UnknownReduction {
        reduction: id.clone(),
    })?;
    let excluded = |why: String| QuoteRefusal::ReductionExcluded {
        reduction: reduction.name.clone(),
        why,
        article: reduction.article.clone(),
    };
    let facility = town.room(&room.id).map(|(facility, _)| &facility.id);
    let elsewhere = !reduction.facilities.is_empty()
        && !facility.is_some_and(|id| reduction.facilities.contains(id));
    if elsewhere || reduction.not_rooms.contains(&room.id) {
        return Err(excluded("この室場は対象になりません".to_owned()));
    }
    if let Some(why) = reduction
        .excluded
        .iter()
        .find(|it| circumstances.fit(&it.when))
    {
        return Err(excluded(why.why.clone()));
    }
    let most = reduction.rate.most();
    let percent = match (reduction.rate, request.reduction_percent) {
        (_, None) => most,
        (ReductionRate::UpTo(most), Some(decided)) if decided <= most => decided,
        (ReductionRate::Percent(percent), Some(decided)) if decided == percent => percent,
        (_, Some(_)) => return Err(QuoteRefusal::ReductionPercent { most }),
    };
    Ok(Some(Granted { reduction, percent }))
}

impl Granted<'_> {
    /// Takes its share of every component it touches.
    pub(super) fn take(&self, bill: &mut Bill) -> Result<(), QuoteRefusal> {
        let Self { reduction, percent } = self;
        let label = format!("減免 {}（{percent}%）", reduction.name);
        for component in &reduction.touches {
            let there_is = bill.sum_of(*component)?.at_least(Exact::ZERO)?;
            let amount = there_is.percent((*percent).min(100))?.times(-1)?;
            bill.add_change(Item::lump(&label, &reduction.article, *component, amount))?;
        }
        Ok(())
    }
}
