//! 使用料の見直し・設定の変更の影響: town files that are tried and never put in force.

use axum::extract::State;
use axum::response::Response;
use contract::{Refusal, Reports as _};

use super::Posted;
use crate::http::AppState;
use crate::http::papers::file;

/// The form of a study: `action=csv` gives the file, anything else the page with the answer.
pub(super) async fn compare(State(state): State<AppState>, posted: Posted) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let what = match app::study_fees(&posted.values) {
        Ok(what) => what,
        Err(refusal) => return posted.refuse(refusal).await,
    };
    if posted.values.get("action") != Some("csv") {
        return posted.show_again().await;
    }
    match state.desk.study_file(&posted.caller.call, &what).await {
        Ok(Ok(paper)) => file(&posted.caller, Ok(paper), "text/csv; charset=utf-8"),
        // The page tries it again, and says by line what is wrong.
        Ok(Err(_wrong)) => posted.show_again().await,
        Err(failure) => posted.fail(failure).await,
    }
}

/// The form of a preview: the page with the answer.
pub(super) async fn preview(posted: Posted) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    posted.show_again().await
}
