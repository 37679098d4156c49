//! Asking the payment service about checkouts, outside any transaction.

use std::sync::Arc;

use contract::{Call, Failure, Fault, Outcome, Refusal};
use domain::ids::{PaymentId, ReservationId};
use domain::payment::{AttemptState, SessionId, SessionProgress};

use crate::authority::the_house;
use crate::desk::Desk;
use crate::ports::payments::{CheckoutAnswer, CheckoutRequest, GatewayFailure, PaymentGateway};
use crate::ports::store::PaymentRecord;

/// What became of opening a checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// There it is.
    At(String),
    /// It is past that: paid, expired or set aside.
    Settled,
    /// Nobody knows; the same request is made again later (row 3).
    Unknown,
    /// The service says no (row 4).
    Refused,
}

/// What is known of an attempt; `None` while nothing is.
fn opened(state: &AttemptState) -> Option<Opened> {
    match state {
        AttemptState::Creating => None,
        AttemptState::Open { url, .. } => Some(Opened::At(url.clone())),
        AttemptState::Failed { .. } => Some(Opened::Refused),
        AttemptState::Paid { .. }
        | AttemptState::PaidInCash { .. }
        | AttemptState::Awaiting { .. }
        | AttemptState::Expired { .. }
        | AttemptState::Quarantined { .. } => Some(Opened::Settled),
    }
}

fn is_paid(page: &CheckoutAnswer) -> bool {
    matches!(page.seen.progress, SessionProgress::CompletePaid { .. })
}

impl Desk {
    /// The municipality's payment service.
    pub(super) fn gateway(&self, call: &Call) -> Result<Arc<dyn PaymentGateway>, Refusal> {
        self.gateways
            .of(call.municipality())
            .ok_or(Refusal::PaymentUnavailable)
    }

    async fn stored_payment(&self, call: &Call, id: PaymentId) -> Outcome<PaymentRecord> {
        let reading = self.store.read(call.municipality()).await?;
        reading
            .payment(id)
            .await?
            .ok_or_else(|| Refusal::NotFound.into())
    }

    /// Opens the checkout of an attempt, or finds the one that an earlier try opened: the key and
    /// the parameters are those that were stored.
    pub(super) async fn open_checkout(&self, call: &Call, id: PaymentId) -> Outcome<Opened> {
        let payment = self.stored_payment(call, id).await?;
        if let Some(known) = opened(&payment.state) {
            return Ok(known);
        }
        let frozen = payment
            .checkout
            .ok_or_else(|| Fault::new("open a checkout", "cash has none"))?;
        let request: CheckoutRequest = serde_json::from_value(frozen.request)
            .map_err(|error| Fault::new("read a stored checkout request", error))?;
        match self.gateway(call)?.open_checkout(&request).await {
            Ok(answer) => {
                self.settle(call, id, &answer).await?;
                // The answer to a key is always its first one; what has been settled since counts.
                let payment = self.stored_payment(call, id).await?;
                Ok(opened(&payment.state).unwrap_or(Opened::Unknown))
            }
            Err(GatewayFailure::Refused { code }) => {
                tracing::error!(payment.id = %id, code, "payment.refused_by_service");
                self.reject_payment(call, id, &code).await?;
                Ok(Opened::Refused)
            }
            Err(failure) => {
                tracing::warn!(payment.id = %id, error = %failure, "payment.outcome_unknown");
                Ok(Opened::Unknown)
            }
        }
    }

    /// Asks how an attempt stands now, and settles. `false` when nobody knows yet.
    pub(super) async fn ask_again(&self, call: &Call, id: PaymentId) -> Outcome<bool> {
        let payment = self.stored_payment(call, id).await?;
        match &payment.state {
            AttemptState::Creating => self.find_lost_checkout(call, &payment).await,
            AttemptState::Open { session, .. } | AttemptState::Awaiting { session, .. } => {
                self.believe(call, id, self.gateway(call)?.retrieve(session).await)
                    .await
            }
            AttemptState::Paid { .. }
            | AttemptState::PaidInCash { .. }
            | AttemptState::Expired { .. }
            | AttemptState::Failed { .. }
            | AttemptState::Quarantined { .. } => Ok(true),
        }
    }

