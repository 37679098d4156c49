//! Notices (webhook): the signature over the raw bytes first, then the age, then the mode.
//!
//! async-stripe checks signatures in constant time and takes our clock
//! (`construct_event_with_timestamp`; 300 s either way). Whether it can also decode the whole object
//! does not matter here: the envelope is read on its own, and the object is retrieved again.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use stripe_webhook::{Webhook, WebhookError};
use usecases::ports::payments::{PaymentEvent, RawBody, WebhookRefusal};

use super::config::StripeConfig;
use super::events::About;

pub fn verify(
    config: &StripeConfig,
    raw_body: &[u8],
    signature_header: &str,
    now: DateTime<Utc>,
) -> Result<PaymentEvent, WebhookRefusal> {
    check_signature(config, raw_body, signature_header, now)?;
    let envelope: Envelope = serde_json::from_slice(raw_body)
        .map_err(|_shape| WebhookRefusal::Unreadable(RawBody(raw_body.to_vec())))?;
    if envelope.livemode != config.livemode {
        return Err(WebhookRefusal::Mode);
    }
    let created = DateTime::from_timestamp(envelope.created, 0)
        .ok_or_else(|| WebhookRefusal::Unreadable(RawBody(raw_body.to_vec())))?;
    Ok(PaymentEvent {
        id: envelope.id,
        name: envelope.name,
        created,
        municipality: envelope.data.object.municipality(),
        subject: envelope.data.object.subject(),
    })
}

fn check_signature(
    config: &StripeConfig,
    raw_body: &[u8],
    signature_header: &str,
    now: DateTime<Utc>,
) -> Result<(), WebhookRefusal> {
    if signature_header.is_empty() {
        return Err(WebhookRefusal::Header);
    }
    // Stripe signs JSON, which is UTF-8: other bytes cannot be what was signed.
    let body = std::str::from_utf8(raw_body).map_err(|_other| WebhookRefusal::Signature)?;
    for secret in &config.webhook_secrets {
        let now = now.timestamp();
        let checked =
            Webhook::construct_event_with_timestamp(body, signature_header, secret.expose(), now);
        match checked {
            // A body that cannot be decoded is told only after the signature has been found good.
            Ok(_) | Err(WebhookError::BadParse(_)) => return Ok(()),
            Err(WebhookError::BadTimestamp(signed)) => {
                return Err(WebhookRefusal::Stale {
                    skew_s: signed.saturating_sub(now),
                });
            }
            Err(WebhookError::BadHeader(_)) => return Err(WebhookRefusal::Header),
            Err(WebhookError::BadSignature | WebhookError::BadKey) => {}
        }
    }
    Err(WebhookRefusal::Signature)
}

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    name: String,
    created: i64,
    livemode: bool,
    data: EnvelopeData,
}

#[derive(Deserialize)]
struct EnvelopeData {
    object: About,
}
