//! 団体登録: applying, renewing, who acts, and what the counter notes and decides.

use std::collections::BTreeSet;

use app::Values;
use axum::extract::{Path, State};
use axum::response::Response;
use contract::{
    ApplyGroup, ChangeAgent, Failure, GroupDecision, GroupDesk as _, Groups as _, NoteGroup,
    ProblemKind, Refusal,
};
use domain::group::GroupDocument;
use domain::ids::{GroupId, PersonId};
use domain::residency::Members;

use super::{Posted, submission};
use crate::http::{AppState, sign_in};

/// 申請する.
pub(super) async fn apply(State(state): State<AppState>, posted: Posted) -> Response {
    if let Some(failure) = not_a_residents(&posted) {
        return posted.fail(failure).await;
    }
    let form = match read(&posted.values) {
        Ok(form) => form,
        Err(refusal) => return posted.refuse(refusal).await,
    };
    match state.desk.apply_group(&posted.caller.call, &form).await {
        Ok(id) => sign_in::see_other(&app::links::group_after(id, "applied")),
        Err(failure) => posted.fail(failure).await,
    }
}

/// 更新・担当者・取下げ, by `action`.
pub(super) async fn own(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    if let Some(failure) = not_a_residents(&posted) {
        return posted.fail(failure).await;
    }
    let Ok(id) = id.parse::<GroupId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let call = &posted.caller.call;
    let number = |name| posted.values.half_width(name);
    let (done, said) = match posted.values.get("action") {
        Some("renew") => (state.desk.renew_group(call, id).await, "renewal"),
        Some("leave") => (state.desk.leave_group(call, id).await, "changed"),
        Some("remove") => {
            let number = number("agent");
            let change = ChangeAgent::Remove { number };
            (state.desk.change_agent(call, id, &change).await, "changed")
        }
        _ => {
            let number = number("number");
            let change = ChangeAgent::Add { number };
            (state.desk.change_agent(call, id, &change).await, "changed")
        }
    };
    match done {
        Ok(()) => sign_in::see_other(&app::links::group_after(id, said)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// 窓口で申請する.
pub(super) async fn apply_for(State(state): State<AppState>, posted: Posted) -> Response {
    if let Some(failure) = not_the_staffs(&posted) {
        return posted.fail(failure).await;
    }
    let person = posted.values.filled("person");
    let Some(person) = person.and_then(|id| id.parse::<PersonId>().ok()) else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let form = match read(&posted.values) {
        Ok(form) => form,
        Err(refusal) => return posted.refuse(refusal).await,
    };
    let call = posted.caller.call;
    match state.desk.apply_group_for(&call, person, &form).await {
        Ok(id) => sign_in::see_other(&app::links::counter_group_after(id)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// 書類の確認・承認・不承認・取消し, by `action`.
pub(super) async fn decide(
    State(state): State<AppState>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    if let Some(failure) = not_the_staffs(&posted) {
        return posted.fail(failure).await;
    }
    let Ok(id) = id.parse::<GroupId>() else {
        return posted.refuse(Refusal::NotFound).await;
    };
    let reason = posted.values.text("reason");
    let decision = match posted.values.get("action") {
        Some("approve") => Some(GroupDecision::Approve),
        Some("refuse") => Some(GroupDecision::Refuse { reason }),
        Some("end") => Some(GroupDecision::End { reason }),
        _ => None,
    };
    let call = &posted.caller.call;
    let done = match decision {
        Some(decision) => state.desk.decide_group(call, id, &decision).await,
        None => match noted(&posted.values) {
            Ok(note) => state.desk.note_group(call, id, &note).await,
            Err(refusal) => return posted.refuse(refusal).await,
        },
    };
    match done {
        Ok(()) => sign_in::see_other(&app::links::counter_group_after(id)),
        Err(failure) => posted.fail(failure).await,
    }
}

/// Why a resident's form is not looked at.
fn not_a_residents(posted: &Posted) -> Option<Failure> {
    if posted.caller.call.person().is_none() {
        return Some(Refusal::SignInRequired.into());
    }
    (!posted.is_ours()).then(|| Refusal::StaleForm.into())
}

/// Why a form of the staff's is not looked at.
fn not_the_staffs(posted: &Posted) -> Option<Failure> {
    if posted.caller.call.staff_member().is_none() {
        return Some(Refusal::StaffSignInRequired.into());
    }
    (!posted.is_ours()).then(|| Refusal::StaleForm.into())
}

/// Text becomes types; what is wrong with it the use case says, all at once.
fn read(values: &Values) -> Result<ApplyGroup, Refusal> {
    Ok(ApplyGroup {
        name: values.text("group_name"),
        kana: values.text("group_kana"),
        activity: values.text("activity"),
        members: (values.number("members"), values.number("members_in_town")),
        submission: submission(values)?,
    })
}

fn noted(values: &Values) -> Result<NoteGroup, Refusal> {
    let is_seen = |document: &GroupDocument| {
        let name = format!("seen.{}", document.as_str());
        values.get(&name).is_some()
    };
    let count = |name| {
        let missing = || Refusal::field(name, ProblemKind::Missing);
        values.number(name).ok_or_else(missing)
    };
    Ok(NoteGroup {
        seen: GroupDocument::ALL
            .into_iter()
            .filter(is_seen)
            .collect::<BTreeSet<_>>(),
        members: Some(Members {
            in_town: count("members_in_town")?,
            all: count("members")?,
        }),
    })
}
