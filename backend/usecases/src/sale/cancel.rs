//! Cancelling on somebody's behalf (代理取消), all of it or some slots: with the refund by the rule, by
//! one of the town's reasons, or by an amount out of the rule for a reason that allows it.

use std::collections::BTreeSet;

use contract::{
    Call, CancelSale, Failure, Outcome, OverrideOffer, ProblemKind, ReasonOffer, Refusal,
    SaleCancel, SaleCancelPreview,
};
use domain::calendar::Holidays;
use domain::civil::TimeOfDay;
use domain::refunds::{Because, reasons};
use domain::reservation::CancelledBy;

use crate::booking::{Facts, used};
use crate::desk::Desk;
use crate::payments::Wish;

/// The page, in the log of views.
const PAGE: &str = "counter.cancel";

/// How many letters a reason may have.
const LONGEST_REASON: u32 = 200;

impl Desk {
    pub(super) async fn preview_sale_cancel(
        &self,
        call: &Call,
        what: &SaleCancel,
    ) -> Outcome<SaleCancelPreview> {
        let (facts, on_duty) = Facts::at_counter(self, call, what.reservation).await?;
        self.viewed(call, &on_duty, &[facts.record.person], PAGE)
            .await?;
        let preview = self.preview_cancel(call, &facts, (&what.slots, &what.because))?;
        let own = facts.standing(call).reckon(&what.slots, &Because::Own);
        let own_yen = match own.map_err(Failure::from) {
            Ok(reckoned) => Some(reckoned.refund),
            Err(Failure::Refused(_)) => None,
            Err(fault @ Failure::Fault(_)) => return Err(fault),
        };
        let rule = &facts.towns.facility(&facts.record)?.refund;
        let overrides = rule.overrides.iter().map(|it| OverrideOffer {
            id: it.id.clone(),
            label: it.label.clone(),
            article: it.article.clone(),
        });
        Ok(SaleCancelPreview {
            own_yen,
            reasons: offered(call, &facts, &what.slots)?,
            overrides: overrides.collect(),
            preview,
        })
    }

    pub(super) async fn cancel_for_resident(
        &self,
        call: &Call,
        cancel: &CancelSale,
    ) -> Outcome<()> {
        let words = cancel.reason.trim();
        let because = &cancel.what.because;
        let problem = match u32::try_from(words.chars().count()) {
            Ok(0) if *because == Because::Own => Some(ProblemKind::Missing),
            Ok(letters) if letters <= LONGEST_REASON => None,
            Ok(_) | Err(_) => Some(ProblemKind::TooLong {
                max: LONGEST_REASON,
            }),
        };
        if let Some(problem) = problem {
            return Err(Refusal::field("reason", problem).into());
        }
        let wish = Wish {
            reservation: cancel.what.reservation,
            slots: &cancel.what.slots,
            because,
            seen_refund_yen: Some(cancel.seen_refund),
            by: CancelledBy::Counter,
            words,
        };
        self.cancel_as(call, wish).await
    }
}

/// The town's reasons for that room, each with what comes back for it.
fn offered(call: &Call, facts: &Facts, slots: &BTreeSet<TimeOfDay>) -> Outcome<Vec<ReasonOffer>> {
    let holidays = Holidays::of(facts.towns.now());
    let standing = facts.standing(call);
    let mut offered = Vec::new();
    for reason in reasons(used(&facts.towns, &holidays, &facts.record)?) {
        let reckoned = standing.reckon(slots, &Because::Reason(reason.id.clone()))?;
        offered.push(ReasonOffer {
            id: reason.id.clone(),
            label: reason.label.clone(),
            refund_yen: reckoned.refund,
            article: reason.article.clone(),
        });
    }
    Ok(offered)
}
