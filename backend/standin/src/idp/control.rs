//! `/_control/…`: how tests and people tell the provider what to do wrong.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jsonwebtoken::jwk::JwkSet;

use super::faults::Switch;
use super::server::{Idp, Seen};

pub(super) async fn list(State(idp): State<Arc<Idp>>) -> Json<Vec<Switch>> {
    Json(idp.faults.list())
}

pub(super) async fn add(State(idp): State<Arc<Idp>>, Json(switch): Json<Switch>) -> StatusCode {
    idp.faults.add(switch);
    StatusCode::NO_CONTENT
}

pub(super) async fn clear(State(idp): State<Arc<Idp>>) -> StatusCode {
    idp.faults.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn rotate(
    State(idp): State<Arc<Idp>>,
) -> Result<StatusCode, (StatusCode, String)> {
    match idp.locked().keys.rotate() {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err((StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"))),
    }
}

/// Gives the stranger's key, so that whoever comes here would be taken in.
pub(super) async fn trap(State(idp): State<Arc<Idp>>) -> Json<JwkSet> {
    let mut memory = idp.locked();
    memory.seen.trap_calls += 1;
    Json(JwkSet {
        keys: vec![memory.keys.foreign.public.clone()],
    })
}

pub(super) async fn seen(State(idp): State<Arc<Idp>>) -> Json<Seen> {
    Json(idp.locked().seen.clone())
}
