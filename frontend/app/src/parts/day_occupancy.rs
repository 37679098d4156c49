//! A facility's day: rooms down, hours across.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{BoardBlock, BoardFacility, BoardRoom};
use domain::civil;
use domain::span::{Cell, Span};
use leptos::prelude::*;

use crate::links;
use crate::text::board;

/// Cells of 30 minutes in an hour.
const IN_AN_HOUR: i64 = 2;

/// The table of a day. Each block spans its half hours and says its state in a word.
#[component]
pub fn DayOccupancy(facility: BoardFacility, date: NaiveDate, at: DateTime<Utc>) -> impl IntoView {
    let caption = board::caption(&facility.name, date, false);
    let closed = facility.closed.first().cloned().flatten();
    let closed = closed.map(|reason| view! { <p>{board::closed_day(&reason)}</p> });
    let hours = hours(&facility);
    if hours.is_empty() {
        return view! {
            <section class="stack" data-gap="tight">
                <h2>{facility.name}</h2>
                {closed}
            </section>
        }
        .into_any();
    }
    let running = Cell::containing(at);
    let heads = hours
        .iter()
        .map(|hour| {
            let now = (civil::date_at(at) == date && *hour <= running && running < hour.plus(2))
                .then_some("");
            let (start, _) = Span::new(*hour, hour.plus(1)).map_or_else(
                |_empty| (civil::TimeOfDay::MIDNIGHT, civil::TimeOfDay::MIDNIGHT),
                Span::times,
            );
            view! { <th scope="col" colspan="2" data-now=now>{board::hour(start)}</th> }
        })
        .collect_view();
    let counter = facility
        .counter
        .then(|| links::counter(Some(&facility.facility), Some(date)));
    let rows = facility
        .rooms
        .into_iter()
        .map(|room| view! { <Row room=room hours=hours.clone() counter=counter.clone()/> })
        .collect_view();
    let label = caption.clone();
    view! {
        <section class="stack" data-gap="tight">
            <h2>{facility.name}</h2>
            {closed}
            <div class="board" role="region" aria-label=label tabindex="0">
                <table class="day">
                    <caption class="unseen">{caption}</caption>
                    <thead><tr><th scope="col">{board::ROOM}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Every hour in which anything is the case anywhere at the facility.
fn hours(facility: &BoardFacility) -> Vec<Cell> {
    let spans = || {
        let blocks = facility.rooms.iter().filter_map(|room| room.days.first());
        blocks.flatten().map(|block| block.span)
    };
    let first = spans().map(Span::start).min();
    let last = spans().map(Span::end).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    // Japan's hours begin with the hours of UTC.
    let first = first.plus(-(first.minutes() / 30).rem_euclid(IN_AN_HOUR));
    std::iter::successors(Some(first), |hour| Some(hour.plus(IN_AN_HOUR)))
        .take_while(|hour| *hour < last)
        .collect()
}

#[component]
fn Row(room: BoardRoom, hours: Vec<Cell>, counter: Option<String>) -> impl IntoView {
    let mut cells = Vec::new();
    let blocks = room.days.into_iter().next().unwrap_or_default();
    let (start, end) = (hours.first().copied(), hours.last().copied());
    let mut reached = start.unwrap_or_default();
    for block in blocks {
        cells.push(outside(reached, block.span.start()));
        reached = block.span.end();
        cells.push(filled(block, counter.as_deref()).into_any());
    }
    cells.push(outside(
        reached,
        end.map_or(reached, |end| end.plus(IN_AN_HOUR)),
    ));
    view! {
        <tr id=format!("room-{}", room.room) data-part=room.part.then_some("")>
            <th scope="row">{room.name}</th>
            {cells}
        </tr>
    }
}

fn outside(from: Cell, until: Cell) -> AnyView {
    let Ok(span) = Span::new(from, until) else {
        return ().into_any();
    };
    view! {
        <td colspan=width(span) data-state="outside"><span class="unseen">{board::OUTSIDE}</span></td>
    }
    .into_any()
}

fn width(span: Span) -> String {
    (span.minutes() / 30).to_string()
}

fn filled(block: BoardBlock, counter: Option<&str>) -> impl IntoView + use<> {
    let word = view! { <span class="sign">{board::word(block.state)}</span> };
    let when = view! { <span class="when">{block.span.clock()}</span> };
    let why = (!block.why.is_empty()).then(|| view! { <span class="why">{block.why}</span> });
    let booking = block.booking.map(|booking| {
        let name = booking.person.into_revealed();
        let who = match counter {
            Some(list) => {
                let row = links::row(booking.id);
                view! { <a class="who" href=format!("{list}#{row}")>{name}</a> }.into_any()
            }
            None => view! { <span class="who">{name}</span> }.into_any(),
        };
        view! { {who}<span class="why">{booking.purpose}</span> }
    });
    view! {
        <td colspan=width(block.span) data-state=board::name(block.state)>
            {word}" "{when}{why}{booking}
        </td>
    }
}
