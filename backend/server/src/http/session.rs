//! Who asks (利用者と職員の判定): the session cookie becomes a [`Call`].
//!
//! Which cookie is read is decided by the path and nothing else: on the staff's pages only theirs,
//! everywhere else only the residents'. The other one is as good as not there.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::{Call, Outcome};
use domain::ids::RequestId;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::stop::Stop;
use super::{AppState, cookies, refused};
use crate::towns::Tenant;

/// The request's id on the answer, so that somebody who asks for help can say it.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Who asks, for which municipality.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) call: Call,
    pub(crate) tenant: Arc<Tenant>,
    /// The session's secret, when it is a live one.
    pub(crate) session_secret: Option<String>,
}

impl Caller {
    /// The token that forms of this session carry: a hash of the session's secret, which no other
    /// site can know. Without a session there is nothing to protect but the Origin check.
    pub(crate) fn form_token(&self) -> String {
        let secret = self.session_secret.as_deref().unwrap_or("visitor");
        let digest = Sha256::new()
            .chain_update(b"form:")
            .chain_update(secret)
            .finalize();
        digest
            .iter()
            .fold(String::with_capacity(64), |mut hex, byte| {
                hex.push_str(&format!("{byte:02x}"));
                hex
            })
    }

    /// Whether a form's token is this session's.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        bool::from(self.form_token().as_bytes().ct_eq(token.as_bytes()))
    }
}

/// Puts the [`Caller`] into the request.
pub(super) async fn find_caller(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(tenant) = request.extensions().get::<Arc<Tenant>>().cloned() else {
        return Stop::NoSuchTown.into_response();
    };
    let now = state.clock.now();
    let request_id = RequestId(state.chance.id(now));
    let visitor = Call::visitor(tenant.id, request_id, now);
    let staffs = app::links::is_staffs(request.uri().path());
    let cookie = if staffs {
        cookies::STAFF_SESSION
    } else {
        cookies::SESSION
    };
    let secret = cookies::read(request.headers(), cookie).map(str::to_owned);
    let known = match &secret {
        Some(secret) if staffs && by_itself(&request) => {
            glancing_call(&state, &visitor, secret).await
        }
        Some(secret) if staffs => staff_call(&state, &visitor, secret).await,
        Some(secret) => resident_call(&state, &visitor, secret).await,
        None => Ok(None),
    };
    let known = match known {
        Ok(known) => known,
        Err(failure) => return refused::plain(&visitor, &failure),
    };
    let session_secret = secret.filter(|_| known.is_some());
    let call = known.unwrap_or(visitor);
    request.extensions_mut().insert(Caller {
        call,
        tenant,
        session_secret,
    });
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A call by the resident who holds this session, if anybody does.
async fn resident_call(state: &AppState, visitor: &Call, secret: &str) -> Outcome<Option<Call>> {
    let (town, now) = (visitor.municipality(), visitor.now());
    let proof = state.doorkeeper.resume(town, secret, now).await?;
    Ok(proof.map(|proof| Call::signed_in(proof, visitor.request_id(), now)))
}

/// A call by the member of staff who holds this session, if anybody does.
async fn staff_call(state: &AppState, visitor: &Call, secret: &str) -> Outcome<Option<Call>> {
    let (town, now) = (visitor.municipality(), visitor.now());
    let proof = state.staff_door.resume(town, secret, now).await?;
    Ok(proof.map(|proof| Call::staff(proof, visitor.request_id(), now)))
}

/// A page of the staff that follows along asks by itself, nobody pressed anything: that is said by
/// its header, or is what the address is for. It sees what its session may see, and does not keep
/// the session awake.
fn by_itself(request: &Request) -> bool {
    let listens = request.uri().path() == app::links::CHANGES;
    let asks_again = request.headers().contains_key(app::links::BY_ITSELF);
    request.method() == Method::GET && (listens || asks_again)
}

/// The same as [`staff_call`], without a trace in the session.
async fn glancing_call(state: &AppState, visitor: &Call, secret: &str) -> Outcome<Option<Call>> {
    let (town, now) = (visitor.municipality(), visitor.now());
    let proof = state.staff_door.glance(town, secret, now).await?;
    Ok(proof.map(|proof| Call::staff(proof, visitor.request_id(), now).by_itself()))
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
