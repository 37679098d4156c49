//! 口座への還付: the account told, orders written, signed and carried out.

use app::Values;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{
    Call, Outcome, PrepareTransfers, ProblemKind, Refusal, Resident as _, Transfers as _,
};
use domain::ids::{RefundId, ReservationId, TransferOrderId};

use super::{Posted, submission};
use crate::http::{AppState, sign_in};

/// 返金の振込先, told by the owner.
pub(super) async fn tell(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<ReservationId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    if posted.caller.call.person().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let told = match app::tell_account(&posted.values, id) {
        Ok(tell) => state.desk.tell_account(&posted.caller.call, &tell).await,
        Err(refusal) => Err(refusal.into()),
    };
    match told {
        Ok(()) => sign_in::see_other(&app::links::account_told(id)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// The same, told to a clerk.
pub(super) async fn tell_for(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<ReservationId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let told = match app::tell_account(&posted.values, id) {
        Ok(tell) => {
            state
                .desk
                .tell_account_for(&posted.caller.call, &tell)
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match told {
        Ok(()) => sign_in::see_other(&app::links::sale_after(id, "account")),
        Err(failure) => posted.fail(failure).await,
    }
}

/// 振込依頼を作る: `refund.{id}` for each, `pay_on`.
pub(super) async fn prepare(State(state): State<AppState>, posted: Posted) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let prepared = match wanted(&posted.values) {
        Ok(prepare) => {
            state
                .desk
                .prepare_transfers(&posted.caller.call, &prepare)
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match prepared {
        Ok(id) => sign_in::see_other(&app::links::transfer_after(id, "prepared")),
        Err(failure) => posted.fail(failure).await,
    }
}

fn wanted(values: &Values) -> Result<PrepareTransfers, Refusal> {
    let chosen = values.names_after("refund.");
    let refunds: Result<Vec<RefundId>, _> = chosen.iter().map(|id| id.parse()).collect();
    let pay_on = values.date("pay_on");
    Ok(PrepareTransfers {
        submission: submission(values)?,
        refunds: refunds.map_err(|_no_id| Refusal::StaleForm)?,
        pay_on: pay_on.ok_or_else(|| Refusal::field("pay_on", ProblemKind::Malformed))?,
    })
}

/// 振込依頼: `action`.
pub(super) async fn post(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<TransferOrderId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let (call, values) = (posted.caller.call, posted.values.clone());
    match act(&state, (&call, &values), id).await {
        Ok(done) => sign_in::see_other(&app::links::transfer_after(id, done)),
        Err(failure) => posted.fail(failure).await,
    }
}

async fn act(
    state: &AppState,
    (call, values): (&Call, &Values),
    id: TransferOrderId,
) -> Outcome<&'static str> {
    let desk = &state.desk;
    match values.get("action") {
        Some("approve") => desk.approve_transfers(call, id).await.map(|()| "approved"),
        Some("withdraw") => desk
            .withdraw_transfers(call, id)
            .await
            .map(|()| "withdrawn"),
        Some("carried_out") => {
            let on = values.date("sent_on");
            let on = on.ok_or_else(|| Refusal::field("sent_on", ProblemKind::Malformed))?;
            desk.transfers_carried_out(call, id, on)
                .await
                .map(|()| "carried_out")
        }
        Some("sent_back") => {
            let refund = values.get("refund").and_then(|id| id.parse().ok());
            let refund: RefundId = refund.ok_or(Refusal::NotFound)?;
            desk.transfer_sent_back(call, id, refund)
                .await
                .map(|()| "sent_back")
        }
        _ => Err(Refusal::NotFound.into()),
    }
}
