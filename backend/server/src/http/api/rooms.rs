//! `/rooms/{id}/availability`: a room's week.

use axum::extract::State;
use axum::response::Response;
use contract::Visitor as _;
use domain::town::Slug;

use super::body::{Asked, Named};
use super::input::day;
use super::view::RoomWeek;
use super::{Answer, answered};
use crate::http::AppState;
use crate::http::problem::{self, Problem};
use crate::http::session::Caller;

/// One room for seven days (空き状況).
#[utoipa::path(
    get, path = "/rooms/{id}/availability", tag = "availability", operation_id = "getRoomWeek",
    params(
        ("id" = String, Path, description = "The room's id."),
        ("from" = Option<String>, Query, format = Date, description = "The first day, in Japan; today when left out."),
    ),
    responses(
        (status = 200, body = RoomWeek),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn availability(
    State(state): State<AppState>,
    caller: Caller,
    Named(id): Named<Slug>,
    Asked(values): Asked,
) -> Answer<Response> {
    let call = &caller.call;
    let from = day(&values, "from", call).map_err(|no| problem::refusal_answer(&no))?;
    let week = state.desk.week(call, &id, from).await;
    Ok(answered::<_, RoomWeek>(call, week))
}
