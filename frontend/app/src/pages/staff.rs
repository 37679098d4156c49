//! 職員のページ: who is signed in, what for, and where to go on.

use contract::{Action, Badge};
use leptos::prelude::*;

use crate::forms::Values;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Fact, Kind};
use crate::text::{accounts, closures, groups, reports, revision, staff, study, till, transfers};

/// The first page of the staff's own.
#[component]
pub fn StaffPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        if visit.call.staff_member().is_none() {
            let body = view! { <Door open=visit.lets_staff_in query=address.query().clone()/> };
            return Ok(Page::new(staff::HEADING, body));
        }
        let badge = visit.staff.badge(&visit.call).await?;
        if badge.roles.is_empty() {
            return Ok(Page::new(staff::NO_ROLE, view! { <NoRole/> }));
        }
        Ok(Page::new(staff::HEADING, view! { <OnDuty badge=badge/> }))
    })
}

/// Before signing in.
#[component]
fn Door(open: bool, query: Values) -> impl IntoView {
    let (heading, words) = if open {
        (staff::HEADING, staff::LEAD)
    } else {
        (staff::NOT_SET_UP, staff::NOT_SET_UP_NEXT)
    };
    let sign_in = open.then(|| {
        let return_to = query.filled("return_to").unwrap_or(links::STAFF).to_owned();
        view! {
            <ButtonLink href=links::staff_sign_in(&return_to) kind=Kind::Primary>
                {staff::SIGN_IN}
            </ButtonLink>
        }
    });
    view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{heading}</h1>
            <p>{words}</p>
            <div class="actions">
                {sign_in}
                <ButtonLink href=links::SEARCH>{staff::FOR_RESIDENTS}</ButtonLink>
            </div>
        </div>
    }
}

/// Known to the issuer, and to nobody here.
#[component]
pub(super) fn NoRole() -> impl IntoView {
    view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{staff::NO_ROLE}</h1>
            <p>{staff::NO_ROLE_NEXT}</p>
        </div>
    }
}

#[component]
fn OnDuty(badge: Badge) -> impl IntoView {
    let roles = badge
        .roles
        .iter()
        .map(|granted| view! { <li>{staff::granted(granted)}</li> })
        .collect_view();
    // In the order of what a day begins with; the first is what most come for.
    let pages = [
        (Action::SeeCounter, links::COUNTER, staff::COUNTER),
        (Action::HandleGroups, links::COUNTER_GROUPS, groups::COUNTER),
        (Action::SeeTill, links::TILL, till::HEADING),
        (Action::SeeBoard, links::BOARD, staff::BOARD),
        (Action::ManageClosures, links::CLOSURES, closures::HEADING),
        (Action::SeeFigures, links::FIGURES, reports::FIGURES),
        (Action::SeeFigures, links::ACCOUNTS, accounts::HEADING),
        (Action::SeeFigures, links::STUDY, study::HEADING),
        (
            Action::HandleTransfers,
            links::TRANSFERS,
            transfers::HEADING,
        ),
        (
            Action::ManageClosures,
            links::TOWN_PREVIEW,
            revision::HEADING,
        ),
        (Action::SeeAudit, links::HISTORY, reports::HISTORY),
    ];
    let pages = pages
        .into_iter()
        .filter(|(action, _, _)| badge.may(*action))
        .enumerate()
        .map(|(place, (_, href, words))| {
            let kind = if place == 0 {
                Kind::Primary
            } else {
                Kind::Outline
            };
            view! { <ButtonLink href=href kind=kind>{words}</ButtonLink> }
        })
        .collect_view();
    view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{staff::HEADING}</h1>
            <dl class="facts">
                <Fact name=staff::NAME>{badge.name.into_revealed()}</Fact>
                <Fact name=staff::ROLES><ul>{roles}</ul></Fact>
            </dl>
            <div class="actions">{pages}</div>
            <p class="small quiet">{staff::LASTS}</p>
        </div>
    }
}
