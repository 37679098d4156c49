//! Back from the checkout (支払いから戻る), often before the webhook (row 13).

use contract::{Call, Failure, Outcome, ReservationView};
use domain::ids::ReservationId;

use crate::booking::Facts;
use crate::desk::Desk;

impl Desk {
    /// Asks how the payment stands and shows the reservation. That the service does not answer is
    /// no failure here: the page says 確認中, and the worker goes on asking.
    pub(crate) async fn return_from_payment(
        &self,
        call: &Call,
        id: ReservationId,
    ) -> Outcome<ReservationView> {
        let facts = Facts::load(self, call, id).await?;
        self.ask_about_open(call, &facts).await;
        Facts::load(self, call, id).await?.view(self, call)
    }

    /// Asks about a checkout that is still open, and settles.
    pub(crate) async fn ask_about_open(&self, call: &Call, facts: &Facts) {
        let open = facts
            .payments
            .iter()
            .find(|payment| payment.state.may_still_bring_money());
        if let Some(payment) = open {
            match self.ask_again(call, payment.id).await {
                Ok(_known) => {}
                Err(Failure::Refused(refusal)) => {
                    tracing::warn!(payment.id = %payment.id, code = refusal.code(), "payment.not_asked");
                }
                // Somebody who has just paid is shown their reservation, not our broken key.
                Err(Failure::Fault(fault)) => {
                    let error: &dyn std::error::Error = &fault;
                    tracing::error!(payment.id = %payment.id, error, "payment.not_asked");
                }
            }
        }
    }
}
