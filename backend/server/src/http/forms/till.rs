//! 引出し: opened, filled up, counted and locked.

use app::Values;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{
    AddFloat, Call, CloseDrawer, OpenDrawer, Outcome, ProblemKind, Refusal, Tills as _,
};
use domain::ids::TillId;
use domain::money::Yen;
use domain::till::{CashCount, Denomination, TillRefusal};

use super::sale::sum;
use super::{Posted, submission};
use crate::http::{AppState, sign_in};

/// 引出しを開ける: `facility`, `drawer`, `float`.
pub(super) async fn open(State(state): State<AppState>, posted: Posted) -> Response {
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let opened = match wanted(&posted.values) {
        Ok(open) => state.desk.open_drawer(&posted.caller.call, &open).await,
        Err(failure) => Err(failure),
    };
    match opened {
        Ok(id) => sign_in::see_other(&app::links::till_after(id, "opened")),
        Err(failure) => posted.fail(failure).await,
    }
}

fn wanted(values: &Values) -> Outcome<OpenDrawer> {
    let facility = values.get("facility");
    let facility = facility.and_then(|slug| slug.parse().ok());
    let drawer = values.number("drawer");
    Ok(OpenDrawer {
        facility: facility.ok_or(Refusal::NotFound)?,
        drawer: drawer.ok_or_else(|| Refusal::field("drawer", ProblemKind::Missing))?,
        float: Yen::new(sum(values, "float")?),
        submission: submission(values)?,
    })
}

/// One drawer: `action=float` or `action=close`.
pub(super) async fn post(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(id) = id.parse::<TillId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    if posted.caller.call.staff_member().is_some() && !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let (call, values) = (posted.caller.call, posted.values.clone());
    match act(&state, (&call, &values), id).await {
        Ok(done) => sign_in::see_other(&app::links::till_after(id, done)),
        Err(failure) => posted.fail(failure).await,
    }
}

async fn act(
    state: &AppState,
    (call, values): (&Call, &Values),
    till: TillId,
) -> Outcome<&'static str> {
    let desk = &state.desk;
    match values.get("action") {
        Some("float") => {
            let add = AddFloat {
                till,
                amount: Yen::new(sum(values, "float")?),
                submission: submission(values)?,
            };
            desk.add_float(call, &add).await.map(|()| "added")
        }
        Some("close") => {
            let seen = values.number("seen_expected_yen");
            let close = CloseDrawer {
                till,
                counted: counted(values)?,
                reason: values.text("reason"),
                seen_expected: Yen::new(seen.ok_or(Refusal::StaleForm)?),
            };
            desk.close_drawer(call, &close).await.map(|()| "closed")
        }
        Some(_) | None => Err(Refusal::NotFound.into()),
    }
}

/// An empty field is none of that kind.
fn counted(values: &Values) -> Outcome<CashCount> {
    let mut pieces = Vec::new();
    for kind in Denomination::ALL {
        let name = format!("count.{}", kind.yen());
        if values.filled(&name).is_none() {
            continue;
        }
        let bad = Refusal::Till(TillRefusal::BadCount { kind });
        let count = values.number(&name).ok_or(bad)?;
        pieces.push((kind, i64::from(count)));
    }
    CashCount::new(pieces).map_err(|refusal| Refusal::Till(refusal).into())
}
