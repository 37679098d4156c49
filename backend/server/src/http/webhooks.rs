//! `/webhooks/stripe`: check, keep, answer. What it means is the worker's work.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use contract::Call;
use domain::ids::{MunicipalityId, RequestId};
use usecases::ports::payments::{PaymentEvent, WebhookRefusal};
use usecases::ports::tenancy::Gateways;

use super::AppState;

/// Takes one webhook in. 2xx only once it is in the inbox: until then the sender tries again.
pub(super) async fn stripe(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let signature = headers
        .get("stripe-signature")
        .and_then(|value| value.to_str().ok());
    let (municipality, event) = match verify(&state, &body, signature.unwrap_or_default()) {
        Ok(verified) => verified,
        Err(refusal) => {
            tracing::warn!(code = refusal.code(), bytes = body.len(), "webhook.refused");
            return match refusal {
                // Genuine, but not readable by us: the poller finds out by itself.
                WebhookRefusal::Unreadable(_) => StatusCode::OK,
                WebhookRefusal::Header
                | WebhookRefusal::Signature
                | WebhookRefusal::Stale { .. }
                | WebhookRefusal::Mode => StatusCode::BAD_REQUEST,
            };
        }
    };
    let now = state.clock.now();
    let call = Call::system(municipality, RequestId(state.chance.id(now)), now);
    match state.desk.receive_event(&call, &event, &body).await {
        Ok(()) => StatusCode::OK,
        Err(failure) => {
            tracing::error!(error = %failure, "webhook.not_kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Whose event it is: that of the municipality it names, if that one's own secret signed it. One
/// account may serve several towns, so the host name does not say.
fn verify(
    state: &AppState,
    body: &[u8],
    signature: &str,
) -> Result<(MunicipalityId, PaymentEvent), WebhookRefusal> {
    let now = state.clock.now();
    let mut refusal = WebhookRefusal::Signature;
    let gateways: &dyn Gateways = state.towns.as_ref();
    for municipality in state.towns.ids() {
        let Some(gateway) = gateways.of(municipality) else {
            continue;
        };
        match gateway.verify_webhook(body, signature, now) {
            Ok(event) if event.municipality.is_none_or(|named| named == municipality) => {
                return Ok((municipality, event));
            }
            Ok(_other_towns) => {}
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}
