//! Stripe behind [`PaymentGateway`]: payments.md §1–3.
//!
//! Knows async-stripe, Stripe's names and Stripe's habits; hands on only our own words. Must not
//! know reservations, the database or the clock. Stripe's generated types and errors stop here:
//! they carry payers' names and addresses, so not even their `Display` may leave.
//!
//! - `config`: one account, its keys and where it is reached
//! - `patience`: how often and how long a call is tried
//! - `calling`: the one place that calls: the same key and parameters at every try
//! - `verdict`: what a failed try means for the money
//! - `checkout`, `voucher`, `refunds`, `events`: requests and answers, translated
//! - `webhook`: notices, checked before anybody believes them
//!
//! Nothing here could be tried against the real Stripe. Requests and answers are checked against
//! the stand-in, which the official SDKs of the same API version judge in `cargo verify`.

mod calling;
mod checkout;
mod config;
mod events;
mod patience;
mod refunds;
mod verdict;
mod voucher;
mod webhook;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::PaymentId;
use domain::payment::SessionId;
use usecases::ports::payments::{
    AccountCheck, CheckoutAnswer, CheckoutRequest, GatewayFailure, PaymentEvent, PaymentGateway,
    RefundAnswer, RefundRequest, WebhookRefusal,
};

pub use config::{ConfigFault, Secret, StripeConfig};
pub use events::KINDS;
pub use patience::{Patience, Pause, TokioPause};

/// The Stripe API version that requests are made with and webhook endpoints must be pinned to.
pub const API_VERSION: &str = "2026-09-30.endive";

/// One Stripe account (a town's own, or one that several towns share).
#[derive(Clone)]
pub struct StripeGateway {
    client: stripe::Client,
    config: Arc<StripeConfig>,
    patience: Patience,
    pause: Arc<dyn Pause>,
}

impl StripeGateway {
    /// The account that `config` describes, with the usual patience. Calls nobody yet.
    ///
    /// # Errors
    /// [`ConfigFault`] names what does not fit.
    pub fn new(config: StripeConfig) -> Result<Self, ConfigFault> {
        Self::with_patience(config, Patience::default(), Arc::new(TokioPause))
    }

    /// The same with other bounds and another way of waiting between tries.
    ///
    /// # Errors
    /// [`ConfigFault`] names what does not fit.
    pub fn with_patience(
        config: StripeConfig,
        patience: Patience,
        pause: Arc<dyn Pause>,
    ) -> Result<Self, ConfigFault> {
        config.check()?;
        let client = config.client()?;
        Ok(Self {
            client,
            config: Arc::new(config),
            patience,
            pause,
        })
    }
}

impl fmt::Debug for StripeGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StripeGateway")
            .field("config", &self.config)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl PaymentGateway for StripeGateway {
    fn is_live(&self) -> bool {
        self.config.livemode
    }

    async fn open_checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<CheckoutAnswer, GatewayFailure> {
        checkout::open(self, request).await
    }

    async fn retrieve(&self, session: &SessionId) -> Result<CheckoutAnswer, GatewayFailure> {
        checkout::retrieve(self, session).await
    }

    async fn expire(&self, session: &SessionId) -> Result<CheckoutAnswer, GatewayFailure> {
        checkout::expire(self, session).await
    }

    async fn find_by_reference(
        &self,
        payment: PaymentId,
        created_since: DateTime<Utc>,
    ) -> Result<Vec<CheckoutAnswer>, GatewayFailure> {
        checkout::find(self, payment, created_since).await
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayFailure> {
        refunds::create(self, request).await
    }

    async fn retrieve_refund(&self, provider_id: &str) -> Result<RefundAnswer, GatewayFailure> {
        refunds::retrieve(self, provider_id).await
    }

    async fn refunds_of(&self, intent: &str) -> Result<Vec<RefundAnswer>, GatewayFailure> {
        refunds::of_intent(self, intent).await
    }

    async fn list_events(&self, since: DateTime<Utc>) -> Result<Vec<PaymentEvent>, GatewayFailure> {
        events::since(self, since).await
    }

    fn verify_webhook(
        &self,
        raw_body: &[u8],
        signature_header: &str,
        now: DateTime<Utc>,
    ) -> Result<PaymentEvent, WebhookRefusal> {
        webhook::verify(&self.config, raw_body, signature_header, now)
    }

    async fn account_check(&self) -> Result<AccountCheck, GatewayFailure> {
        Ok(AccountCheck {
            live: self.config.livemode,
            webhook_secrets: self.config.webhook_secrets.len(),
            last_event: events::newest(self).await?,
        })
    }
}
