//! 審査待ち: what waits for a decision, whoever waits longest first.

use contract::WaitingReview;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::EmptyState;
use crate::text::{clock, counter, reviews};
use crate::visit::today;

/// The list.
#[component]
pub fn ReviewsPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let waiting = visit.staff.reviews(&visit.call).await?;
        let body = view! {
            <div class="stack" data-gap="wide">
                <h1>{reviews::LIST}</h1>
                <List waiting=waiting/>
            </div>
        };
        Ok(Page::new(reviews::LIST, body))
    })
}

#[component]
fn List(waiting: Vec<WaitingReview>) -> impl IntoView {
    if waiting.is_empty() {
        return view! {
            <EmptyState what=reviews::NONE>
                <a href=links::COUNTER>{counter::HEADING}</a>
            </EmptyState>
        }
        .into_any();
    }
    let rows = waiting
        .into_iter()
        .map(|row| {
            let when = format!("{} {}", clock::full_day(row.span.date()), row.span.clock());
            let what: Vec<String> = row.items.iter().map(reviews::item).collect();
            let who = row.group_name.unwrap_or_else(|| row.person.into_revealed());
            view! {
                <tr>
                    <th scope="row"><a href=links::review(row.id)>{when}</a></th>
                    <td data-label=reviews::USE>
                        {format!("{} {}", row.facility_name, row.room_name)}
                        <br/>
                        <span class="quiet">{row.purpose}</span>
                    </td>
                    <td data-label=reviews::WHO>{who}</td>
                    <td data-label=reviews::WHAT>{what.join("、")}</td>
                    <td data-label=reviews::SINCE>{clock::at(row.since, today())}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="arrivals">
            <caption class="unseen">{reviews::LIST}</caption>
            <thead>
                <tr>
                    <th scope="col">{crate::text::reservation::WHEN}</th>
                    <th scope="col">{reviews::USE}</th>
                    <th scope="col">{reviews::WHO}</th>
                    <th scope="col">{reviews::WHAT}</th>
                    <th scope="col">{reviews::SINCE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
