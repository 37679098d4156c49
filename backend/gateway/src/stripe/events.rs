//! What happened in the account: Stripe's Events, from the list or from a notice.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::payment::SessionId;
use serde::Deserialize;
use stripe_core::event::ListEvent;
use stripe_shared::Event;
use stripe_types::RangeQueryTs;
use usecases::ports::payments::{Doubt, EventSubject, GatewayFailure, PaymentEvent};

use super::StripeGateway;
use super::checkout::{MUNICIPALITY, instant};

/// What a webhook endpoint has to be subscribed to (payments.md §3), and what the list is asked for.
pub const KINDS: [&str; 12] = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
];

pub async fn since(
    gateway: &StripeGateway,
    since: DateTime<Utc>,
) -> Result<Vec<PaymentEvent>, GatewayFailure> {
    let created = RangeQueryTs::gte(since.timestamp());
    let page = |after: Option<&str>| {
        let list = ListEvent::new()
            .created(created)
            .types(KINDS.map(str::to_owned).to_vec())
            .limit(100_i64);
        match after {
            Some(id) => list.starting_after(id),
            None => list,
        }
    };
    let keep = |event: Event| translate(&event).map(Some);
    let mut events = gateway
        .ask_all("event.list", page, |event| event.id.as_str(), keep)
        .await?;
    events.reverse();
    Ok(events)
}

/// When something last happened.
pub async fn newest(gateway: &StripeGateway) -> Result<Option<DateTime<Utc>>, GatewayFailure> {
    let list = gateway
        .ask("event.list", &ListEvent::new().limit(1_i64))
        .await?;
    list.data
        .first()
        .map(|event| instant(event.created))
        .transpose()
}

fn translate(event: &Event) -> Result<PaymentEvent, GatewayFailure> {
    let unreadable = GatewayFailure::Unknown(Doubt::Unreadable);
    let object = miniserde::json::to_string(&event.data.object);
    let object: About = serde_json::from_str(&object).map_err(|_shape| unreadable)?;
    Ok(PaymentEvent {
        id: event.id.to_string(),
        name: event.type_.as_str().to_owned(),
        created: instant(event.created)?,
        municipality: object.municipality(),
        subject: object.subject(),
    })
}

/// The little that is believed of an event's object: what it is, and whose. Everything else is
/// looked up, so a shape that a later version changes costs nothing.
#[derive(Deserialize)]
pub struct About {
    object: Option<String>,
    id: Option<String>,
    metadata: Option<HashMap<String, String>>,
}

impl About {
    pub fn municipality(&self) -> Option<domain::ids::MunicipalityId> {
        self.metadata.as_ref()?.get(MUNICIPALITY)?.parse().ok()
    }

    pub fn subject(self) -> EventSubject {
        match (self.object.as_deref(), self.id) {
            (Some("checkout.session"), Some(id)) => EventSubject::Session(SessionId(id)),
            (Some("refund"), Some(id)) => EventSubject::Refund(id),
            (_, id) => EventSubject::Other(id),
        }
    }
}
