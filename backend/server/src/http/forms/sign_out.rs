//! ログアウト.

use axum::extract::State;
use axum::response::Response;

use super::Posted;
use crate::http::{AppState, sign_in};

/// Ends the session. Without a token of this session nothing ends.
pub(super) async fn post(State(state): State<AppState>, posted: Posted) -> Response {
    if !posted.is_ours() {
        return sign_in::see_other(app::links::SEARCH);
    }
    sign_in::sign_out(&state, &posted.caller).await
}
