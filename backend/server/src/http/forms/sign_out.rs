//! ログアウト.

use axum::extract::State;
use axum::response::Response;

use super::Posted;
use crate::http::{AppState, sign_in, staff_sign_in};

/// Ends the session and clears what the browser kept. Without a token of this session nothing ends.
pub(super) async fn post(State(state): State<AppState>, posted: Posted) -> Response {
    // A session that is already gone has nothing that a forged form could end.
    if posted.caller.session_secret.is_some() && !posted.is_ours() {
        return sign_in::see_other(app::links::SEARCH);
    }
    sign_in::sign_out(&state, &posted.caller).await
}

/// The same for staff.
pub(super) async fn staff(State(state): State<AppState>, posted: Posted) -> Response {
    if posted.caller.session_secret.is_some() && !posted.is_ours() {
        return sign_in::see_other(app::links::STAFF);
    }
    staff_sign_in::sign_out(&state, &posted.caller).await
}
