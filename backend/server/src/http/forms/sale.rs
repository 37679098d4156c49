//! 窓口での受付: paid, extended, given up, paid back and let in, by the button that was pressed.

use app::Values;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{
    Attendance, Call, CancelSale, Counter as _, Outcome, PayOut, ProblemKind, ReduceAtCounter,
    Refusal, Reviews as _, Sales as _, StartedPayment, SubmitForReview, TakeCash,
};
use domain::ids::{ReservationId, TillId};
use domain::money::Yen;

use super::{Posted, submission};
use crate::http::{AppState, sign_in};

/// Takes the form: `action` and what belongs to it.
pub(super) async fn post(
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
    let (call, values) = (posted.caller.call, posted.values.clone());
    match act(&state, (&call, &values), id).await {
        Ok(done) => sign_in::see_other(&app::links::sale_after(id, done)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// Does what the button says; gives the word for it.
async fn act(
    state: &AppState,
    (call, values): (&Call, &Values),
    id: ReservationId,
) -> Outcome<&'static str> {
    let desk = &state.desk;
    let action = values.get("action").unwrap_or_default();
    if let Some(what) = Attendance::read(action) {
        desk.note_attendance(call, id, what).await?;
        return Ok(what.as_str());
    }
    match action {
        "extend" => desk.extend_sale(call, id).await.map(|()| "extended"),
        "phone" => match desk.pay_by_phone(call, id).await? {
            StartedPayment::Confirmed => Ok("free"),
            StartedPayment::GoTo(_code) => Ok("phone"),
        },
        "submit" => {
            let submit = SubmitForReview {
                reservation: id,
                stated: values.text("stated"),
            };
            desk.submit_for(call, &submit).await.map(|()| "submitted")
        }
        "reduce" => {
            let reduction = values.get("reduction").and_then(|id| id.parse().ok());
            let reduce = ReduceAtCounter {
                reservation: id,
                reduction: reduction.ok_or(Refusal::NotFound)?,
                shown: values.text("shown"),
            };
            desk.reduce_at_counter(call, &reduce)
                .await
                .map(|()| "reduced")
        }
        "cash" | "exact" => {
            let seen_total = values.number("seen_total_yen").ok_or(Refusal::StaleForm)?;
            let tendered = if action == "exact" {
                seen_total
            } else {
                sum(values, "tendered")?
            };
            let take = TakeCash {
                reservation: id,
                till: till(values)?,
                tendered: Yen::new(tendered),
                seen_total: Yen::new(seen_total),
                submission: submission(values)?,
            };
            desk.take_cash(call, &take).await.map(|()| "cash")
        }
        "pay_out" => {
            let refund = values.get("refund").and_then(|id| id.parse().ok());
            let out = PayOut {
                refund: refund.ok_or(Refusal::NotFound)?,
                till: till(values)?,
                submission: submission(values)?,
            };
            desk.pay_out(call, &out).await.map(|_whose| "paid_out")
        }
        _ => Err(Refusal::NotFound.into()),
    }
}

/// 予約の代理取消し.
pub(super) async fn cancel(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<ReservationId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let ours = posted.caller.call.staff_member().is_none() || posted.is_ours();
    // Without the amount that was shown nobody has agreed to anything.
    let seen = posted.values.number("seen_refund_yen").filter(|_| ours);
    let Some(seen) = seen else {
        return posted.refuse(Refusal::StaleForm).await;
    };
    let cancel = CancelSale {
        reservation: id,
        seen_refund: Yen::new(seen),
        reason: posted.values.text("reason"),
    };
    match state.desk.cancel_sale(&posted.caller.call, &cancel).await {
        Ok(()) => sign_in::see_other(&app::links::sale_after(id, "cancelled")),
        Err(failure) => posted.fail(failure).await,
    }
}

/// A sum of money as it is typed: 「2,000」「２０００円」.
pub(super) fn sum(values: &Values, name: &str) -> Outcome<u32> {
    let typed = values.half_width(name);
    if typed.is_empty() {
        return Err(Refusal::field(name, ProblemKind::Missing).into());
    }
    let digits: String = typed
        .trim_end_matches('円')
        .chars()
        .filter(|c| ![',', '，', '、', ' '].contains(c))
        .collect();
    let sum = digits.parse::<u32>();
    sum.map_err(|_nonsense| Refusal::field(name, ProblemKind::Malformed).into())
}

fn till(values: &Values) -> Outcome<TillId> {
    let till = values.get("till").and_then(|id| id.parse().ok());
    till.ok_or_else(|| Refusal::field("till", ProblemKind::NotAChoice).into())
}
