//! The way in: who asks, what is asked, which key it carries, what goes wrong.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;
use base64::Engine as _;
use serde_json::{Map, Value};

use super::{Call, Operation, execute};
use crate::stripe::API_VERSION;
use crate::stripe::error::ApiError;
use crate::stripe::faults::{Fault, Mischief};
use crate::stripe::idempotency::{Answer, Lookup};
use crate::stripe::ids::new_id;
use crate::stripe::listener::cut_connection;
use crate::stripe::params;
use crate::stripe::request_log::Logged;
use crate::stripe::shared::Shared;
use crate::stripe::world::{Cause, World};

/// A request that passed the door.
struct Admitted {
    call: Call,
    /// API key and idempotency key together, when there is one.
    scope: Option<String>,
    /// Address and parameters, to compare a reused key with.
    fingerprint: String,
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
            logged.fault = fault.map(|fault| format!("{:?}", fault.mischief));
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

/// Nothing as the response means that the connection is cut.
type Ending = (Option<Response>, bool, Option<Fault>);

async fn answer(shared: &Arc<Shared>, admitted: Admitted) -> Ending {
    let step = shared.with(|world| begin(world, &admitted));
    let (outcome, replayed, fault) = match step {
        Step::Refused(error) => return (Some(refusal(&error)), false, None),
        Step::Answered {
            answer,
            replayed,
            fault,
        } => (Some(answer), replayed, fault),
        Step::Withheld(fault) => (None, false, Some(fault)),
    };
    let answer = match (outcome, &fault) {
        (
            outcome,
            Some(Fault {
                mischief: Mischief::Hang { seconds },
                ..
            }),
        ) => hang(shared, &admitted, outcome, Duration::from_secs(*seconds)).await,
        (Some(answer), _) => answer,
        (None, _) => Answer {
            status: 503,
            body: String::new(),
            request: String::new(),
        },
    };
    let response = match &fault {
        Some(fault) => distort(&fault.mischief, &answer, &admitted),
        None => Some(json_response(&answer, replayed)),
    };
    (response, replayed, fault)
}

/// Waits with the key in use; a request that hung before it began is executed afterwards.
async fn hang(
    shared: &Arc<Shared>,
    admitted: &Admitted,
    outcome: Option<Answer>,
    patience: Duration,
) -> Answer {
    let _busy = Busy {
        shared: Arc::clone(shared),
        scope: admitted.scope.clone(),
    };
    let _released = tokio::time::timeout(patience, shared.release.notified()).await;
    match outcome {
        Some(answer) => answer,
        None => shared.with(|world| perform(world, admitted)),
    }
}

enum Step {
    Refused(ApiError),
    Answered {
        answer: Answer,
        replayed: bool,
        fault: Option<Fault>,
    },
    Withheld(Fault),
}

/// Everything up to the answer, in one atomic step.
fn begin(world: &mut World, admitted: &Admitted) -> Step {
    let now = world.clock.now();
    let key = admitted.call.cause.key.clone().unwrap_or_default();
    let looked_up = match &admitted.scope {
        None => Lookup::Fresh,
        Some(scope) => world.keys.look_up(scope, &admitted.fingerprint, now),
    };
    let saved = match looked_up {
        Lookup::Different => return Step::Refused(ApiError::key_reused(&key)),
        Lookup::Busy => return Step::Refused(ApiError::key_busy(&key)),
        Lookup::Fresh => None,
        Lookup::Replay(answer) => Some(answer),
    };
    let fault = world
        .faults
        .strike(admitted.call.operation, saved.is_some());
    if let Some(Fault {
        mischief: Mischief::Hang { .. },
        ..
    }) = &fault
        && let Some(scope) = &admitted.scope
    {
        world.keys.occupy(scope, &admitted.fingerprint, now);
    }
    if let Some(answer) = saved {
        return Step::Answered {
            answer,
            replayed: true,
            fault,
        };
    }
    match fault {
        None => Step::Answered {
            answer: perform(world, admitted),
            replayed: false,
            fault: None,
        },
        Some(fault) => strike(world, admitted, fault),
    }
}

fn strike(world: &mut World, admitted: &Admitted, fault: Fault) -> Step {
    let error = match &fault.mischief {
        Mischief::RateLimited { retry_after } => Some(ApiError::rate_limited(*retry_after)),
        Mischief::Unavailable => Some(ApiError::server(503, "Service temporarily unavailable.")),
        Mischief::BadRequest => Some(ApiError::invalid("The stand-in was told to refuse this.")),
        Mischief::Error500 => {
            if fault.after_commit {
                // The work is done; only its answer is lost.
                let _lost = run(world, admitted);
            }
            let error = ApiError::server(500, "An unknown error occurred");
            let answer = keep(world, admitted, &Err(error));
            return Step::Answered {
                answer,
                replayed: false,
                fault: Some(fault),
            };
        }
        _ => None,
    };
    match error {
        Some(error) => Step::Answered {
            answer: plain(&error, &admitted.call),
            replayed: false,
            fault: Some(fault),
        },
        None if fault.after_commit => Step::Answered {
            answer: perform(world, admitted),
            replayed: false,
            fault: Some(fault),
        },
        None => Step::Withheld(fault),
    }
}

fn run(world: &mut World, admitted: &Admitted) -> Result<Value, ApiError> {
    let result = execute(world, &admitted.call);
    world.revision += 1;
    result
}

/// Executes and keeps the answer under the key.
fn perform(world: &mut World, admitted: &Admitted) -> Answer {
    let result = run(world, admitted);
    keep(world, admitted, &result)
}

fn keep(world: &mut World, admitted: &Admitted, result: &Result<Value, ApiError>) -> Answer {
    let (answer, kept) = match result {
        Ok(value) => (success(value, &admitted.call), true),
        Err(error) => (plain(error, &admitted.call), error.kept),
    };
    if let (Some(scope), true) = (&admitted.scope, kept) {
        let now = world.clock.now();
        world
            .keys
            .save(scope, &admitted.fingerprint, answer.clone(), now);
    }
    answer
}

fn success(value: &Value, call: &Call) -> Answer {
    Answer {
        status: 200,
        body: pretty(value),
        request: request_of(call),
    }
}

fn plain(error: &ApiError, call: &Call) -> Answer {
    Answer {
        status: error.status,
        body: pretty(&error.body()),
        request: request_of(call),
    }
}

fn request_of(call: &Call) -> String {
    call.cause.request.clone().unwrap_or_default()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Spoils an answer on its way out; nothing means that the connection is cut.
fn distort(mischief: &Mischief, answer: &Answer, admitted: &Admitted) -> Option<Response> {
    match mischief {
        Mischief::DropConnection => None,
        Mischief::Html502 => Some(respond(
            502,
            "text/html",
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 \
             Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
                .to_owned(),
        )),
        Mischief::TruncatedJson => {
            let half = answer.body.len() / 2;
            let cut: String = answer.body.chars().take(half).collect();
            Some(respond(answer.status, JSON, cut))
        }
        Mischief::MissingField { field } => {
            let mut value: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            if let Some(fields) = value.as_object_mut() {
                fields.remove(field);
            }
            Some(respond(answer.status, JSON, pretty(&value)))
        }
        Mischief::RateLimited { retry_after } => {
            Some(refusal(&ApiError::rate_limited(*retry_after)))
        }
        Mischief::Unavailable | Mischief::BadRequest | Mischief::Error500 => {
            Some(json_response(answer, false))
        }
        Mischief::Hang { .. } => {
            let replayed = answer.request != request_of(&admitted.call);
            Some(json_response(answer, replayed))
        }
    }
}

const JSON: &str = "application/json";

fn refusal(error: &ApiError) -> Response {
    let mut response = respond(error.status, JSON, pretty(&error.body()));
    if let Some(seconds) = error.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn json_response(answer: &Answer, replayed: bool) -> Response {
    let mut response = respond(answer.status, JSON, answer.body.clone());
    if replayed {
        let headers = response.headers_mut();
        headers.insert(
            "idempotent-replayed",
            header::HeaderValue::from_static("true"),
        );
        if let Ok(original) = answer.request.parse() {
            headers.insert("original-request", original);
        }
    }
    response
}

fn respond(status: u16, content_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    if let Ok(status) = axum::http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    let value = header::HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, value);
    response
}

/// Keeps an idempotency key in use until the request ends, even when its client goes away.
struct Busy {
    shared: Arc<Shared>,
    scope: Option<String>,
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(scope) = &self.scope {
            self.shared.with(|world| world.keys.release(scope));
        }
    }
}
