//! Papers at the counter (窓口の書面): permit, receipt, refund notice, day sheet; and how a payment
//! stands.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::{Sales as _, SheetFormat, Tills as _, Transfers as _};
use serde::Deserialize;

use super::papers::file;
use super::session::Caller;
use super::stop::Stop;
use super::{AppState, refused};

/// The routes of the counter's papers.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/counter/reservations/{id}/permit.pdf", get(permit))
        .route("/counter/reservations/{id}/receipt.pdf", get(receipt))
        .route(
            "/counter/reservations/{id}/refunds/{nth}/notice.pdf",
            get(refund_notice),
        )
        .route("/counter/reservations/{id}/payment", get(payment))
        .route("/manage/transfers/{id}/file.txt", get(transfer_file))
        .route("/counter/till/{id}/sheet.pdf", get(sheet_to_print))
        .route("/counter/till/{id}/sheet.csv", get(sheet_to_reckon))
}

async fn permit(State(state): State<AppState>, caller: Caller, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.sale_permit(&caller.call, id).await;
    file(&caller, paper, "application/pdf")
}

async fn receipt(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse() else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.sale_receipt(&caller.call, id).await;
    file(&caller, paper, "application/pdf")
}

/// Bytes for a bank's computer: no browser shows them.
async fn transfer_file(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse() else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.transfer_file(&caller.call, id).await;
    file(&caller, paper, "application/octet-stream")
}

async fn refund_notice(
    State(state): State<AppState>,
    caller: Caller,
    Path((id, nth)): Path<(String, String)>,
) -> Response {
    let (Ok(id), Ok(nth)) = (id.parse(), nth.parse()) else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.sale_refund_notice(&caller.call, id, nth).await;
    file(&caller, paper, "application/pdf")
}

async fn sheet_to_print(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Response {
    sheet(&state, &caller, &id, SheetFormat::Pdf, "application/pdf").await
}

async fn sheet_to_reckon(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Response {
    let csv = "text/csv; charset=utf-8";
    sheet(&state, &caller, &id, SheetFormat::Csv, csv).await
}

async fn sheet(
    state: &AppState,
    caller: &Caller,
    id: &str,
    format: SheetFormat,
    media_type: &'static str,
) -> Response {
    let Ok(id) = id.parse() else {
        return Stop::NoSuchRoute.into_response();
    };
    let paper = state.desk.day_sheet(&caller.call, id, format).await;
    file(caller, paper, media_type)
}

/// `ask=1` asks the payment service too.
#[derive(Deserialize)]
struct Asked {
    ask: Option<String>,
}

/// One word for a screen that waits: it says nothing of whom it waits for.
async fn payment(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Ok(id) = id.parse() else {
        return Stop::NoSuchRoute.into_response();
    };
    let ask = asked.ask.is_some();
    match state.desk.sale_payment(&caller.call, id, ask).await {
        Ok(stands) => {
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (plain, stands.as_str()).into_response()
        }
        Err(failure) => refused::plain(&caller.call, &failure),
    }
}
