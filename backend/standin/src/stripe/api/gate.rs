//! The way in: who asks, what is asked, which key it carries, what goes wrong.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;
use base64::Engine as _;
use serde_json::{Map, Value};

use super::outgoing::refusal;
use super::steps::answer;
use super::{Call, Operation};
use crate::stripe::API_VERSION;
use crate::stripe::error::ApiError;
use crate::stripe::ids::new_id;
use crate::stripe::listener::cut_connection;
use crate::stripe::params;
use crate::stripe::request_log::Logged;
use crate::stripe::shared::Shared;
use crate::stripe::world::{Cause, World};

/// A request that passed the door.
pub struct Admitted {
    /// What it asks.
    pub call: Call,
    /// API key and idempotency key together, when there is one.
    pub scope: Option<String>,
    /// Address and parameters, to compare a reused key with.
    pub fingerprint: String,
}

/// Answers everything under `/v1`.
pub async fn handle(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request_id = new_id("req_", 14);
    let admitted = admit(&request_id, &method, &uri, &headers, &body);
    shared.with(|world| {
        world
            .log
            .push(arrival(world, &request_id, &method, &uri, &admitted))
    });
    let (response, replayed, fault) = match admitted {
        Err(error) => (Some(refusal(&error)), false, None),
        Ok(admitted) => answer(&shared, admitted).await,
    };
    let status = response.as_ref().map(|response| response.status().as_u16());
    shared.with(|world| {
        world.log.close(&request_id, |logged| {
            logged.status = status;
            logged.replayed = replayed;
            logged.fault = fault.map(|fault| fault.mischief);
        });
    });
    match response {
        None => cut_connection(),
        Some(mut response) => {
            if let Ok(value) = request_id.parse() {
                response.headers_mut().insert("request-id", value);
            }
            let version = header::HeaderValue::from_static(API_VERSION);
            response.headers_mut().insert("stripe-version", version);
            response
        }
    }
}

/// Bearer check, version, address, encoding: nothing here begins an endpoint, so no key keeps it.
fn admit(
    request_id: &str,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Admitted, ApiError> {
    let api_key = api_key(headers)?;
    if let Some(version) = text(headers, "stripe-version")
        && version != API_VERSION
    {
        return Err(ApiError::invalid(format!(
            "This stand-in speaks the API version {API_VERSION} only, not {version}."
        )));
    }
    let (operation, id) = Operation::find(method.as_str(), uri.path())
        .ok_or_else(|| ApiError::unknown_url(method.as_str(), uri.path()))?;
    let params = if method == Method::POST {
        let kind = text(headers, "content-type").unwrap_or_default();
        if !body.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(ApiError::invalid(format!(
                "Invalid request (check that your POST content type is \
                 application/x-www-form-urlencoded), not {kind}."
            )));
        }
        params::decode(body)?
    } else {
        params::decode(uri.query().unwrap_or_default().as_bytes())?
    };
    let key = text(headers, "idempotency-key").filter(|_| method == Method::POST);
    if key.is_some_and(|key| key.chars().count() > 255) {
        return Err(ApiError::invalid(
            "Idempotency keys may be up to 255 characters long.",
        ));
    }
    Ok(Admitted {
        fingerprint: format!("{} {}", uri.path(), Value::Object(params.clone())),
        scope: key.map(|key| format!("{api_key} {key}")),
        call: Call {
            operation,
            id,
            params,
            cause: Cause {
                request: Some(request_id.to_owned()),
                key: key.map(str::to_owned),
            },
        },
    })
}

/// `Authorization: Bearer sk_test_…`, or the same as the user name of Basic.
fn api_key(headers: &HeaderMap) -> Result<String, ApiError> {
    let given = text(headers, "authorization").unwrap_or_default();
    let key = if let Some(key) = given.strip_prefix("Bearer ") {
        key.to_owned()
    } else if let Some(encoded) = given.strip_prefix("Basic ") {
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .unwrap_or_default();
        String::from_utf8_lossy(&decoded)
            .split(':')
            .next()
            .unwrap_or_default()
            .to_owned()
    } else {
        return Err(ApiError::unauthorized(
            "You did not provide an API key. You need to provide your API key in the \
             Authorization header, using Bearer auth (e.g. 'Authorization: Bearer \
             YOUR_SECRET_KEY').",
        ));
    };
    if key.len() > "sk_test_".len() && key.starts_with("sk_test_") {
        return Ok(key);
    }
    let shown: String = key.chars().take(8).collect();
    Err(ApiError::unauthorized(format!(
        "Invalid API Key provided: {shown}****"
    )))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn arrival(
    world: &World,
    request_id: &str,
    method: &Method,
    uri: &Uri,
    admitted: &Result<Admitted, ApiError>,
) -> Logged {
    let call = admitted.as_ref().ok().map(|admitted| &admitted.call);
    Logged {
        at: world.clock.now(),
        request_id: request_id.to_owned(),
        method: method.to_string(),
        path: uri.path().to_owned(),
        operation: call.map(|call| call.operation.name()),
        idempotency_key: call.and_then(|call| call.cause.key.clone()),
        params: call.map_or_else(Map::new, |call| call.params.clone()),
        status: None,
        replayed: false,
        fault: None,
    }
}
