//! From an admitted request to its answer: key, fault, execution, in one atomic step.

use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use serde_json::Value;

use super::gate::Admitted;
use super::outgoing::{json_response, pretty, refusal, spoil};
use super::{Call, execute};
use crate::stripe::error::ApiError;
use crate::stripe::faults::{Fault, Mischief};
use crate::stripe::idempotency::{Answer, Lookup};
use crate::stripe::shared::Shared;
use crate::stripe::world::World;

/// Nothing as the response means that the connection is cut.
pub type Ending = (Option<Response>, bool, Option<Fault>);

/// Answers an admitted request, or loses it as it was told to.
pub async fn answer(shared: &Arc<Shared>, admitted: Admitted) -> Ending {
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
        Some(fault) => spoil(&fault.mischief, &answer, replayed),
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
        Mischief::CardDeclined => Some(
            ApiError::card("card_declined", "Your card was declined.")
                .with("decline_code", Value::from("generic_decline")),
        ),
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
