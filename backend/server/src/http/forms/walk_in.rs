//! 窓口での受付: finding and registering people, and holding rooms for them.

use app::Values;
use app::links::Way;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{Failure, GroupDesk as _, PersonWords, Refusal, RegisterPerson, WalkIn as _};
use domain::identity_document::IdentityDocument;
use domain::ids::PersonId;
use domain::personal::Personal;
use domain::town::{Slug, TownTie};
use uuid::Uuid;

use super::{Posted, book};
use crate::http::{AppState, sign_in};

/// Why a form is not looked at: nobody's, or another session's.
fn not_ours(posted: &Posted) -> Option<Failure> {
    if posted.caller.call.staff_member().is_none() {
        return Some(Refusal::StaffSignInRequired.into());
    }
    (!posted.is_ours()).then(|| Refusal::StaleForm.into())
}

/// さがす: the answer itself shows who was found, so that no name gets into an address.
pub(super) async fn search(posted: Posted) -> Response {
    match not_ours(&posted) {
        Some(failure) => posted.fail(failure).await,
        None => posted.show_again().await,
    }
}

/// 登録する.
pub(super) async fn register(State(state): State<AppState>, posted: Posted) -> Response {
    if let Some(failure) = not_ours(&posted) {
        return posted.fail(failure).await;
    }
    let Some(person) = read(&posted.values) else {
        return posted.refuse(Refusal::StaleForm).await;
    };
    match state.desk.register(&posted.caller.call, &person).await {
        Ok(id) => sign_in::see_other(&app::links::registered(id)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// 電話番号を登録する, or what ties them to the town (在勤・在学の確認).
pub(super) async fn phone(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    if let Some(failure) = not_ours(&posted) {
        return posted.fail(failure).await;
    }
    let Ok(id) = id.parse::<PersonId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let call = &posted.caller.call;
    let tie = |name| posted.values.filled(name).and_then(tie);
    let done = match (posted.values.get("action"), tie("ended")) {
        (Some("tie"), _) => state.desk.note_evidence(call, id, tie("tie")).await,
        (Some("end_tie"), Some(ended)) => state.desk.end_evidence(call, id, ended).await,
        _ => {
            let phone = Personal::new(posted.values.text("phone"));
            state.desk.give_phone(call, id, &phone).await
        }
    };
    match done {
        Ok(()) => sign_in::see_other(&app::links::person(id)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// A tie to the town, as the form names it.
fn tie(word: &str) -> Option<TownTie> {
    match word {
        "lives" => Some(TownTie::Lives),
        "works" => Some(TownTie::Works),
        "studies" => Some(TownTie::Studies),
        _ => None,
    }
}

/// 仮予約する.
pub(super) async fn hold(
    State(state): State<AppState>,
    Path(room): Path<String>,
    posted: Posted,
) -> Response {
    let Ok(room) = room.parse::<Slug>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let person = posted.values.filled("person");
    let Some(person) = person.and_then(|id| id.parse::<PersonId>().ok()) else {
        return posted.refuse(Refusal::NotFound).await;
    };
    // The session ends after some minutes at the desk: what was answered is there again afterwards.
    let again = app::book_again(Way::For(person), &room, &posted.values);
    let sign_in_first = || sign_in::see_other(&app::links::staff_sign_in(&again));
    if posted.caller.call.staff_member().is_none() {
        return sign_in_first();
    }
    // The total of other answers, or another time with the same answers: nothing is booked yet. What
    // leads to another time was made by a page that may be old, and shows only what a GET would.
    let action = posted.values.get("action");
    if matches!(action, Some("recalculate" | "other_time")) {
        return posted.show_again().await;
    }
    if !posted.is_ours() {
        return posted.refuse(Refusal::StaleForm).await;
    }
    let booking = match book::read(room, &posted.values) {
        Ok(booking) => booking,
        Err(problems) => return posted.refuse(Refusal::InvalidInput { problems }).await,
    };
    let call = posted.caller.call;
    match state.desk.book_for(&call, person, &booking).await {
        Ok(id) => sign_in::see_other(&app::links::sale(id)),
        Err(Failure::Refused(Refusal::StaffSignInRequired)) => sign_in_first(),
        Err(failure) => posted.fail(failure).await,
    }
}

/// Text becomes types; what is wrong with it the use case says, all at once. `None` without a
/// submission key: a form that is not ours.
fn read(values: &Values) -> Option<RegisterPerson> {
    let typed = |name| Personal::new(values.text(name));
    let email = Some(values.half_width("email")).filter(|email| !email.is_empty());
    let document = values.filled("document");
    Some(RegisterPerson {
        words: PersonWords {
            name: typed("name"),
            kana: typed("kana"),
            phone: typed("phone"),
        },
        email: email.map(Personal::new),
        in_town: match values.get("residence") {
            Some("in") => Some(true),
            Some("out") => Some(false),
            _ => None,
        },
        document: IdentityDocument::ALL
            .into_iter()
            .find(|kind| Some(kind.as_str()) == document),
        is_new: values.get("is_new").is_some(),
        submission: Uuid::parse_str(values.filled("submission")?).ok()?,
    })
}
