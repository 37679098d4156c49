//! 窓口の団体登録: what waits for a decision first, then the search.

use contract::{CounterGroups, GroupLine};
use leptos::prelude::*;

use crate::forms::{FormState, Need, TextField};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{EmptyState, GroupStatus, Kind, Submit};
use crate::text::{clock, groups};
use domain::civil;

/// `?name` looks for a group: a group's name is no personal datum and may stand in an address.
#[component]
pub fn CounterGroupsPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let typed = address.query().text("name");
        let CounterGroups {
            to_decide,
            found,
            more,
            offered,
        } = visit.staff.groups(&visit.call, &typed).await?;
        let values = address.query().clone();
        let found = found.map(|found| {
            view! {
                <section class="stack">
                    <h2>{groups::FOUND}</h2>
                    <Groups lines=found nothing=groups::NOT_FOUND/>
                    {more.then(|| view! { <p>{groups::MORE}</p> })}
                </section>
            }
        });
        let body = view! {
            <div class="stack" data-gap="wide">
                <h1>{groups::COUNTER}</h1>
                {(!offered).then(|| view! { <p>{groups::NOT_OFFERED}</p> })}
                <form class="stack" method="get" action=links::COUNTER_GROUPS>
                    <TextField
                        form=FormState::default() values=values name="name" label=groups::SEARCH
                        need=Need::Unsaid kind="search" autocomplete="off" maxlength=100
                    />
                    <div class="actions"><Submit kind=Kind::Primary>{groups::SEARCH_GO}</Submit></div>
                </form>
                {found}
                <section class="stack">
                    <h2>{groups::TO_DECIDE}</h2>
                    <Groups lines=to_decide nothing=groups::NOTHING_TO_DECIDE/>
                </section>
                <p class="small quiet">{groups::REGISTER_HOW}</p>
            </div>
        };
        Ok(Page::new(groups::COUNTER, body))
    })
}

#[component]
fn Groups(lines: Vec<GroupLine>, nothing: &'static str) -> impl IntoView {
    if lines.is_empty() {
        return view! { <EmptyState what=nothing/> }.into_any();
    }
    let rows = lines
        .into_iter()
        .map(|line| {
            let since = line.state.to_decide_since().unwrap_or(line.applied_at);
            let since = clock::full_day(civil::date_at(since));
            let until = line.state.valid_until().map(groups::until);
            view! {
                <tr>
                    <th scope="row"><a href=links::counter_group(line.id)>{line.name.clone()}</a></th>
                    <td data-label=groups::SINCE>{since}</td>
                    <td data-label=groups::VALIDITY>{until.unwrap_or_else(|| "－".to_owned())}</td>
                    <td data-label=groups::STATE><GroupStatus line=line/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="arrivals">
            <caption class="unseen">{groups::COUNTER}</caption>
            <thead>
                <tr>
                    <th scope="col">{groups::NAME}</th>
                    <th scope="col">{groups::SINCE}</th>
                    <th scope="col">{groups::VALIDITY}</th>
                    <th scope="col">{groups::STATE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
