//! Papers and files of a reservation (書面): permit, receipt, refund notice, calendar entry.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::{Outcome, Paper, Reports as _, Resident as _};
use domain::figures::Month;
use domain::ids::ReservationId;
use domain::town::Slug;
use serde::Deserialize;

use super::session::Caller;
use super::stop::Stop;
use super::{AppState, refused};

/// The routes of papers.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/reservations/{id}/permit.pdf", get(permit))
        .route("/reservations/{id}/receipt.pdf", get(receipt))
        .route(
            "/reservations/{id}/refunds/{nth}/notice.pdf",
            get(refund_notice),
        )
        .route("/reservations/{id}/calendar.ics", get(calendar))
        .route("/manage/figures.csv", get(figures))
        .route("/manage/accounts.csv", get(accounts))
}

async fn permit(State(state): State<AppState>, caller: Caller, Path(id): Path<String>) -> Response {
    let Some(id) = parse(&id) else {
        return Stop::NoSuchRoute.into_response();
    };
    file(
        &caller,
        state.desk.permit(&caller.call, id).await,
        "application/pdf",
    )
}

async fn receipt(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Response {
    let Some(id) = parse(&id) else {
        return Stop::NoSuchRoute.into_response();
    };
    file(
        &caller,
        state.desk.receipt(&caller.call, id).await,
        "application/pdf",
    )
}

async fn refund_notice(
    State(state): State<AppState>,
    caller: Caller,
    Path((id, nth)): Path<(String, String)>,
) -> Response {
    let (Some(id), Ok(nth)) = (parse(&id), nth.parse()) else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.refund_notice(&caller.call, id, nth).await;
    file(&caller, paper, "application/pdf")
}

async fn calendar(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Response {
    let Some(id) = parse(&id) else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.calendar_entry(&caller.call, id).await;
    file(&caller, paper, "text/calendar; charset=utf-8")
}

/// Which figures: `month=2026-11`, `facility=` a slug or nothing.
#[derive(Deserialize)]
struct WhichFigures {
    month: String,
    #[serde(default)]
    facility: String,
}

async fn figures(
    State(state): State<AppState>,
    caller: Caller,
    Query(which): Query<WhichFigures>,
) -> Response {
    let facility = match which.facility.as_str() {
        "" => None,
        slug => Some(slug.parse::<Slug>()),
    };
    let (Ok(month), Ok(facility)) = (which.month.parse::<Month>(), facility.transpose()) else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state
        .desk
        .figures_file(&caller.call, month, facility.as_ref())
        .await;
    file(&caller, paper, "text/csv; charset=utf-8")
}

/// Which accounts: `month=2026-11`.
#[derive(Deserialize)]
struct WhichAccounts {
    month: String,
}

async fn accounts(
    State(state): State<AppState>,
    caller: Caller,
    Query(which): Query<WhichAccounts>,
) -> Response {
    let Ok(month) = which.month.parse::<Month>() else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.accounts_file(&caller.call, month).await;
    file(&caller, paper, "text/csv; charset=utf-8")
}

fn parse(id: &str) -> Option<ReservationId> {
    id.parse().ok()
}

/// A paper as a file, or why there is none.
pub(super) fn file(caller: &Caller, paper: Outcome<Paper>, media_type: &'static str) -> Response {
    match paper {
        Ok(paper) => {
            let disposition = format!("inline; filename=\"{}\"", paper.file_name);
            let Ok(disposition) = HeaderValue::from_str(&disposition) else {
                return Stop::Fault.into_response();
            };
            let media_type = HeaderValue::from_static(media_type);
            let headers = [
                (header::CONTENT_TYPE, media_type),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (headers, paper.bytes).into_response()
        }
        Err(failure) => refused::plain(&caller.call, &failure),
    }
}
