//! 操作記録: who did what to a reservation.

use contract::{Failure, HistoryEntry, HistoryView, Refusal};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Fact, FindReservation, When};
use crate::text::{clock, counter, reports};

/// `?find=` a number or a scanned code.
#[component]
pub fn HistoryPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let typed = address
            .query()
            .filled("find")
            .unwrap_or_default()
            .to_owned();
        // Whoever may not look at all is told so before anything is typed.
        let found = match visit.staff.history(&visit.call, &typed).await {
            Ok(found) => Some(found),
            Err(Failure::Refused(Refusal::NotFound)) => None,
            Err(failure) => return Err(failure),
        };
        let lost = found.is_none() && !typed.is_empty();
        if lost {
            visit.host.status(404);
        }
        let is_blank = typed.is_empty();
        let body = view! {
            <div class="counter history stack" data-gap="wide">
                <h1>{reports::HISTORY}</h1>
                {is_blank.then(|| view! { <p>{reports::LEAD}</p> })}
                <FindReservation
                    action=links::HISTORY
                    lost=lost.then(counter::not_found)
                    typed=Some(typed)
                    focused=false
                />
                {found.map(|view| view! { <Told view=view/> })}
            </div>
        };
        Ok(Page::new(reports::HISTORY, body))
    })
}

#[component]
fn Told(view: HistoryView) -> impl IntoView {
    let rows = view
        .entries
        .into_iter()
        .map(|entry| view! { <Entry entry=entry/> })
        .collect_view();
    view! {
        <dl class="facts">
            <Fact name=reports::NUMBER>{view.number}</Fact>
            <Fact name=reports::PLACE>{format!("{} {}", view.facility_name, view.room_name)}</Fact>
            <Fact name=reports::WHEN><When span=view.span/></Fact>
            <Fact name=reports::CHANNEL>{reports::channel(view.channel)}</Fact>
            <Fact name=reports::STATE>{view.state.label()}</Fact>
        </dl>
        <table class="arrivals">
            <caption>{reports::ENTRIES}</caption>
            <thead>
                <tr>
                    <th scope="col">{reports::AT}</th>
                    <th scope="col">{reports::WHO}</th>
                    <th scope="col">{reports::WHAT}</th>
                    <th scope="col">{reports::DETAIL}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Entry(entry: HistoryEntry) -> impl IntoView {
    let (who, what, facts) = (
        reports::who(&entry.by),
        reports::action(&entry),
        reports::facts(&entry).join("、"),
    );
    view! {
        <tr>
            <th scope="row">{clock::full_at(entry.at)}</th>
            <td data-label=reports::WHO>{who}</td>
            <td data-label=reports::WHAT>{what}</td>
            <td data-label=reports::DETAIL>{facts}</td>
        </tr>
    }
}
