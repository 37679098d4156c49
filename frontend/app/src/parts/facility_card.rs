//! A facility that was found.

use chrono::NaiveDate;
use contract::FacilityCard;
use leptos::prelude::*;

use super::{NextFree, SampleMark};
use crate::links;
use crate::text::search;

/// Name, place, rooms, and the next free time to book at once.
#[component]
pub fn FoundFacility(
    card: FacilityCard,
    /// The day that was searched for, to go on with.
    date: Option<NaiveDate>,
) -> impl IntoView {
    let rooms = card.rooms.into_iter().map(|room| {
        view! { <li>{room.name}" "<span class="quiet nowrap">{search::price_from(room.price_from_yen)}</span></li> }
    });
    view! {
        <article class="card" data-pressable="">
            <h2>
                <a href=links::facility(&card.id, date)>{card.name}</a>
                " "
                <SampleMark shown=card.illustrative/>
            </h2>
            <p class="quiet small">{format!("{}　{}", card.area, card.address)}</p>
            <ul class="rooms" role="list">{rooms.collect_view()}</ul>
            <p class="card-next"><NextFree offer=card.next_free with_room=true/></p>
        </article>
    }
}