    /// Asks how an attempt stands now; true once no more money can come of it.
    pub(crate) async fn is_settled(&self, call: &Call, id: PaymentId) -> Outcome<bool> {
        the_house(call)?;
        self.ask_again(call, id).await?;
        let payment = self.stored_payment(call, id).await?;
        Ok(!matches!(
            payment.state,
            AttemptState::Creating | AttemptState::Open { .. } | AttemptState::Awaiting { .. }
        ))
    }

    /// Row 3: the same request again, then a search for what it may have left behind. Only a search
    /// that finds nothing proves that there is nothing.
    async fn find_lost_checkout(&self, call: &Call, payment: &PaymentRecord) -> Outcome<bool> {
        if self.open_checkout(call, payment.id).await? != Opened::Unknown {
            return Ok(true);
        }
        let gateway = self.gateway(call)?;
        match gateway
            .find_by_reference(payment.id, payment.created_at)
            .await
        {
            Ok(mut found) => {
                // Of several the one that was paid is the one to keep.
                found.sort_by_key(|page| !is_paid(page));
                let Some((adopted, strays)) = found.split_first() else {
                    self.reject_payment(call, payment.id, "not_created").await?;
                    return Ok(true);
                };
                for stray in strays {
                    match gateway.expire(&stray.seen.session).await {
                        Ok(closed) if !is_paid(&closed) => {}
                        Ok(paid) => {
                            let session = &paid.seen.session.0;
                            tracing::error!(payment.id = %payment.id, session, "payment.stray_paid");
                        }
                        Err(failure) => {
                            tracing::warn!(payment.id = %payment.id, error = %failure, "payment.stray_left");
                            return Ok(false);
                        }
                    }
                }
                self.settle(call, payment.id, adopted).await?;
                Ok(true)
            }
            Err(failure) => {
                tracing::warn!(payment.id = %payment.id, error = %failure, "payment.outcome_unknown");
                Ok(false)
            }
        }
    }

    /// Puts an open checkout away before the floor is let go or another is opened (rows 9 and 16).
    /// Whatever it has become meanwhile is settled.
    ///
    /// # Errors
    /// [`Refusal::PaymentInProgress`] while nobody knows: the floor stays.
    pub(super) async fn put_away(&self, call: &Call, session: &SessionId) -> Outcome<()> {
        let reading = self.store.read(call.municipality()).await?;
        let payment = reading
            .payment_of_session(session)
            .await?
            .ok_or(Refusal::NotFound)?;
        let answer = self.gateway(call)?.expire(session).await;
        if self.believe(call, payment.id, answer).await? {
            Ok(())
        } else {
            Err(Refusal::PaymentInProgress.into())
        }
    }

    /// Puts away whatever checkout of a reservation may still bring money.
    ///
    /// # Errors
    /// [`Refusal::PaymentInProgress`] while one of them may.
    pub(crate) async fn put_all_away(
        &self,
        call: &Call,
        reservation: ReservationId,
    ) -> Outcome<()> {
        let payments = self
            .store
            .read(call.municipality())
            .await?
            .payments(reservation)
            .await?;
        for payment in payments {
            if matches!(payment.state, AttemptState::Creating)
                && !self.find_lost_checkout(call, &payment).await?
            {
                return Err(Refusal::PaymentInProgress.into());
            }
            let now = self.stored_payment(call, payment.id).await?;
            match &now.state {
                AttemptState::Open { session, .. } => self.put_away(call, session).await?,
                // Nothing calls a voucher back; it may have run out meanwhile.
                AttemptState::Awaiting { .. } => {
                    self.ask_again(call, payment.id).await?;
                }
                AttemptState::Creating
                | AttemptState::Paid { .. }
                | AttemptState::PaidInCash { .. }
                | AttemptState::Expired { .. }
                | AttemptState::Failed { .. }
                | AttemptState::Quarantined { .. } => {}
            }
        }
        Ok(())
    }

    async fn believe(
        &self,
        call: &Call,
        id: PaymentId,
        answer: Result<CheckoutAnswer, GatewayFailure>,
    ) -> Outcome<bool> {
        match answer {
            Ok(answer) => self.settle(call, id, &answer).await.map(|()| true),
            Err(GatewayFailure::Misconfigured(wrong)) => {
                Err(Failure::Fault(Fault::new("ask the payment service", wrong)))
            }
            Err(failure) => {
                tracing::warn!(payment.id = %id, error = %failure, "payment.outcome_unknown");
                Ok(false)
            }
        }
    }
}
