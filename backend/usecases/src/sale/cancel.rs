//! Cancelling on somebody's behalf (代理取消), with the refund by the same rule.

use contract::{Call, CancelPreview, CancelSale, Outcome, ProblemKind, Refusal};
use domain::ids::ReservationId;
use domain::reservation::CancelledBy;

use crate::booking::Facts;
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
        id: ReservationId,
    ) -> Outcome<CancelPreview> {
        let (facts, on_duty) = Facts::at_counter(self, call, id).await?;
        self.viewed(call, &on_duty, &[facts.record.person], PAGE)
            .await?;
        self.preview_cancel(call, &facts)
    }

    pub(super) async fn cancel_for_resident(
        &self,
        call: &Call,
        cancel: &CancelSale,
    ) -> Outcome<()> {
        let reason = cancel.reason.trim();
        let problem = match u32::try_from(reason.chars().count()) {
            Ok(0) => Some(ProblemKind::Missing),
            Ok(letters) if letters <= LONGEST_REASON => None,
            Ok(_) | Err(_) => Some(ProblemKind::TooLong {
                max: LONGEST_REASON,
            }),
        };
        if let Some(problem) = problem {
            return Err(Refusal::field("reason", problem).into());
        }
        let wish = Wish {
            reservation: cancel.reservation,
            seen_refund_yen: Some(cancel.seen_refund),
            by: CancelledBy::Counter,
            reason,
        };
        self.cancel_as(call, wish).await
    }
}
