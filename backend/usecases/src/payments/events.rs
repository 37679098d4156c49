//! Webhooks (通知): kept as they came, then looked into by the worker.

use async_trait::async_trait;
use contract::{Call, Outcome};
use domain::payment::SessionId;

use crate::desk::Desk;
use crate::outbox;
use crate::ports::payments::{EventSubject, GatewayFailure, PaymentEvent};
use crate::ports::store::{InboxEvent, JobKind, Transaction};
use crate::sealing::seal_event;
use crate::transact::{Abort, Action, transact};

impl Desk {
    /// Keeps a verified event. The same event again is kept once.
    ///
    /// # Errors
    /// When it could not be kept; the sender then tries again.
    pub async fn receive_event(
        &self,
        call: &Call,
        event: &PaymentEvent,
        raw: &[u8],
    ) -> Outcome<()> {
        let object_id = match &event.subject {
            EventSubject::Session(session) => session.0.clone(),
            EventSubject::Refund(refund) => refund.clone(),
            EventSubject::Other(other) => other.clone().unwrap_or_default(),
        };
        let event = InboxEvent {
            event_id: event.id.clone(),
            kind: event.name.clone(),
            object_id,
            raw: seal_event(
                self.vault.as_ref(),
                call.municipality(),
                &event.id,
                &String::from_utf8_lossy(raw),
            )?,
            received_at: call.now(),
        };
        let receive = Receive {
            desk: self,
            call,
            event,
        };
        transact(self.store.as_ref(), call.municipality(), &receive).await
    }

    /// Looks into a kept event: asks how its object stands now. `false` when nobody knows yet.
    pub(crate) async fn look_into_event(&self, call: &Call, event_id: &str) -> Outcome<bool> {
        let find = FindEvent { event_id };
        let found = transact(self.store.as_ref(), call.municipality(), &find).await?;
        let Some(event) = found else { return Ok(true) };
        let known = if event.kind.starts_with("checkout.session.") {
            self.look_into_session(call, &SessionId(event.object_id))
                .await?
        } else if event.kind.starts_with("refund.") {
            self.look_into_refund(call, &event.object_id).await?
        } else {
            true
        };
        if known {
            let done = Processed { event_id, call };
            transact(self.store.as_ref(), call.municipality(), &done).await?;
        }
        Ok(known)
    }

    async fn look_into_session(&self, call: &Call, session: &SessionId) -> Outcome<bool> {
        let answer = match self.gateway(call)?.retrieve(session).await {
            Ok(answer) => answer,
            Err(GatewayFailure::Refused { code }) => {
                tracing::warn!(code, "event.about_nothing");
                return Ok(true);
            }
            Err(failure) => {
                tracing::warn!(error = %failure, "event.not_looked_into");
                return Ok(false);
            }
        };
        let reading = self.store.read(call.municipality()).await?;
        let payment = match reading.payment_of_session(session).await? {
            Some(payment) => Some(payment.id),
            // Before our own 200 came (row 14) only the metadata says whose it is.
            None => match answer.payment {
                Some(payment) => reading.payment(payment).await?.map(|payment| payment.id),
                None => None,
            },
        };
        drop(reading);
        match payment {
            Some(payment) => self.settle(call, payment, &answer).await?,
            None => tracing::warn!("event.about_a_stranger"),
        }
        Ok(true)
    }

    async fn look_into_refund(&self, call: &Call, provider_id: &str) -> Outcome<bool> {
        let answer = match self.gateway(call)?.retrieve_refund(provider_id).await {
            Ok(answer) => answer,
            Err(GatewayFailure::Refused { code }) => {
                tracing::warn!(code, "event.about_nothing");
                return Ok(true);
            }
            Err(failure) => {
                tracing::warn!(error = %failure, "event.not_looked_into");
                return Ok(false);
            }
        };
        let reading = self.store.read(call.municipality()).await?;
        let ours = match reading.refund_of_provider(provider_id).await? {
            Some(refund) => Some(refund.id),
            None => match answer.refund {
                Some(refund) => reading.refund(refund).await?.map(|refund| refund.id),
                None => None,
            },
        };
        drop(reading);
        match ours {
            Some(refund) => {
                self.observe_refund(call, refund, &answer.seen).await?;
            }
            // Made in the dashboard (row 21); the issue on money takes that up.
            None => tracing::warn!("event.refund_from_elsewhere"),
        }
        Ok(true)
    }
}

struct Receive<'a> {
    desk: &'a Desk,
    call: &'a Call,
    event: InboxEvent,
}

#[async_trait]
impl Action for Receive<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        if tx.receive(&self.event).await? {
            let look = JobKind::HandleEvent {
                event: self.event.event_id.clone(),
            };
            let chance = self.desk.chance.as_ref();
            outbox::enqueue(tx, chance, self.call, look, self.call.now()).await?;
        }
        Ok(())
    }
}

struct FindEvent<'a> {
    event_id: &'a str,
}

#[async_trait]
impl Action for FindEvent<'_> {
    type Output = Option<InboxEvent>;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Self::Output, Abort> {
        Ok(tx.event(self.event_id).await?)
    }
}

struct Processed<'a> {
    event_id: &'a str,
    call: &'a Call,
}

#[async_trait]
impl Action for Processed<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        Ok(tx.event_processed(self.event_id, self.call.now()).await?)
    }
}
