//! 休館にする・解除する.

use axum::extract::{Path, State};
use axum::response::Response;
use contract::{Manage as _, Refusal};
use domain::closure::Lift;
use domain::ids::ClosureSeriesId;

use super::Posted;
use crate::http::{AppState, sign_in};

/// The form for a new one: `action=preview` shows what it would do, `action=close` with `seen` does
/// it.
pub(super) async fn make(State(state): State<AppState>, posted: Posted) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let wish = match app::closure_wish(&posted.values) {
        Ok(wish) => wish,
        Err(refusal) => return posted.refuse(refusal).await,
    };
    if posted.values.get("action") != Some("close") {
        return posted.show_again().await;
    }
    let seen = posted.values.text("seen");
    match state.desk.close(&posted.caller.call, &wish, &seen).await {
        Ok(made) => sign_in::see_other(&app::links::closure_made(made.id, made.cancelled)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// Lifts a day (`day`), that day and every later one (`rest`), or all.
pub(super) async fn lift(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let values = &posted.values;
    let all = values.get("all").map(|_| Lift::All);
    let what = values
        .date("day")
        .map(Lift::Day)
        .or_else(|| values.date("rest").map(Lift::From))
        .or(all);
    let (Ok(id), Some(what)) = (id.parse::<ClosureSeriesId>(), what) else {
        return posted.refuse(Refusal::NotFound).await;
    };
    match state.desk.lift(&posted.caller.call, id, what).await {
        Ok(()) => sign_in::see_other(&app::links::closure_lifted(id)),
        Err(failure) => posted.fail(failure).await,
    }
}
