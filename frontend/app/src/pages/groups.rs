//! 自分の団体: all groups that one represents or acts for.

use contract::{GroupLine, OwnGroups};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, Fact, GroupStatus, Kind};
use crate::text::groups;

/// The list, and the way to an application.
#[component]
pub fn GroupsPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let OwnGroups {
            groups: own,
            number,
            offered,
        } = visit.house.own_groups(&visit.call).await?;
        let apply = if offered {
            view! {
                <div class="actions">
                    <ButtonLink href=links::NEW_GROUP kind=Kind::Primary>{groups::APPLY}</ButtonLink>
                </div>
            }
            .into_any()
        } else {
            view! { <p>{groups::NOT_OFFERED}</p> }.into_any()
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{groups::OWN}</h1>
                {offered.then(|| view! { <p>{groups::LEAD}</p> })}
                <Cards list=own/>
                {apply}
                <section class="stack">
                    <dl class="facts">
                        <Fact name=groups::OWN_NUMBER>{number.to_string()}</Fact>
                    </dl>
                    <p class="small quiet">{groups::OWN_NUMBER_MEANS}</p>
                </section>
            </div>
        };
        Ok(Page::new(groups::OWN, body))
    })
}

#[component]
fn Cards(list: Vec<GroupLine>) -> impl IntoView {
    if list.is_empty() {
        return view! { <EmptyState what=groups::NONE/> }.into_any();
    }
    let cards = list
        .into_iter()
        .map(|line| {
            let until = line.state.valid_until().map(groups::until);
            let renewable = line.can_renew.then(|| groups::renewable(&line)).flatten();
            view! {
                <li>
                    <article class="card" data-pressable="">
                        <h3><a href=links::group(line.id)>{line.name.clone()}</a></h3>
                        <p class="row">
                            <GroupStatus line=line/>
                            {until.map(|until| view! { <span>{until}</span> })}
                        </p>
                        {renewable.map(|words| view! { <p>{words}</p> })}
                    </article>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="cards" role="list">{cards}</ul> }.into_any()
}
