//! One thing to decide, with what is known about it.

use std::collections::BTreeMap;

use contract::{Call, CaseItem, DecidedBy, Outcome, ReductionTerms};
use domain::ids::StaffId;
use domain::personal::Personal;
use domain::town::{Reduction, ReductionRate};

use super::matter::Matter;
use super::requote::after_deciding;
use crate::booking::Facts;
use crate::desk::Desk;
use crate::ports::store::{ReviewRecord, StandingReduction};
use crate::sealing::open_statement;

/// What every item of a case is shown with.
pub(super) struct Known<'a> {
    pub(super) facts: &'a Facts,
    pub(super) standing: &'a [StandingReduction],
    pub(super) names: &'a BTreeMap<StaffId, Personal<String>>,
}

impl Desk {
    pub(super) fn case_item(
        &self,
        call: &Call,
        known: &Known<'_>,
        (matter, review): (&Matter, &ReviewRecord),
    ) -> Outcome<CaseItem> {
        let towns = &known.facts.towns;
        let reduction = matter.item.reduction.as_ref();
        let reduction = reduction.and_then(|id| towns.reduction(id));
        let sealed = review.stated_sealed.as_deref();
        let (vault, here) = (self.vault.as_ref(), call.municipality());
        Ok(CaseItem {
            id: review.id,
            view: matter.view(towns),
            stated: open_statement(vault, here, review.id, sealed)?,
            terms: reduction.map(|reduction| terms(call, known, reduction)),
            decided: review.decided.as_ref().map(|decided| DecidedBy {
                by: known.names.get(&decided.by).cloned().unwrap_or_else(|| {
                    // Staff are never removed; a name that cannot be read is no reason to hide who.
                    Personal::new(String::new())
                }),
                at: decided.at,
                reason: decided.reason.clone(),
                shown: decided.shown.clone(),
            }),
        })
    }
}

fn terms(call: &Call, known: &Known<'_>, reduction: &Reduction) -> ReductionTerms {
    let most = reduction.rate.most();
    let mut standing = known.standing.iter();
    let standing = standing.find(|one| one.reduction == reduction.id);
    let standing = standing.map(|one| one.percent.min(most));
    let granted = Some((&reduction.id, standing.unwrap_or(most)));
    let facts = known.facts;
    let reduced = after_deciding(&facts.towns, &facts.record, granted, call.now());
    ReductionTerms {
        most,
        is_ceiling: matches!(reduction.rate, ReductionRate::UpTo(_)),
        decided_by: reduction.decided_by.clone(),
        standing,
        reduced_yen: reduced.ok().flatten().map(|quote| quote.total_yen),
    }
}
