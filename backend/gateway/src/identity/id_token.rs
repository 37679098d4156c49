//! The ID token: who signed in, if every check holds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use usecases::ports::identity::Rejection;

use super::config::{Assurance, SignatureAlgorithm};

/// How far the provider's clock and ours may disagree, in seconds.
const LEEWAY_S: i64 = 60;

/// Subjects are at most this long (OpenID Connect Core §2).
const MAX_SUBJECT: usize = 255;

/// What an ID token is checked against.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) assurance: &'a Assurance,
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a str,
    /// Whether the token must be tied to the access token.
    pub(super) at_hash_required: bool,
    pub(super) now: DateTime<Utc>,
}

/// The parts of the header that decide. `jwk`, `jku`, `x5c` and `x5u` are not among them: keys come
/// from the configured endpoint only.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: Option<String>,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    at_hash: Option<String>,
    acr: Option<String>,
    /// What else it says; nothing of it decides.
    #[serde(flatten)]
    said: Map<String, Value>,
}

/// Who an ID token is about.
pub(super) struct Subject {
    pub(super) subject: String,
    /// What it says besides.
    pub(super) said: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The `kid` of a token whose header is acceptable, before any key is looked up.
pub(super) fn key_id(token: &str, algorithm: SignatureAlgorithm) -> Result<String, Rejection> {
    let header = token
        .split('.')
        .next()
        .and_then(|part| URL_SAFE_NO_PAD.decode(part).ok())
        .and_then(|bytes| serde_json::from_slice::<Header>(&bytes).ok())
        .ok_or(Rejection::Malformed)?;
    if header.alg != algorithm.name() {
        return Err(Rejection::Algorithm);
    }
    // RFC 7515 §4.1.11: extensions that we do not understand must be refused, and we know none.
    if header.crit.is_some() {
        return Err(Rejection::Malformed);
    }
    header
        .kid
        .filter(|kid| !kid.is_empty())
        .ok_or(Rejection::UnknownKey)
}

/// The subject of a token that is genuine, meant for us, current, and of this very attempt.
pub(super) fn subject(
    token: &str,
    key: &DecodingKey,
    expected: &Expected<'_>,
) -> Result<Subject, Rejection> {
    let claims = verified_claims(token, key, expected.algorithm)?;
    let now = expected.now.timestamp();
    if claims.iss != expected.issuer {
        return Err(Rejection::Issuer);
    }
    if !is_ours_alone(&claims, expected.client_id) {
        return Err(Rejection::Audience);
    }
    if claims.exp.saturating_add(LEEWAY_S) <= now {
        return Err(Rejection::Expired);
    }
    let latest = now.saturating_add(LEEWAY_S);
    if claims.iat > latest || claims.nbf.is_some_and(|nbf| nbf > latest) {
        return Err(Rejection::NotYetValid);
    }
    if !same(claims.nonce.as_deref(), expected.nonce) {
        return Err(Rejection::Nonce);
    }
    let may_be_missing = claims.at_hash.is_none() && !expected.at_hash_required;
    let at_hash = left_half_hash(expected.access_token);
    if !may_be_missing && !same(claims.at_hash.as_deref(), &at_hash) {
        return Err(Rejection::AccessTokenHash);
    }
    if !expected.assurance.is_satisfied_by(claims.acr.as_deref()) {
        return Err(Rejection::AssuranceLevel);
    }
    let subject = claims
        .sub
        .filter(|sub| (1..=MAX_SUBJECT).contains(&sub.len()))
        .ok_or(Rejection::Subject)?;
    Ok(Subject {
        subject,
        said: claims.said,
    })
}

/// Only the signature is the library's: its time checks use the system's clock and its audience
/// check takes any overlap.
fn verified_claims(
    token: &str,
    key: &DecodingKey,
    algorithm: SignatureAlgorithm,
) -> Result<Claims, Rejection> {
    let mut validation = Validation::new(algorithm.jwa());
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    jsonwebtoken::decode::<Claims>(token, key, &validation)
        .map(|verified| verified.claims)
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidAlgorithm => Rejection::Algorithm,
            ErrorKind::InvalidSignature => Rejection::Signature,
            _ => Rejection::Malformed,
        })
}

/// `aud` is us and nobody else: a second audience could replay the token at us.
fn is_ours_alone(claims: &Claims, client_id: &str) -> bool {
    let audience = match &claims.aud {
        Audience::One(one) => one == client_id,
        Audience::Many(many) => many.len() == 1 && many.iter().all(|one| one == client_id),
    };
    audience && claims.azp.as_deref().is_none_or(|azp| azp == client_id)
}

fn same(given: Option<&str>, expected: &str) -> bool {
    given.is_some_and(|given| bool::from(given.as_bytes().ct_eq(expected.as_bytes())))
}

/// `at_hash` (OpenID Connect Core §3.1.3.6): ES256 and RS256 both hash with SHA-256.
fn left_half_hash(access_token: &str) -> String {
    let hash = Sha256::digest(access_token);
    URL_SAFE_NO_PAD.encode(hash.iter().copied().take(16).collect::<Vec<_>>())
}
