//! Permit, receipt and refund notice, printed at the counter.

use contract::{Call, Outcome, Paper};
use domain::ids::ReservationId;

use crate::booking::Facts;
use crate::desk::Desk;

impl Desk {
    pub(super) async fn permit_for_counter(
        &self,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<Paper> {
        let facts = self.facts_to_print(call, id, "counter.permit").await?;
        self.permit_of(call, &facts).await
    }

    pub(super) async fn receipt_for_counter(
        &self,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<Paper> {
        let facts = self.facts_to_print(call, id, "counter.receipt").await?;
        self.receipt_of(call, &facts).await
    }

    pub(super) async fn refund_notice_for_counter(
        &self,
        call: &Call,
        id: ReservationId,
        nth: u32,
    ) -> Outcome<Paper> {
        let facts = self
            .facts_to_print(call, id, "counter.refund_notice")
            .await?;
        self.refund_notice_of(call, &facts, nth).await
    }

    async fn facts_to_print(
        &self,
        call: &Call,
        id: ReservationId,
        paper: &'static str,
    ) -> Outcome<Facts> {
        let (facts, on_duty) = Facts::at_counter(self, call, id).await?;
        self.viewed(call, &on_duty, &[facts.record.person], paper)
            .await?;
        Ok(facts)
    }
}
