//! 窓口の団体: one group, what was seen of it, and deciding about it.

use contract::{AgentView, CounterGroup, GroupFacts as Facts, SeenPaper};
use domain::group::{GroupDocument, GroupState};
use leptos::prelude::*;

use crate::forms::{
    CheckField, ErrorSummary, Field, Need, SeedFields, TextArea, TextField, Values, Wiring,
};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Fact, GroupFacts, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::{groups, walk_in};
use crate::visit::Visit;

/// `?done=1` after something was done. Posts `action`: `note`, `approve`, `refuse`, `end`.
#[component]
pub fn CounterGroupPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let group = visit.staff.group(&visit.call, address.group()?).await?;
        let CounterGroup {
            facts,
            representative,
            agents,
            papers,
            obstacles,
            may_decide,
        } = group;
        let refused = visit.form.refused_whole();
        let done = address.query().get("done").map(|_| {
            view! { <Notice tone=Tone::Success heading=groups::CHANGED announced=true/> }
        });
        let obstacles = (!obstacles.is_empty()).then(|| {
            let each = obstacles
                .into_iter()
                .map(|words| view! { <p>{format!("{words}。")}</p> })
                .collect_view();
            view! { <Notice tone=Tone::Error heading=groups::OBSTACLES>{each}</Notice> }
        });
        let name = facts.line.name.clone();
        let number = walk_in::numbered(representative.number);
        let over = matches!(
            facts.line.state,
            GroupState::Refused { .. } | GroupState::Ended { .. }
        );
        let work = (!over).then(|| {
            view! {
                <Papers visit=visit.clone() facts=facts.clone() papers=papers/>
                <Decide visit=visit.clone() facts=facts.clone() may_decide=may_decide/>
            }
        });
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done}
                {obstacles}
                <h1>{name.clone()}</h1>
                <GroupFacts facts=facts/>
                <dl class="facts">
                    <Fact name=groups::REPRESENTATIVE>
                        <a href=links::person(representative.id)>
                            {representative.name.into_revealed()}
                        </a>
                        <br/>
                        <span class="quiet small">{number}</span>
                    </Fact>
                    <Fact name=groups::AGENTS><Agents agents=agents/></Fact>
                </dl>
                {work}
            </div>
        };
        let crumbs = vec![(groups::COUNTER.to_owned(), links::COUNTER_GROUPS.to_owned())];
        Ok(Page::new(name, body).under(crumbs))
    })
}

#[component]
fn Agents(agents: Vec<AgentView>) -> impl IntoView {
    if agents.is_empty() {
        return view! { {groups::NO_AGENTS} }.into_any();
    }
    let each = agents
        .into_iter()
        .map(|agent| {
            let number = walk_in::numbered(agent.number);
            view! {
                <li>
                    <a href=links::person(agent.id)>{agent.name.into_revealed()}</a>
                    " "
                    <span class="quiet small nowrap">{number}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul role="list">{each}</ul> }.into_any()
}

/// What was seen, and what is seen now.
#[component]
fn Papers(visit: Visit, facts: Facts, papers: Vec<SeenPaper>) -> impl IntoView {
    let seen = if papers.is_empty() {
        view! { <p>{groups::NO_PAPERS}</p> }.into_any()
    } else {
        let each = papers
            .iter()
            .map(|paper| view! { <li>{groups::seen(paper)}</li> })
            .collect_view();
        view! { <ul>{each}</ul> }.into_any()
    };
    let form = visit.form.clone();
    let counted = Values::new([
        ("members".to_owned(), facts.members.all.to_string()),
        (
            "members_in_town".to_owned(),
            facts.members.in_town.to_string(),
        ),
    ]);
    let values = if form.values.get("members").is_some() {
        form.values.clone()
    } else {
        counted
    };
    let boxes = GroupDocument::ALL
        .into_iter()
        .filter(|document| {
            let always = matches!(document, GroupDocument::Rules | GroupDocument::Roster);
            always || facts.missing.contains(document)
        })
        .map(|document| {
            let name = format!("seen.{}", document.as_str());
            view! {
                <CheckField
                    values=values.clone() name=name value="1" label=groups::paper(document)
                />
            }
        })
        .collect_view();
    let wiring = Wiring::new(&form, "seen", None);
    view! {
        <section class="stack">
            <h2>{groups::PAPERS}</h2>
            <p>{groups::PAPERS_MEANS}</p>
            {seen}
            <form
                class="stack" method="post" novalidate action=links::counter_group(facts.line.id)
            >
                <SeedFields seed=visit.seed/>
                <Field wiring=wiring label=groups::SEEN_TODAY need=Need::Unsaid group=true>
                    <div class="choices">{boxes}</div>
                </Field>
                <TextField
                    form=form.clone() values=values.clone() name="members" label=groups::MEMBERS
                    need=Need::Required inputmode="numeric" width="number"
                    unit=groups::PEOPLE_UNIT maxlength=5
                />
                <TextField
                    form=form values=values name="members_in_town"
                    label=groups::MEMBERS_IN_TOWN need=Need::Required inputmode="numeric"
                    width="number" unit=groups::PEOPLE_UNIT maxlength=5
                />
                <div class="actions">
                    <Submit name="action" value="note">{groups::NOTE}</Submit>
                </div>
            </form>
        </section>
    }
}

#[component]
fn Decide(visit: Visit, facts: Facts, may_decide: bool) -> impl IntoView {
    if !may_decide {
        return view! { <p class="quiet">{groups::MANAGER_DECIDES}</p> }.into_any();
    }
    let waits = facts.line.state.to_decide_since().is_some();
    let renews = matches!(facts.line.state, GroupState::Registered { .. });
    let approve = if renews {
        groups::APPROVE_RENEWAL
    } else {
        groups::APPROVE
    };
    let form = visit.form.clone();
    let values = form.values.clone();
    let id = facts.line.id;
    let missing = (waits && !facts.missing.is_empty()).then(|| {
        let papers: Vec<String> = facts.missing.iter().map(ToString::to_string).collect();
        view! { <p>{format!("{}：{}", groups::MISSING, papers.join("、"))}</p> }
    });
    let seed = visit.seed.clone();
    let approve = (waits && facts.missing.is_empty()).then(|| {
        view! {
            <form class="actions" method="post" action=links::counter_group(id)>
                <SeedFields seed=seed/>
                <Submit kind=Kind::Primary name="action" value="approve">{approve}</Submit>
            </form>
        }
    });
    let (action, words) = if waits {
        ("refuse", groups::REFUSE)
    } else {
        ("end", groups::END)
    };
    view! {
        <section class="stack">
            <h2>{groups::DECIDE}</h2>
            {missing}
            {approve}
            <form class="stack" method="post" novalidate action=links::counter_group(id)>
                <SeedFields seed=visit.seed/>
                <TextArea
                    form=form values=values name="reason" label=groups::REASON
                    need=Need::Required support=Some(groups::REASON_SUPPORT.to_owned())
                    maxlength=400
                />
                <div class="actions">
                    <Submit kind=Kind::Danger name="action" value=action>{words}</Submit>
                </div>
            </form>
        </section>
    }
    .into_any()
}
