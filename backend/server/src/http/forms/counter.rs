//! 入館・無断不使用: what a clerk notes in the day's list.

use axum::extract::State;
use axum::response::Response;
use contract::{Attendance, Counter as _, Refusal};
use domain::ids::ReservationId;

use super::Posted;
use crate::http::{AppState, sign_in};

/// Takes the form: `reservation` and `action`.
pub(super) async fn post(State(state): State<AppState>, posted: Posted) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let id = posted
        .values
        .get("reservation")
        .and_then(|id| id.parse::<ReservationId>().ok());
    let what = posted.values.get("action").and_then(Attendance::read);
    let (Some(id), Some(what)) = (id, what) else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let noted = state.desk.note_attendance(&posted.caller.call, id, what);
    match noted.await {
        Ok(()) => sign_in::see_other(&app::links::noted(posted.address(), what, id)),
        Err(failure) => posted.fail(failure).await,
    }
}
