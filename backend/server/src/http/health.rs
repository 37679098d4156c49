//! Signs of life: `/healthz`, `/readyz`.

use axum::extract::State;
use axum::http::StatusCode;

use super::AppState;

/// Alive: the process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready: the database answers and has this build's schema.
pub(super) async fn readyz(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.store.is_ready().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "run `yoriai migrate` first\n",
        ),
        Err(failure) => {
            tracing::warn!(error = %failure, "readyz.database_away");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}
