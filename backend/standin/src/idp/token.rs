//! The token endpoint: a code, once, for an ID token and an access token.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::assertion::authenticate;
use super::delivery::deliver;
use super::faults::{Endpoint, Fault, Site};
use super::id_token;
use super::server::{Grant, Idp, TokenCall, opaque};

/// How long a code is good for.
const CODE_LIFE: TimeDelta = TimeDelta::seconds(60);

struct OAuthError {
    status: StatusCode,
    error: String,
    description: &'static str,
}

fn invalid(error: &str, description: &'static str) -> OAuthError {
    let status = match error {
        "invalid_client" => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    };
    OAuthError {
        status,
        error: error.to_owned(),
        description,
    }
}

/// `POST token`.
pub(super) async fn redeem(
    State(idp): State<Arc<Idp>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let outcome = grant(&idp, &headers, &pairs);
    remember(&idp, pairs, outcome.as_ref().err());
    let (status, json) = match outcome {
        Ok(json) => (StatusCode::OK, json),
        Err(OAuthError {
            status,
            error,
            description,
        }) => (
            status,
            json!({ "error": error, "error_description": description }),
        ),
    };
    deliver(&idp, Endpoint::Token, status, json).await
}

fn grant(idp: &Idp, headers: &HeaderMap, pairs: &[(String, String)]) -> Result<Value, OAuthError> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if content_type != Some("application/x-www-form-urlencoded") {
        return Err(invalid("invalid_request", "the body must be a form"));
    }
    if headers.contains_key(header::AUTHORIZATION) {
        return Err(invalid("invalid_client", "private_key_jwt only"));
    }
    let form: HashMap<String, String> = pairs.iter().cloned().collect();
    if form.len() != pairs.len() {
        return Err(invalid("invalid_request", "a parameter is given twice"));
    }
    let client = authenticate(idp, &form, idp.now())
        .map_err(|description| invalid("invalid_client", description))?;
    if form.get("grant_type").map(String::as_str) != Some("authorization_code") {
        return Err(invalid("unsupported_grant_type", "authorization_code only"));
    }
    let mut granted_scope = None;
    for fault in idp.faults.at(Site::TokenGrant) {
        match fault {
            Fault::TokenError { error } => return Err(invalid(&error, "told to say so")),
            Fault::Scope { granted } => granted_scope = Some(granted),
            _ => {}
        }
    }
    // Whatever happens next, the code is spent.
    let code = form.get("code").cloned().unwrap_or_default();
    let mut grant = idp
        .locked()
        .codes
        .remove(&code)
        .ok_or_else(|| invalid("invalid_grant", "the code is unknown or was used"))?;
    check(idp, &grant, &form, &client.client_id)?;
    if let Some(scope) = granted_scope {
        grant.request.scope = scope.split(' ').map(str::to_owned).collect();
    }
    issue(idp, grant)
}

fn check(
    idp: &Idp,
    grant: &Grant,
    form: &HashMap<String, String>,
    client_id: &str,
) -> Result<(), OAuthError> {
    let request = &grant.request;
    if request.client_id != client_id {
        return Err(invalid("invalid_grant", "the code is another client's"));
    }
    if idp.now() - grant.at > CODE_LIFE {
        return Err(invalid("invalid_grant", "the code has expired"));
    }
    if form.get("redirect_uri") != Some(&request.redirect_uri) {
        return Err(invalid("invalid_grant", "redirect_uri is another one"));
    }
    let verifier = form
        .get("code_verifier")
        .map(String::as_str)
        .unwrap_or_default();
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != request.code_challenge {
        return Err(invalid("invalid_grant", "code_verifier does not fit"));
    }
    Ok(())
}

fn issue(idp: &Idp, grant: Grant) -> Result<Value, OAuthError> {
    let access_token = opaque();
    let id_token = id_token::mint(idp, &grant, &access_token)
        .map_err(|_why| invalid("server_error", "the ID token cannot be made"))?;
    let scope = grant.request.scope.join(" ");
    let mut memory = idp.locked();
    memory.seen.last_id_token = Some(id_token.clone());
    memory.access_tokens.insert(access_token.clone(), grant);
    Ok(json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": 300,
        "id_token": id_token,
        "scope": scope,
        "session_state": opaque(),
        "not-before-policy": 0,
    }))
}

fn remember(idp: &Idp, form: Vec<(String, String)>, error: Option<&OAuthError>) {
    let assertion = form.iter().find(|(name, _)| name == "client_assertion");
    let mut parts = assertion
        .map(|(_, jwt)| jwt.split('.'))
        .into_iter()
        .flatten();
    let mut part = || {
        let bytes = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (header, claims): (Option<Value>, Option<Value>) = (part(), part());
    idp.locked().seen.token_calls.push(TokenCall {
        assertion_header: header.unwrap_or_default(),
        assertion_claims: claims.unwrap_or_default(),
        error: error.map(|error| error.error.clone()),
        form,
    });
}
