//! Proving who we are to the provider: `private_key_jwt` (RFC 7523).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{EncodingKey, Header};
use serde::Serialize;

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

impl AssertionSigner {
    pub(super) fn new(config: &RelyingPartyConfig) -> Result<Self, IdentityConfigFault> {
        let algorithm = config.assertion_algorithm;
        let unusable = |error| IdentityConfigFault::ClientKey(algorithm.name(), error);
        let pem = config.client_key_pem.as_bytes();
        let key = match algorithm {
            SignatureAlgorithm::Es256 => EncodingKey::from_ec_pem(pem),
            SignatureAlgorithm::Rs256 => EncodingKey::from_rsa_pem(pem),
        }
        .map_err(unusable)?;
        let public = Jwk::from_encoding_key(&key, algorithm.jwa()).map_err(unusable)?;
        let mut header = Header::new(algorithm.jwa());
        header.kid = Some(match &config.client_key_id {
            Some(id) => id.clone(),
            None => public
                .thumbprint(ThumbprintHash::SHA256)
                .map_err(unusable)?,
        });
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
