//! 支払いへ進む・延長する・取り消す.

use axum::extract::{Path, State};
use axum::response::Response;
use contract::{
    CancelReservation, Failure, Refusal, Resident as _, StartedPayment, SubmitForReview,
};
use domain::ids::ReservationId;
use domain::money::Yen;

use super::Posted;
use crate::http::{AppState, sign_in};

/// The last page before paying: goes on, or gives the hold more time.
pub(super) async fn confirm(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<ReservationId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    if !posted.is_ours() {
        return stale(posted, &app::links::confirm(id)).await;
    }
    let call = posted.caller.call;
    if posted.values.get("action") == Some("extend") {
        return match state.desk.extend_hold(&call, id).await {
            Ok(()) => sign_in::see_other(&app::links::confirm(id)),
            Err(failure) => posted.fail(failure).await,
        };
    }
    if posted.values.get("action") == Some("submit") {
        let submit = SubmitForReview {
            reservation: id,
            stated: posted.values.text("stated"),
        };
        return match state.desk.submit_for_review(&call, &submit).await {
            Ok(()) => sign_in::see_other(&app::links::reservation(id)),
            Err(failure) => posted.fail(failure).await,
        };
    }
    match state.desk.pay(&call, id).await {
        Ok(StartedPayment::Confirmed) => sign_in::see_other(&app::links::paid(id)),
        Ok(StartedPayment::GoTo(url)) => sign_in::see_other(&url),
        // Paid already, in another tab or by the same button: show how it stands.
        Err(Failure::Refused(Refusal::ReservationState { state: "confirmed" })) => {
            sign_in::see_other(&app::links::reservation(id))
        }
        Err(failure) => posted.fail(failure).await,
    }
}

/// 予約の取消し.
pub(super) async fn cancel(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<ReservationId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    if !posted.is_ours() {
        return stale(posted, &app::links::cancel(id)).await;
    }
    // Without the amount that was shown nobody has agreed to anything.
    let Some(seen) = posted.values.number("seen_refund_yen") else {
        return posted.refuse(Refusal::StaleForm).await;
    };
    let cancel = CancelReservation {
        reservation: id,
        seen_refund_yen: Some(Yen::new(seen)),
    };
    match state.desk.cancel(&posted.caller.call, &cancel).await {
        Ok(()) => sign_in::see_other(&format!("{}?cancelled=1", app::links::reservation(id))),
        Err(failure) => posted.fail(failure).await,
    }
}

/// A form of an ended session: sign in first; of another session: the page again.
async fn stale(posted: Posted, here: &str) -> Response {
    if posted.caller.call.person().is_none() {
        return sign_in::see_other(&app::links::sign_in(here));
    }
    posted.refuse(Refusal::StaleForm).await
}
