//! Webhooks (通知): kept as they came, then looked into by the worker.

use async_trait::async_trait;
use contract::{Call, Outcome};
use domain::ids::{PaymentId, RefundId};
use domain::payment::SessionId;

use crate::authority::the_house;
use crate::desk::Desk;
use crate::outbox;
use crate::ports::payments::{
    CheckoutAnswer, EventSubject, GatewayFailure, PaymentEvent, RefundAnswer,
};
use crate::ports::store::{InboxEvent, JobKind, Reading, Stored, Transaction};
use crate::sealing::seal_event;
use crate::transact::{Abort, Action, transact};

/// What looking at the object of an event showed.
enum Looked<T> {
    /// There it is, as it stands now.
    At(T),
    /// The service knows no such thing.
    Nothing,
    /// No answer; look again.
    NotYet,
}

impl<T> From<Result<T, GatewayFailure>> for Looked<T> {
    fn from(answer: Result<T, GatewayFailure>) -> Self {
        match answer {
            Ok(object) => Self::At(object),
            Err(GatewayFailure::Refused { code }) => {
                tracing::warn!(code, "event.about_nothing");
                Self::Nothing
            }
            Err(failure) => {
                tracing::warn!(error = %failure, "event.not_looked_into");
                Self::NotYet
            }
        }
    }
}

impl Desk {
    /// Keeps a verified event. The same event again is kept once.
    ///
    /// # Errors
    /// When it could not be kept; the sender then tries again. Only the house keeps events.
    pub async fn receive_event(
        &self,
        call: &Call,
        event: &PaymentEvent,
        raw: &[u8],
    ) -> Outcome<()> {
        the_house(call)?;
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
        the_house(call)?;
        let reading = self.store.read(call.municipality()).await?;
        let Some(event) = reading.event(event_id).await? else {
            return Ok(true);
        };
        drop(reading);
        let known = if event.kind.starts_with("checkout.session.") {
            self.look_into_session(call, &SessionId(event.object_id))
                .await?
        } else if event.kind.starts_with("refund.") {
            self.look_into_refund(call, &event.object_id).await?
        } else {
            // Disputes (rows 22 and 23) are answered by people, at the service's own screens: the
            // money may be gone while our books still have it.
            let (kind, object) = (&event.kind, &event.object_id);
            tracing::error!(kind, object, "event.left_to_people");
            true
        };
        if known {
            let done = Processed { event_id, call };
            transact(self.store.as_ref(), call.municipality(), &done).await?;
        }
        Ok(known)
    }

    async fn look_into_session(&self, call: &Call, session: &SessionId) -> Outcome<bool> {
        let answer = match Looked::from(self.gateway(call)?.retrieve(session).await) {
            Looked::At(answer) => answer,
            Looked::Nothing => return Ok(true),
            Looked::NotYet => return Ok(false),
        };
        let reading = self.store.read(call.municipality()).await?;
        let ours = our_payment(reading.as_ref(), &answer).await?;
        drop(reading);
        match ours {
            Some(payment) => self.settle(call, payment, &answer).await?,
            None => tracing::warn!("event.about_a_stranger"),
        }
        Ok(true)
    }

    async fn look_into_refund(&self, call: &Call, provider_id: &str) -> Outcome<bool> {
        let answer = self.gateway(call)?.retrieve_refund(provider_id).await;
        let answer = match Looked::from(answer) {
            Looked::At(answer) => answer,
            Looked::Nothing => return Ok(true),
            Looked::NotYet => return Ok(false),
        };
        let reading = self.store.read(call.municipality()).await?;
        let ours = our_refund(reading.as_ref(), &answer).await?;
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

/// The attempt whose page it is. Before our own 200 came (row 14) only the metadata says so.
async fn our_payment(reading: &dyn Reading, answer: &CheckoutAnswer) -> Stored<Option<PaymentId>> {
    let mut found = reading.payment_of_session(&answer.seen.session).await?;
    if let (None, Some(named)) = (&found, answer.payment) {
        found = reading.payment(named).await?;
    }
    Ok(found.map(|payment| payment.id))
}

/// The refund of ours that it is, by the service's id or else by the metadata.
async fn our_refund(reading: &dyn Reading, answer: &RefundAnswer) -> Stored<Option<RefundId>> {
    let mut found = reading.refund_of_provider(&answer.seen.provider_id).await?;
    if let (None, Some(named)) = (&found, answer.refund) {
        found = reading.refund(named).await?;
    }
    Ok(found.map(|refund| refund.id))
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
