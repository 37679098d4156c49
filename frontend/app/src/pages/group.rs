//! 団体: one's own group, what it lacks, who acts for it, renewing it.

use contract::{GroupLine, OwnGroup};
use domain::group::{GroupDocument, GroupState};
use domain::ids::GroupId;
use domain::search_key::PersonNumber;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, TextField};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, GroupFacts, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::groups;
use crate::visit::Visit;

/// `?done=applied`, `renewal`, `changed` after what was done. Posts `action`: `renew`, `leave`,
/// `add` with `number`, `remove` with `agent`.
#[component]
pub fn GroupPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let OwnGroup {
            facts,
            represents,
            agents,
            appeal,
        } = visit.house.own_group(&visit.call, address.group()?).await?;
        let refused = visit.form.refused_whole();
        let done = address.query().get("done").and_then(done);
        let line = facts.line.clone();
        let (id, name) = (line.id, line.name.clone());
        let waits = line.state.to_decide_since().is_some();
        let missing = waits.then(|| view! { <Missing papers=facts.missing.clone()/> });
        let appeal = (!appeal.is_empty()).then(|| {
            let paragraphs = appeal
                .into_iter()
                .map(|words| view! { <p>{words}</p> })
                .collect_view();
            view! { <section class="stack"><h2>{groups::APPEAL}</h2>{paragraphs}</section> }
        });
        let own = represents.then(|| {
            view! { <Representative visit=visit.clone() line=line.clone() agents=agents/> }
        });
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done}
                <h1>{name.clone()}</h1>
                <GroupFacts facts=facts/>
                {missing}
                {appeal}
                <Next visit=visit line=line represents=represents/>
                {own}
                {(!represents).then(|| view! { <p>{groups::ONLY_AGENT}</p> })}
            </div>
        };
        let crumbs = vec![(groups::OWN.to_owned(), links::GROUPS.to_owned())];
        let page = Page::new(name, body).under(crumbs);
        Ok(page.again_at(links::group(id)))
    })
}

fn done(what: &str) -> Option<impl IntoView + use<>> {
    let (heading, next) = match what {
        "applied" => (groups::APPLIED, Some(groups::APPLIED_NEXT)),
        "renewal" => (groups::RENEWAL_ASKED, Some(groups::RENEW_MEANS)),
        "changed" => (groups::CHANGED, None),
        _ => return None,
    };
    Some(view! {
        <Notice tone=Tone::Success heading=heading announced=true>
            {next.map(|words| view! { <p>{words}</p> })}
        </Notice>
    })
}

#[component]
fn Missing(papers: Vec<GroupDocument>) -> impl IntoView {
    let list = if papers.is_empty() {
        view! { <p>{groups::NOTHING_MISSING}</p> }.into_any()
    } else {
        let each = papers
            .into_iter()
            .map(|paper| view! { <li>{groups::paper(paper)}</li> })
            .collect_view();
        view! { <ul>{each}</ul> }.into_any()
    };
    view! { <section class="stack"><h2>{groups::MISSING}</h2>{list}</section> }
}

/// What to do with it now: renew where that can be done, else book.
#[component]
fn Next(visit: Visit, line: GroupLine, represents: bool) -> impl IntoView {
    let renew = (represents && line.can_renew).then(|| {
        view! {
            <form class="stack" method="post" action=links::group(line.id)>
                <SeedFields seed=visit.seed/>
                <div class="actions">
                    <Submit kind=Kind::Primary name="action" value="renew">{groups::RENEW}</Submit>
                </div>
                <p class="small quiet">{groups::RENEW_MEANS}</p>
            </form>
        }
    });
    let can_book = matches!(line.state, GroupState::Registered { .. }) && !line.expired;
    let kind = if renew.is_some() {
        Kind::Outline
    } else {
        Kind::Primary
    };
    let book = can_book.then(|| {
        view! {
            <div class="actions">
                <ButtonLink href=links::SEARCH kind=kind>{groups::BOOK}</ButtonLink>
            </div>
        }
    });
    view! { {renew}{book} }
}

/// What its representative can change.
#[component]
fn Representative(visit: Visit, line: GroupLine, agents: Vec<PersonNumber>) -> impl IntoView {
    let is_over = matches!(
        line.state,
        GroupState::Refused { .. } | GroupState::Ended { .. }
    );
    (!is_over).then(|| {
        let leave = if matches!(line.state, GroupState::Applied { .. }) {
            groups::WITHDRAW
        } else {
            groups::LEAVE
        };
        let seed = visit.seed.clone();
        view! {
            <Agents visit=visit id=line.id agents=agents/>
            <section class="stack">
                <details>
                    <summary>{groups::LEAVE_HEADING}</summary>
                    <form class="stack" method="post" action=links::group(line.id)>
                        <SeedFields seed=seed/>
                        <p>{groups::LEAVE_MEANS}</p>
                        <div class="actions">
                            <Submit kind=Kind::Danger name="action" value="leave">{leave}</Submit>
                        </div>
                    </form>
                </details>
            </section>
        }
    })
}

#[component]
fn Agents(visit: Visit, id: GroupId, agents: Vec<PersonNumber>) -> impl IntoView {
    let form = visit.form.clone();
    let values = form.values.clone();
    let list = if agents.is_empty() {
        view! { <p>{groups::NO_AGENTS}</p> }.into_any()
    } else {
        let each = agents
            .into_iter()
            .map(|number| {
                let number = number.to_string();
                let remove = groups::remove(&number);
                view! {
                    <li>
                        <form class="row" method="post" action=links::group(id)>
                            <SeedFields seed=visit.seed.clone()/>
                            <Hidden name="agent" value=number/>
                            <Submit name="action" value="remove">{remove}</Submit>
                        </form>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="stack" role="list">{each}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <h2>{groups::AGENTS}</h2>
            <p>{groups::AGENTS_MEANS}</p>
            {list}
            <form class="stack" method="post" novalidate action=links::group(id)>
                <SeedFields seed=visit.seed.clone()/>
                <TextField
                    form=form values=values name="number" label=groups::NUMBER need=Need::Required
                    support=Some(groups::NUMBER_SUPPORT.to_owned()) inputmode="numeric"
                    autocomplete="off" width="phone" maxlength=12
                />
                <div class="actions">
                    <Submit name="action" value="add">{groups::ADD}</Submit>
                </div>
            </form>
        </section>
    }
}
