//! カードの追加: the yes to a card that was shown.

use app::links::Saved;
use axum::extract::State;
use axum::response::Response;
use contract::{Refusal, Resident as _};

use super::Posted;
use crate::http::{AppState, sign_in};

/// Takes the yes.
pub(super) async fn post(State(state): State<AppState>, posted: Posted) -> Response {
    if !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    match state.desk.add_card(&posted.caller.call).await {
        Ok(()) => sign_in::see_other(&app::links::profile_after(Saved::CardAdded)),
        Err(failure) => posted.fail(failure).await,
    }
}
