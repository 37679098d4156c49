//! Proving who we are to the provider: `private_key_jwt` (RFC 7523).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{EncodingKey, Header};
use serde::Serialize;
use serde_json::Value;

use super::config::{IdentityConfigFault, RelyingPartyConfig, SignatureAlgorithm};

/// How long an assertion lives, in seconds. Long enough for one call, too short to be worth stealing.
const LIFE_S: i64 = 60;

/// `client_assertion_type` of RFC 7523 §2.2.
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Signs client assertions.
pub(super) struct AssertionSigner {
    key: EncodingKey,
    header: Header,
    client_id: String,
    audience: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
}

/// The public half of a client key, as the provider wants it registered: a JWK set (RFC 7517 §5) with
/// the key's RFC 7638 thumbprint for its id. Nothing in it is secret.
///
/// # Errors
/// [`IdentityConfigFault::ClientKey`] for what is no key of `algorithm`.
pub fn public_key_set(
    client_key_pem: &str,
    algorithm: SignatureAlgorithm,
) -> Result<Value, IdentityConfigFault> {
    let (_key, mut public) = key_pair(client_key_pem, algorithm)?;
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    serde_json::to_value(JwkSet { keys: vec![public] })
        .map_err(|error| IdentityConfigFault::ClientKey(algorithm.name(), error.into()))
}

/// A private key with its public half, which is named by its thumbprint.
fn key_pair(
    pem: &str,
    algorithm: SignatureAlgorithm,
) -> Result<(EncodingKey, Jwk), IdentityConfigFault> {
    let unusable = |error| IdentityConfigFault::ClientKey(algorithm.name(), error);
    let key = match algorithm {
        SignatureAlgorithm::Es256 => EncodingKey::from_ec_pem(pem.as_bytes()),
        SignatureAlgorithm::Rs256 => EncodingKey::from_rsa_pem(pem.as_bytes()),
    }
    .map_err(unusable)?;
    let mut public = Jwk::from_encoding_key(&key, algorithm.jwa()).map_err(unusable)?;
    let thumbprint = public.thumbprint(ThumbprintHash::SHA256);
    public.common.key_id = Some(thumbprint.map_err(unusable)?);
    Ok((key, public))
}

impl AssertionSigner {
    pub(super) fn new(config: &RelyingPartyConfig) -> Result<Self, IdentityConfigFault> {
        let algorithm = config.assertion_algorithm;
        let (key, public) = key_pair(&config.client_key_pem, algorithm)?;
        let mut header = Header::new(algorithm.jwa());
        header.kid = config.client_key_id.clone().or(public.common.key_id);
        Ok(Self {
            key,
            header,
            client_id: config.client_id.clone(),
            audience: config.endpoints.token.to_string(),
        })
    }

    /// A fresh assertion; `jti` must never have been used before.
    pub(super) fn sign(
        &self,
        now: DateTime<Utc>,
        jti: [u8; 32],
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let iat = now.timestamp();
        let claims = Claims {
            iss: &self.client_id,
            sub: &self.client_id,
            aud: &self.audience,
            iat,
            exp: iat.saturating_add(LIFE_S),
            jti: URL_SAFE_NO_PAD.encode(jti),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.key)
    }
}
