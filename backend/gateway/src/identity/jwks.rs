//! The provider's public keys, remembered.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use reqwest::Client;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;
use usecases::ports::identity::{Rejection, SignInFailure};

use super::config::SignatureAlgorithm;
use super::fetch::{FetchFault, fetch_json};

/// With keys in hand, at most one fetch in this time, however many unknown `kid`s arrive.
const BETWEEN_FETCHES: TimeDelta = TimeDelta::seconds(60);

/// Without any key nobody can sign in, so we ask again sooner.
const BETWEEN_COLD_FETCHES: TimeDelta = TimeDelta::seconds(5);

/// After this, known keys are looked up again too, so that withdrawn ones go.
const MAX_AGE: TimeDelta = TimeDelta::hours(1);

/// No provider publishes more keys than this.
const MAX_KEYS: usize = 32;

/// The keys of one issuer that fit the pinned algorithm. An outage of the key endpoint leaves the
/// keys we have; it never turns a check off.
pub(super) struct KeyCache {
    http: Client,
    url: Url,
    algorithm: SignatureAlgorithm,
    known: RwLock<Known>,
    /// When we last asked, whatever came of it. Held while asking: one at a time.
    last_asked: Mutex<Option<DateTime<Utc>>>,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, DecodingKey>,
    since: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

impl KeyCache {
    pub(super) fn new(http: Client, url: Url, algorithm: SignatureAlgorithm) -> Self {
        Self {
            http,
            url,
            algorithm,
            known: RwLock::default(),
            last_asked: Mutex::new(None),
        }
    }

    /// The key called `kid`.
    pub(super) async fn find(
        &self,
        now: DateTime<Utc>,
        kid: &str,
    ) -> Result<DecodingKey, SignInFailure> {
        if let Some(key) = self.remembered(kid) {
            return Ok(match self.last_asked.try_lock() {
                // Somebody else is asking already; what we have is good enough meanwhile.
                Err(_busy) => key,
                Ok(mut asked) if self.is_old(now) => {
                    if let Err(fault) = self.refresh(now, &mut asked).await {
                        tracing::warn!(error = %fault, "identity.jwks.stale");
                        return Ok(key);
                    }
                    return self.remembered(kid).ok_or_else(unknown);
                }
                Ok(_asked) => key,
            });
        }
        let mut asked = self.last_asked.lock().await;
        // The one who held the lock before us may have brought it.
        if let Some(key) = self.remembered(kid) {
            return Ok(key);
        }
        self.refresh(now, &mut asked)
            .await
            .map_err(|fault| SignInFailure::Unavailable(Box::new(fault)))?;
        self.remembered(kid).ok_or_else(unknown)
    }

    /// Asks for the keys, unless we did a moment ago.
    async fn refresh(
        &self,
        now: DateTime<Utc>,
        asked: &mut Option<DateTime<Utc>>,
    ) -> Result<(), RefreshFault> {
        let cold = self
            .known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .keys
            .is_empty();
        let pause = if cold {
            BETWEEN_COLD_FETCHES
        } else {
            BETWEEN_FETCHES
        };
        // A clock that was set back must not lock us out.
        if asked.is_some_and(|last| last <= now && now - last < pause) {
            return if cold {
                Err(RefreshFault::Waiting)
            } else {
                Ok(())
            };
        }
        *asked = Some(now);
        let keys = self.download().await?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known {
            keys,
            since: Some(now),
        };
        Ok(())
    }

    /// The keys as they are published now, of those we could use.
    pub(super) async fn download(&self) -> Result<HashMap<String, DecodingKey>, FetchFault> {
        let set: KeySet = fetch_json(self.http.get(self.url.clone())).await?;
        let mut keys = HashMap::new();
        for value in set.keys.into_iter().take(MAX_KEYS) {
            // A key that we cannot read may be meant for others; it must not hide the ones we can.
            if let Some((kid, key)) = self.usable(value) {
                keys.entry(kid).or_insert(key);
            }
        }
        Ok(keys)
    }

    fn usable(&self, value: Value) -> Option<(String, DecodingKey)> {
        let jwk: Jwk = serde_json::from_value(value).ok()?;
        let fits = match (&jwk.algorithm, self.algorithm) {
            (AlgorithmParameters::EllipticCurve(params), SignatureAlgorithm::Es256) => {
                params.curve == EllipticCurve::P256
                    && matches!(jwk.common.key_algorithm, None | Some(KeyAlgorithm::ES256))
            }
            (AlgorithmParameters::RSA(_), SignatureAlgorithm::Rs256) => {
                matches!(jwk.common.key_algorithm, None | Some(KeyAlgorithm::RS256))
            }
            _ => false,
        };
        let signs = matches!(
            jwk.common.public_key_use,
            None | Some(PublicKeyUse::Signature)
        );
        if !fits || !signs {
            return None;
        }
        Some((
            jwk.common.key_id.clone()?,
            DecodingKey::from_jwk(&jwk).ok()?,
        ))
    }

    fn remembered(&self, kid: &str) -> Option<DecodingKey> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .keys
            .get(kid)
            .cloned()
    }

    fn is_old(&self, now: DateTime<Utc>) -> bool {
        let since = self
            .known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .since;
        since.is_none_or(|since| now - since > MAX_AGE)
    }
}

/// Why there are no newer keys.
#[derive(Debug, thiserror::Error)]
enum RefreshFault {
    #[error("the key endpoint gave no keys")]
    Fetch(#[from] FetchFault),
    #[error("no keys yet, and asked a moment ago")]
    Waiting,
}

const fn unknown() -> SignInFailure {
    SignInFailure::Rejected(Rejection::UnknownKey)
}
