//! All rooms of a facility on one day, each with its list of times (phones).

use chrono::NaiveDate;
use contract::RoomDay;
use leptos::prelude::*;

use super::{TimeList, bookable_count, day_sign};
use crate::links::{self, Way};
use crate::text::{availability, clock, search};
use crate::visit::today;

/// A room with more times than this is folded; its line says how many are free.
const LINES_AT_ONCE: usize = 3;

/// The rooms below each other, wholes before their parts.
#[component]
pub fn RoomTimes(
    date: NaiveDate,
    rooms: Vec<RoomDay>,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    let rooms = rooms.into_iter().map(move |room| {
        let open = room.slots.len() <= LINES_AT_ONCE;
        let free = bookable_count(&room.slots);
        let (sign, word) = day_sign(None, &room.slots);
        let word = if free > 0 {
            availability::free_count(free)
        } else {
            word
        };
        let state = if free > 0 { "free" } else { "taken" };
        let capacity = search::capacity(room.capacity);
        let said = format!("{} {}", room.name, clock::day(date, today()));
        let times = if room.slots.is_empty() {
            view! { <p>{availability::DAY_EMPTY}</p> }.into_any()
        } else {
            view! { <TimeList room=room.room.clone() room_name=said slots=room.slots way=way/> }
                .into_any()
        };
        // The week is a page of the residents'.
        let week = (way == Way::Own).then(|| {
            let week = links::room(&room.room, Some(date));
            view! { <p><a href=week>{availability::WEEK_OF_ROOM}</a></p> }
        });
        view! {
            <li data-part=room.part_of.is_some()>
                <details open=open>
                    <summary>
                        <h3>{room.name}</h3>
                        <span class=state>
                            <span class="mark" aria-hidden="true">{sign}</span>
                            " "
                            {word}
                        </span>
                    </summary>
                    <p class="quiet small">{capacity}</p>
                    {times}
                    {week}
                </details>
            </li>
        }
    });
    view! { <ul class="room-times" role="list">{rooms.collect_view()}</ul> }
}
