//! The relying party itself: the port, step by step.

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use reqwest::Client;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use usecases::ports::chance::Chance;
use usecases::ports::identity::{
    Callback, CardIdentity, IdentityProvider, Rejection, SignInAttempt, SignInFailure,
};
use usecases::ports::personal::Personal;

use super::assertion::AssertionSigner;
use super::config::{Attributes, IdentityConfigFault, RelyingPartyConfig, may_be_called};
use super::fetch::{client, fetch_json};
use super::id_token::{Expected, Subject, key_id, subject};
use super::jwks::KeyCache;
use super::token::{Tokens, redeem, unavailable};
use super::{attributes, callback};

/// One municipality's relying party at one identity provider.
pub struct RelyingParty {
    config: RelyingPartyConfig,
    http: Client,
    keys: KeyCache,
    signer: AssertionSigner,
    chance: Arc<dyn Chance>,
}

impl RelyingParty {
    /// Sets a relying party up. Calls nobody: keys are fetched when they are first needed.
    ///
    /// # Errors
    /// [`IdentityConfigFault`] if an endpoint would be called in the clear or the key does not fit.
    pub fn new(
        config: RelyingPartyConfig,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, IdentityConfigFault> {
        let endpoints = &config.endpoints;
        for url in [&endpoints.authorize, &endpoints.token, &endpoints.jwks]
            .into_iter()
            .chain(&endpoints.userinfo)
        {
            if !may_be_called(url) {
                return Err(IdentityConfigFault::PlainHttp(url.clone()));
            }
        }
        let http = client(config.timeout)?;
        let keys = KeyCache::new(
            http.clone(),
            endpoints.jwks.clone(),
            config.id_token_algorithm,
        );
        let signer = AssertionSigner::new(&config)?;
        Ok(Self {
            config,
            http,
            keys,
            signer,
            chance,
        })
    }

    /// Whether the key endpoint answers with a key that we could use, for `yoriai doctor`.
    ///
    /// # Errors
    /// [`SignInFailure::Unavailable`] without an answer, [`Rejection::UnknownKey`] without a key.
    pub async fn check(&self) -> Result<(), SignInFailure> {
        let keys = self.keys.download().await;
        match keys
            .map_err(|fault| SignInFailure::Unavailable(Box::new(fault)))?
            .is_empty()
        {
            false => Ok(()),
            true => Err(SignInFailure::Rejected(Rejection::UnknownKey)),
        }
    }

    async fn verified_subject(
        &self,
        now: DateTime<Utc>,
        tokens: &Tokens,
        attempt: &SignInAttempt,
    ) -> Result<Subject, SignInFailure> {
        let algorithm = self.config.id_token_algorithm;
        let kid = key_id(&tokens.id_token, algorithm).map_err(SignInFailure::Rejected)?;
        let key = self.keys.find(now, &kid).await?;
        let expected = Expected {
            issuer: &self.config.issuer,
            client_id: &self.config.client_id,
            algorithm,
            assurance: &self.config.assurance,
            nonce: &attempt.nonce,
            access_token: &tokens.access_token,
            at_hash_required: self.config.attributes == Attributes::Userinfo,
            now,
        };
        subject(&tokens.id_token, &key, &expected).map_err(SignInFailure::Rejected)
    }

    /// Userinfo, if it speaks of `subject` (OpenID Connect Core §5.3.2).
    async fn userinfo(
        &self,
        tokens: &Tokens,
        subject: &str,
    ) -> Result<Map<String, Value>, SignInFailure> {
        let Some(userinfo) = &self.config.endpoints.userinfo else {
            return Err(SignInFailure::Unavailable(
                "no userinfo endpoint is set".into(),
            ));
        };
        let request = self
            .http
            .get(userinfo.clone())
            .bearer_auth(&tokens.access_token);
        let info: Map<String, Value> = fetch_json(request).await.map_err(unavailable)?;
        match info.get("sub") {
            Some(Value::String(sub)) if sub == subject => Ok(info),
            _ => Err(SignInFailure::Rejected(Rejection::Subject)),
        }
    }
}

#[async_trait]
impl IdentityProvider for RelyingParty {
    fn issuer(&self) -> &str {
        &self.config.issuer
    }

    fn client_id(&self) -> &str {
        &self.config.client_id
    }

    fn authorize_url(&self, attempt: &SignInAttempt) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&attempt.verifier));
        let scope = format!("openid {}", self.config.scopes.join(" "));
        let mut url = self.config.endpoints.authorize.clone();
        // The service's own list, and nothing beyond it: unknown parameters are refused.
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", scope.trim_end())
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.config.redirect_uri)
            .append_pair("state", &attempt.state)
            .append_pair("nonce", &attempt.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(ask) = &self.config.assurance.ask {
            url.query_pairs_mut().append_pair("acr_values", ask);
        }
        url.into()
    }

    async fn redeem(
        &self,
        now: DateTime<Utc>,
        callback: &Callback,
        attempt: &SignInAttempt,
    ) -> Result<CardIdentity, SignInFailure> {
        let code = callback::code(callback, attempt, &self.config.issuer)?;
        let assertion = self
            .signer
            .sign(now, self.chance.secret())
            .map_err(|error| SignInFailure::Unavailable(Box::new(error)))?;
        let tokens = redeem(
            &self.http,
            &self.config,
            now,
            &assertion,
            code,
            &attempt.verifier,
        )
        .await?;
        let Subject { subject, said } = self.verified_subject(now, &tokens, attempt).await?;
        let info = match self.config.attributes {
            Attributes::Userinfo => self.userinfo(&tokens, &subject).await?,
            Attributes::IdToken => {
                return Ok(CardIdentity {
                    issuer: self.config.issuer.clone(),
                    client_id: self.config.client_id.clone(),
                    subject: Personal::new(subject),
                    name: attributes::name(&said).map(Personal::new),
                    address: None,
                    birthdate: None,
                    gender: None,
                });
            }
        };
        let granted = |scope: &str| tokens.grants(scope).then_some(&info);
        Ok(CardIdentity {
            issuer: self.config.issuer.clone(),
            client_id: self.config.client_id.clone(),
            name: granted("name")
                .and_then(attributes::name)
                .map(Personal::new),
            address: granted("address")
                .and_then(attributes::address)
                .map(Personal::new),
            birthdate: granted("birthdate")
                .and_then(attributes::birthdate)
                .map(Personal::new),
            gender: granted("gender")
                .and_then(attributes::gender)
                .map(Personal::new),
            subject: Personal::new(subject),
        })
    }
}
