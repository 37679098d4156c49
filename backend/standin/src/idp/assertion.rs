//! Who the relying party is: `private_key_jwt` (RFC 7523) and nothing else.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;

use super::Client;
use super::server::Idp;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How far clocks may disagree, in seconds.
const LEEWAY_S: i64 = 60;

/// The longest life that an assertion may have, in seconds.
const MAX_LIFE_S: i64 = 300;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
    iat: Option<i64>,
    jti: String,
}

/// The registered client that the form proves to be.
///
/// # Errors
/// What is wrong, for `error_description` of `invalid_client`.
pub(super) fn authenticate<'a>(
    idp: &'a Idp,
    form: &HashMap<String, String>,
    now: DateTime<Utc>,
) -> Result<&'a Client, &'static str> {
    if form.contains_key("client_secret") {
        return Err("client_secret is not offered");
    }
    if form.get("client_assertion_type").map(String::as_str) != Some(ASSERTION_TYPE) {
        return Err("client_assertion_type is missing or unknown");
    }
    let assertion = form
        .get("client_assertion")
        .ok_or("client_assertion is missing")?;
    let client = form
        .get("client_id")
        .and_then(|id| idp.client(id))
        .ok_or("client_id is missing or unknown")?;
    let claims = verify(client, assertion)?;
    if claims.iss != client.client_id || claims.sub != client.client_id {
        return Err("iss and sub must both be the client_id");
    }
    if claims.aud != idp.endpoint("token") {
        return Err("aud must be the token endpoint");
    }
    let now_s = now.timestamp();
    if claims.exp <= now_s - LEEWAY_S {
        return Err("the assertion has expired");
    }
    if claims.exp > now_s + MAX_LIFE_S || claims.iat.is_some_and(|iat| iat > now_s + LEEWAY_S) {
        return Err("the assertion comes from the future");
    }
    if !idp.locked().spent_assertions.insert(claims.jti) {
        return Err("jti was used before");
    }
    Ok(client)
}

fn verify(client: &Client, assertion: &str) -> Result<Claims, &'static str> {
    let header =
        jsonwebtoken::decode_header(assertion).map_err(|_why| "the assertion is no JWT")?;
    let key = match &header.kid {
        Some(kid) => client.jwks.find(kid),
        None => client.jwks.keys.first(),
    }
    .ok_or("kid is not registered")?;
    // The key says which algorithm, never the token.
    let algorithm = key
        .common
        .key_algorithm
        .and_then(|algorithm| Algorithm::try_from(algorithm).ok())
        .ok_or("the registered key has no algorithm")?;
    let key = DecodingKey::from_jwk(key).map_err(|_why| "the registered key is unusable")?;
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    jsonwebtoken::decode::<Claims>(assertion, &key, &validation)
        .map(|data| data.claims)
        .map_err(|_why| "the assertion's signature or claims do not hold")
}
