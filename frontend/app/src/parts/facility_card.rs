//! A facility that was found.

use chrono::NaiveDate;
use contract::FacilityCard;
use leptos::prelude::*;

use super::{NextFree, SampleMark};
use crate::links;
use crate::text::search;

/// More rooms than this are only counted.
const ROOMS_NAMED: usize = 4;

/// Name, place, rooms, and the next free time to book at once.
#[component]
pub fn FoundFacility(
    card: FacilityCard,
    /// The day that was searched for, to go on with.
    date: Option<NaiveDate>,
) -> impl IntoView {
    let unnamed = card.rooms.len().saturating_sub(ROOMS_NAMED);
    let rooms = card
        .rooms
        .into_iter()
        .take(ROOMS_NAMED)
        .map(|room| {
            let price = search::price_from(room.price_from_yen);
            view! { <li>{room.name}" "<span class="quiet nowrap">{price}</span></li> }
        })
        .collect_view();
    let rest = (unnamed > 0).then(|| view! { <li>{search::more_rooms(unnamed)}</li> });
    view! {
        <article class="card" data-pressable="">
            <h2>
                <a href=links::facility(&card.id, date)>{card.name}</a>
                " "
                <SampleMark shown=card.illustrative/>
            </h2>
            <p class="quiet small">{format!("{}　{}", card.area, card.address)}</p>
            <ul class="rooms" role="list">{rooms}{rest}</ul>
            <p class="card-next"><NextFree offer=card.next_free with_room=true/></p>
        </article>
    }
}
