//! A facility's week: rooms down, days across, without names.

use chrono::NaiveDate;
use contract::{BoardBlock, BoardFacility, BoardRange, BoardRoom, BoardState};
use domain::availability::ClosedReason;
use leptos::prelude::*;

use crate::links;
use crate::text::{board, clock};
use crate::visit::today;

/// The table of a week. A cell says what is not free, and 空き where everything is.
#[component]
pub fn WeekOccupancy(facility: BoardFacility, dates: Vec<NaiveDate>) -> impl IntoView {
    let first = dates.first().copied().unwrap_or_else(today);
    let caption = board::caption(&facility.name, first, true);
    let heads = dates
        .iter()
        .map(|date| {
            let there = links::board(Some(&facility.facility), *date, BoardRange::Day);
            view! { <th scope="col"><a href=there>{clock::day(*date, today())}</a></th> }
        })
        .collect_view();
    let closed = facility.closed.clone();
    let rows = facility
        .rooms
        .into_iter()
        .map(|room| view! { <Row room=room closed=closed.clone()/> })
        .collect_view();
    let label = caption.clone();
    view! {
        <section class="stack" data-gap="tight">
            <h2>{facility.name}</h2>
            <div class="board" role="region" aria-label=label tabindex="0">
                <table class="days">
                    <caption class="unseen">{caption}</caption>
                    <thead><tr><th scope="col">{board::ROOM}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(room: BoardRoom, closed: Vec<Option<ClosedReason>>) -> impl IntoView {
    let cells = room
        .days
        .into_iter()
        .zip(closed)
        .map(|(blocks, closed)| cell(&blocks, closed.is_some()))
        .collect_view();
    view! {
        <tr id=format!("room-{}", room.room) data-part=room.part.then_some("")>
            <th scope="row">{room.name}</th>
            {cells}
        </tr>
    }
}

fn cell(blocks: &[BoardBlock], closed: bool) -> impl IntoView + use<> {
    let taken: Vec<_> = blocks
        .iter()
        .filter(|block| block.state != BoardState::Free)
        .map(|block| {
            view! { <span data-state=board::name(block.state)>{board::in_a_week(block)}</span> }
        })
        .collect();
    if !taken.is_empty() {
        return view! { <td>{taken}</td> }.into_any();
    }
    let state = if closed {
        BoardState::Closed
    } else {
        BoardState::Free
    };
    view! { <td><span data-state=board::name(state)>{board::word(state)}</span></td> }.into_any()
}
