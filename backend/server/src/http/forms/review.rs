//! 申込みの審査: one thing granted or refused, by the button that was pressed.

use app::Values;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{DecideReview, Outcome, ProblemKind, Refusal, Reviews as _};
use domain::ids::ReservationId;
use domain::review::Verdict;

use super::Posted;
use crate::http::{AppState, sign_in};

/// Takes the form: `review`, `action`, and what belongs to it.
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
    let decided = match read(id, &posted.values) {
        Ok(decide) => state.desk.decide(&posted.caller.call, &decide).await,
        Err(failure) => Err(failure),
    };
    match decided {
        Ok(()) => sign_in::see_other(&app::links::review_decided(id)),
        Err(failure) => posted.fail(failure).await,
    }
}

fn read(reservation: ReservationId, values: &Values) -> Outcome<DecideReview> {
    let review = values.get("review").and_then(|id| id.parse().ok());
    let verdict = match values.get("action") {
        Some("grant") => Verdict::Granted {
            percent: percent(values)?,
        },
        Some("refuse") => Verdict::Refused,
        _ => return Err(Refusal::NotFound.into()),
    };
    Ok(DecideReview {
        reservation,
        review: review.ok_or(Refusal::NotFound)?,
        verdict,
        reason: values.text("reason"),
        for_the_year: values.get("for_the_year").is_some(),
    })
}

/// The percent, where the form asks for one.
fn percent(values: &Values) -> Outcome<Option<u32>> {
    if values.filled("percent").is_none() {
        return Ok(None);
    }
    let percent = values.number("percent");
    let percent = percent.ok_or_else(|| Refusal::field("percent", ProblemKind::Malformed))?;
    Ok(Some(percent))
}
