//! The one place that calls Stripe.
//!
//! async-stripe's own retries send a fresh random key with every call, which a crash loses. So each
//! try here is a single one (`Idempotent(key)`), and the key is ours. It does not hand on headers
//! either, so `Retry-After` cannot be read: a busy service is met with our own waits.

use miniserde::Deserialize;
use stripe::{IdempotencyKey as StripeKey, RequestStrategy};
use stripe_client_core::StripeRequest;
use stripe_types::List;
use usecases::ports::payments::{Doubt, GatewayFailure, IdempotencyKey, Misconfiguration};

use super::StripeGateway;
use super::verdict::{self, Verdict};

/// Pages of 100 that are read before a list counts as endless.
const MOST_PAGES: u32 = 100;

impl StripeGateway {
    /// Asks without a key: for what changes nothing, or nothing the second time. `what` is for the
    /// log.
    pub(super) async fn ask<R>(
        &self,
        what: &'static str,
        request: &R,
    ) -> Result<R::Output, GatewayFailure>
    where
        R: StripeRequest + Sync,
        R::Output: Deserialize + Send,
    {
        self.within_total(what, what, request, &RequestStrategy::Once)
            .await
    }

    /// Asks under a key: for what must happen once.
    pub(super) async fn ask_once<R>(
        &self,
        what: &'static str,
        request: &R,
        key: &IdempotencyKey,
    ) -> Result<R::Output, GatewayFailure>
    where
        R: StripeRequest + Sync,
        R::Output: Deserialize + Send,
    {
        let unsendable = GatewayFailure::Misconfigured(Misconfiguration::Request);
        let stripe_key = StripeKey::new(key.as_str()).map_err(|_too_long| unsendable)?;
        let strategy = RequestStrategy::Idempotent(stripe_key);
        self.within_total(what, key.as_str(), request, &strategy)
            .await
    }

    /// Reads a whole list, keeping what `keep` takes. `page` asks for the page after an id.
    pub(super) async fn ask_all<R, T, K>(
        &self,
        what: &'static str,
        page: impl Fn(Option<&str>) -> R + Send + Sync,
        id: impl Fn(&T) -> &str + Send + Sync,
        keep: impl Fn(T) -> Result<Option<K>, GatewayFailure> + Send + Sync,
    ) -> Result<Vec<K>, GatewayFailure>
    where
        R: StripeRequest<Output = List<T>> + Send + Sync,
        T: Deserialize + Send,
        K: Send,
    {
        let mut kept = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let list = self.ask(what, &page(after.as_deref())).await?;
            after = list.data.last().map(|last| id(last).to_owned());
            for item in list.data {
                kept.extend(keep(item)?);
            }
            if !list.has_more || after.is_none() {
                return Ok(kept);
            }
        }
        Err(GatewayFailure::Unknown(Doubt::Endless))
    }

    async fn within_total<R>(
        &self,
        what: &'static str,
        who: &str,
        request: &R,
        strategy: &RequestStrategy,
    ) -> Result<R::Output, GatewayFailure>
    where
        R: StripeRequest + Sync,
        R::Output: Deserialize + Send,
    {
        tokio::time::timeout(
            self.patience.total,
            self.tries(what, who, request, strategy),
        )
        .await
        .unwrap_or(Err(GatewayFailure::Unknown(Doubt::Timeout)))
    }

    /// Tries until there is an answer. Once a try is in doubt, only success or a refusal by the
    /// service, which knows the key, resolves the doubt.
    async fn tries<R>(
        &self,
        what: &'static str,
        who: &str,
        request: &R,
        strategy: &RequestStrategy,
    ) -> Result<R::Output, GatewayFailure>
    where
        R: StripeRequest + Sync,
        R::Output: Deserialize + Send,
    {
        let mut doubt = None;
        for number in 0..self.patience.tries.max(1) {
            if number > 0 {
                self.pause.pause(self.patience.wait(number, who)).await;
            }
            let answer = request
                .customize()
                .request_strategy(strategy.clone())
                .timeout(self.patience.per_try)
                .send(&self.client)
                .await;
            let verdict = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => verdict::of(&error),
            };
            tracing::warn!(stripe.call = what, stripe.try = number + 1, ?verdict, "try failed");
            match verdict {
                Verdict::Doubtful(why) => doubt = Some(why),
                Verdict::Busy => {}
                Verdict::Final(failure) => return Err(failure),
                Verdict::Stuck(failure) => {
                    return Err(doubt.map_or(failure, GatewayFailure::Unknown));
                }
            }
        }
        Err(doubt.map_or(GatewayFailure::RateLimited, GatewayFailure::Unknown))
    }
}
