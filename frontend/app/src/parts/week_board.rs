//! One room's week as a table: days down, times across (wide screens).

use contract::WeekDay;
use domain::town::Slug;
use leptos::prelude::*;

use super::{Board, BoardRow};
use crate::links;
use crate::text::{availability, clock};
use crate::visit::today;

/// The week of a room.
#[component]
pub fn WeekBoard(room: Slug, room_name: String, days: Vec<WeekDay>) -> impl IntoView {
    let rows = days
        .into_iter()
        .map(|day| {
            let closed = match &day.closed {
                Some(reason) => Some(availability::closed_day(reason)),
                None => day
                    .slots
                    .is_empty()
                    .then(|| availability::DAY_EMPTY.to_owned()),
            };
            BoardRow {
                head: clock::day(day.date, today()),
                href: Some(links::room(&room, Some(day.date))),
                part: false,
                room: room.clone(),
                said: format!("{room_name} {}", clock::day(day.date, today())),
                slots: day.slots,
                closed,
            }
        })
        .collect();
    let caption = format!("{room_name} {}", availability::HEADING);
    view! { <Board caption=caption corner=availability::DAY rows=rows/> }
}
