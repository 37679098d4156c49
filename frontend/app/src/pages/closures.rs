//! 休館の一覧.

use contract::ClosureLine;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, Kind};
use crate::text::{board, closures};
use crate::visit::today;

/// Every closure that lasts or comes, and those of the last month.
#[component]
pub fn ClosuresPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let view = visit.staff.closures(&visit.call).await?;
        let body = view! {
            <div class="stack" data-gap="wide">
                <div class="row" data-ends="">
                    <h1>{closures::HEADING}</h1>
                    <div class="actions">
                        <ButtonLink href=links::NEW_CLOSURE kind=Kind::Primary>{closures::NEW}</ButtonLink>
                    </div>
                </div>
                <List lines=view.closures/>
            </div>
        };
        let crumbs = vec![(board::HEADING.to_owned(), links::BOARD.to_owned())];
        Ok(Page::new(closures::HEADING, body).under(crumbs))
    })
}

#[component]
fn List(lines: Vec<ClosureLine>) -> impl IntoView {
    if lines.is_empty() {
        return view! {
            <EmptyState what=closures::NONE>
                <a href=links::NEW_CLOSURE>{closures::NEW}</a>
            </EmptyState>
        }
        .into_any();
    }
    let rows = lines
        .into_iter()
        .map(|line| {
            let when = closures::when(&line, today());
            let tone = if line.over || line.closed == 0 {
                "quiet"
            } else {
                "warning"
            };
            view! {
                <tr>
                    <th scope="row"><a href=links::closure(line.id)>{when}</a></th>
                    <td data-label=closures::WHERE>
                        {closures::place(&line.facility_name, &line.rooms)}
                    </td>
                    <td data-label=closures::WHY>{line.reason.to_string()}</td>
                    <td data-label=closures::STATE>
                        <span class="status" data-tone=tone>{closures::state(&line)}</span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="arrivals">
            <caption class="unseen">{closures::HEADING}</caption>
            <thead>
                <tr>
                    <th scope="col">{closures::WHEN}</th>
                    <th scope="col">{closures::WHERE}</th>
                    <th scope="col">{closures::WHY}</th>
                    <th scope="col">{closures::STATE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
