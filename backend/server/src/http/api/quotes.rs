//! `/quotes`: what it would cost.

use axum::extract::State;
use axum::response::Response;
use contract::{Refusal, Visitor as _};

use super::body::{Asked, Body};
use super::input::QuoteInput;
use super::view::QuoteAnswer;
use super::{Answer, answered};
use crate::http::AppState;
use crate::http::problem::{self, Problem};
use crate::http::session::Caller;

/// What it would cost (料金を見る), asked like the booking form asks. `option.<id>=n` books n of
/// an option, `minutes.<id>=n` for part of the time; `attribute.<id>=true`, `amount.<id>=n` and
/// `choice.<id>=id` answer the town's questions.
#[utoipa::path(
    get, path = "/quotes", tag = "quotes", operation_id = "getQuote",
    params(
        ("room" = String, Query, description = "The room's id."),
        ("date" = String, Query, format = Date, description = "The day of use, in Japan."),
        ("start" = String, Query, example = "18:00"),
        ("end" = String, Query, example = "20:00", description = "`24:00` is allowed."),
        ("people" = u32, Query, minimum = 1, maximum = 100_000),
        ("purpose" = Option<String>, Query, description = "What for; some prices depend on it."),
    ),
    responses(
        (status = 200, body = QuoteAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    caller: Caller,
    Asked(values): Asked,
) -> Answer<Response> {
    price(&state, &caller, QuoteInput::from_query(&values)).await
}

/// What it would cost (料金を見る), asked by a body.
#[utoipa::path(
    post, path = "/quotes", tag = "quotes", operation_id = "postQuote",
    request_body = QuoteInput,
    responses(
        (status = 200, body = QuoteAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn ask_by_body(
    State(state): State<AppState>,
    caller: Caller,
    Body(input): Body<QuoteInput>,
) -> Answer<Response> {
    price(&state, &caller, Ok(input)).await
}

async fn price(
    state: &AppState,
    caller: &Caller,
    input: Result<QuoteInput, Refusal>,
) -> Answer<Response> {
    let what = input
        .and_then(|input| input.typed())
        .map_err(|refusal| problem::refusal_answer(&refusal))?;
    let call = &caller.call;
    let quote = state.desk.quote(call, &what).await;
    Ok(answered::<_, QuoteAnswer>(call, quote))
}
