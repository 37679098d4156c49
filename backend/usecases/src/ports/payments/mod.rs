//! Taking money through a payment service (決済サービス), said in our own words.
//!
//! States come back as [`domain::payment`] understands them, always as the service shows them *now*:
//! an event is only a reason to look. Whoever asks for something that moves money stores the
//! request first, key included, and asks again with the very same request until the answer is
//! known (payments.md §3, rows 1–3, 17).

mod answer;
mod event;
mod failure;
mod request;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::PaymentId;
use domain::payment::SessionId;

pub use answer::{AccountCheck, CheckoutAnswer, RefundAnswer};
pub use event::{EventSubject, PaymentEvent, RawBody, WebhookRefusal};
pub use failure::{Doubt, GatewayFailure, Misconfiguration};
pub use request::{CheckoutRequest, IdempotencyKey, RefundRequest};

/// One account at the payment service (決済サービスの契約), a town's own or a shared one.
///
/// Never called inside a transaction: a call may take tens of seconds. It does not take longer,
/// either: every method is bounded and answers [`GatewayFailure::Unknown`] at the bound.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// True when this account moves real money.
    fn is_live(&self) -> bool;

    /// Opens a payment page, or answers again what it answered to the same key.
    ///
    /// The answer to a repeated key is the *first* answer: a page that has been paid or closed
    /// since is still shown open. [`Self::retrieve`] knows.
    ///
    /// # Errors
    /// [`GatewayFailure`]. After [`GatewayFailure::Unknown`] the page may exist:
    /// [`Self::find_by_reference`] tells.
    async fn open_checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<CheckoutAnswer, GatewayFailure>;

    /// A payment page as it is now.
    ///
    /// # Errors
    /// [`GatewayFailure`].
    async fn retrieve(&self, session: &SessionId) -> Result<CheckoutAnswer, GatewayFailure>;

    /// Closes a payment page, or tells how it had ended before (row 9). Only an answer of
    /// [`Expired`](domain::payment::SessionProgress::Expired) means that no money can come any more.
    ///
    /// # Errors
    /// [`GatewayFailure`]: the page may be open still, so the floor stays held.
    async fn expire(&self, session: &SessionId) -> Result<CheckoutAnswer, GatewayFailure>;

    /// Every payment page opened for one attempt since `created_since`, as it is now (row 3).
    /// Clocks differ: pages from a few minutes earlier are found too.
    ///
    /// # Errors
    /// [`GatewayFailure`].
    async fn find_by_reference(
        &self,
        payment: PaymentId,
        created_since: DateTime<Utc>,
    ) -> Result<Vec<CheckoutAnswer>, GatewayFailure>;

    /// Gives money back, or answers again what it answered to the same key.
    ///
    /// # Errors
    /// [`GatewayFailure`]. After [`GatewayFailure::Unknown`] the refund may exist:
    /// [`Self::refunds_of`] tells.
    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayFailure>;

    /// A refund as it is now, by the service's id.
    ///
    /// # Errors
    /// [`GatewayFailure`].
    async fn retrieve_refund(&self, provider_id: &str) -> Result<RefundAnswer, GatewayFailure>;

    /// Every refund of one payment, oldest first, those from the service's own screens included.
    /// `intent` is what [`CompletePaid`](domain::payment::SessionProgress::CompletePaid) named.
    ///
    /// # Errors
    /// [`GatewayFailure`].
    async fn refunds_of(&self, intent: &str) -> Result<Vec<RefundAnswer>, GatewayFailure>;

    /// What happened since `since`, oldest first, of the kinds that concern us. The service keeps
    /// events for 30 days, and in rare cases makes none at all: a supplement to looking, never a
    /// replacement.
    ///
    /// # Errors
    /// [`GatewayFailure`].
    async fn list_events(&self, since: DateTime<Utc>) -> Result<Vec<PaymentEvent>, GatewayFailure>;

    /// Whether a notice (webhook) really comes from the service, is fresh and is meant for this
    /// account. `raw_body` must be the bytes as they arrived; `signature_header` the signature
    /// header's value, empty when there is none.
    ///
    /// # Errors
    /// [`WebhookRefusal`].
    fn verify_webhook(
        &self,
        raw_body: &[u8],
        signature_header: &str,
        now: DateTime<Utc>,
    ) -> Result<PaymentEvent, WebhookRefusal>;

    /// Whether the account answers, for `yoriai doctor`. Changes nothing.
    ///
    /// # Errors
    /// [`GatewayFailure`].
    async fn account_check(&self) -> Result<AccountCheck, GatewayFailure>;
}
