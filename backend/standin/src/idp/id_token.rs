//! The ID token, as it should be and as it should not.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Realm;
use super::faults::{Fault, Site};
use super::keys::{KeyPair, KeyRing};
use super::server::{Grant, Idp, opaque};

/// How long an ID token is good for, in seconds.
const LIFE_S: i64 = 300;
const HOUR_S: i64 = 3_600;

/// How the token is signed.
enum Signing {
    Key {
        key: EncodingKey,
        algorithm: Algorithm,
    },
    None,
}

/// Makes and signs the ID token of `grant`, faults included.
///
/// # Errors
/// When signing fails.
pub(super) fn mint(idp: &Idp, grant: &Grant, access_token: &str) -> anyhow::Result<String> {
    let faults = idp.faults.at(Site::IdToken);
    let keys = idp.locked().keys.clone();
    let mut header = json!({ "alg": "ES256", "typ": "JWT", "kid": keys.newest().kid() });
    let mut claims = honest_claims(idp, grant, access_token);
    let mut signing = signing_with(keys.newest());
    for fault in faults {
        if let Some(patch) = claims_patch(idp, &fault) {
            merge(&mut claims, &patch);
        } else if let Some((patch, other)) = header_patch(&fault, &idp.trap(), &keys) {
            merge(&mut header, &patch);
            signing = other.unwrap_or(signing);
        }
    }
    sign(&header, &claims, &signing)
}

fn honest_claims(idp: &Idp, grant: &Grant, access_token: &str) -> Value {
    let request = &grant.request;
    let now = idp.now().timestamp();
    let mut claims = json!({
        "iss": idp.issuer,
        "sub": idp.subject(&request.client_id, &grant.person),
        "aud": request.client_id,
        "azp": request.client_id,
        "exp": now + LIFE_S,
        "iat": now,
        "auth_time": now,
        "jti": opaque(),
        "typ": "ID",
        "nonce": request.nonce,
        "at_hash": at_hash(access_token),
        "acr": request.acr,
    });
    // The card service keeps attributes to userinfo; an issuer of staff puts the name in here.
    let profile = request.scope.iter().any(|scope| scope == "profile");
    if idp.realm == Realm::Staff && profile {
        merge(&mut claims, &json!({ "name": grant.person.name }));
    }
    claims
}

/// OpenID Connect Core §3.1.3.6: the left half of the hash.
fn at_hash(access_token: &str) -> String {
    let hash = Sha256::digest(access_token);
    URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
}

fn claims_patch(idp: &Idp, fault: &Fault) -> Option<Value> {
    let now = idp.now().timestamp();
    let issuer = &idp.issuer;
    let other_scheme = match issuer.strip_prefix("http:") {
        Some(rest) => format!("https:{rest}"),
        None => issuer.replacen("https:", "http:", 1),
    };
    Some(match fault {
        Fault::WrongNonce => json!({ "nonce": opaque() }),
        Fault::NoNonce => json!({ "nonce": null }),
        Fault::WrongAud => json!({ "aud": "RP99999999" }),
        Fault::ExtraAud => json!({ "aud": [idp.clients.first()?.client_id, "RP99999999"] }),
        Fault::WrongIss => json!({ "iss": "https://other.example/api/realms/main" }),
        Fault::SlashIss => json!({ "iss": format!("{issuer}/") }),
        Fault::SchemeIss => json!({ "iss": other_scheme }),
        Fault::Expired => json!({ "iat": now - HOUR_S - LIFE_S, "exp": now - HOUR_S }),
        Fault::FutureIat => json!({ "iat": now + HOUR_S, "exp": now + HOUR_S + LIFE_S }),
        Fault::Skew30s => json!({ "iat": now + 30, "exp": now + 30 + LIFE_S }),
        Fault::WrongAtHash => json!({ "at_hash": at_hash("another token") }),
        Fault::NoAtHash => json!({ "at_hash": null }),
        Fault::LowAcr => json!({ "acr": "aal1" }),
        Fault::HugeIdToken => json!({ "padding": "x".repeat(1_500_000) }),
        Fault::Claims { patch } => patch.clone(),
        _ => return None,
    })
}

fn header_patch(fault: &Fault, trap: &str, keys: &KeyRing) -> Option<(Value, Option<Signing>)> {
    Some(match fault {
        Fault::AlgNone => (json!({ "alg": "none" }), Some(Signing::None)),
        Fault::AlgHs256 => {
            let key = EncodingKey::from_secret(&keys.newest().public_point());
            let algorithm = Algorithm::HS256;
            (
                json!({ "alg": "HS256" }),
                Some(Signing::Key { key, algorithm }),
            )
        }
        Fault::AlgRs256 => (
            json!({ "alg": "RS256", "kid": keys.rsa().kid() }),
            Some(signing_with(keys.rsa())),
        ),
        Fault::ForeignKey => (json!({}), Some(signing_with(&keys.foreign))),
        Fault::EmbeddedJwk => {
            let header = json!({
                "kid": keys.foreign.kid(),
                "jwk": keys.foreign.public,
                "jku": trap,
                "x5u": trap,
            });
            (header, Some(signing_with(&keys.foreign)))
        }
        Fault::WithdrawnKey => {
            let withdrawn = keys.withdrawn()?;
            (
                json!({ "kid": withdrawn.kid() }),
                Some(signing_with(withdrawn)),
            )
        }
        Fault::UnknownKid => (json!({ "kid": opaque() }), None),
        Fault::NoKid => (json!({ "kid": null }), None),
        Fault::Critical => (json!({ "crit": ["b64"], "b64": true }), None),
        _ => return None,
    })
}

fn signing_with(pair: &KeyPair) -> Signing {
    Signing::Key {
        key: pair.private.clone(),
        algorithm: pair.algorithm,
    }
}

fn sign(header: &Value, claims: &Value, signing: &Signing) -> anyhow::Result<String> {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = match signing {
        Signing::None => String::new(),
        Signing::Key { key, algorithm } => {
            jsonwebtoken::crypto::sign(message.as_bytes(), key, *algorithm)
                .context("signing the ID token")?
        }
    };
    Ok(format!("{message}.{signature}"))
}

/// JSON merge patch (RFC 7396).
pub(super) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Value::Object(fields) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}
