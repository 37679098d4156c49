//! `userinfo` and `certs`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::delivery::deliver;
use super::faults::{Endpoint, Fault, Site};
use super::id_token::merge;
use super::server::{Grant, Idp};

/// How long an access token is good for.
const ACCESS_LIFE: TimeDelta = TimeDelta::seconds(300);

/// `GET userinfo`, with a bearer token.
pub(super) async fn userinfo(State(idp): State<Arc<Idp>>, headers: HeaderMap) -> Response {
    let grant = bearer(&headers)
        .and_then(|token| idp.locked().access_tokens.get(token).cloned())
        .filter(|grant| idp.now() - grant.at <= ACCESS_LIFE);
    let Some(grant) = grant else {
        let challenge = [(header::WWW_AUTHENTICATE, r#"Bearer error="invalid_token""#)];
        return (StatusCode::UNAUTHORIZED, challenge).into_response();
    };
    let mut claims = attributes(&idp, &grant);
    for fault in idp.faults.at(Site::UserinfoClaims) {
        match fault {
            Fault::OtherSub => merge(&mut claims, &json!({ "sub": "somebody-else" })),
            Fault::NoSub => merge(&mut claims, &json!({ "sub": null })),
            Fault::Userinfo { patch } => merge(&mut claims, &patch),
            _ => {}
        }
    }
    deliver(&idp, Endpoint::Userinfo, StatusCode::OK, claims).await
}

/// `GET certs`.
pub(super) async fn certs(State(idp): State<Arc<Idp>>) -> Response {
    let keys = serde_json::to_value(idp.locked().keys.published()).unwrap_or_default();
    deliver(&idp, Endpoint::Certs, StatusCode::OK, keys).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// What the card says, of what was allowed.
fn attributes(idp: &Idp, grant: &Grant) -> Value {
    let person = &grant.person;
    let mut claims = json!({ "sub": idp.subject(&grant.request.client_id, person) });
    for (scope, value) in [
        ("name", &person.name),
        ("address", &person.address),
        ("birthdate", &person.birthdate),
        ("gender", &person.gender),
    ] {
        if grant.request.scope.iter().any(|granted| granted == scope) {
            merge(&mut claims, &json!({ scope: value }));
        }
    }
    claims
}
