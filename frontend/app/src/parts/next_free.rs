//! The next time that is free (次の空き).

use contract::SlotOffer;
use leptos::prelude::*;

use super::When;
use crate::links;
use crate::text::availability;

/// A link to book the next free time, or the sentence that there is none.
#[component]
pub fn NextFree(offer: Option<SlotOffer>, #[prop(optional)] with_room: bool) -> impl IntoView {
    match offer {
        Some(offer) => {
            let href = links::book(&offer.room, offer.span);
            let room = with_room.then_some(offer.room_name);
            view! {
                <span class="quiet">{availability::NEXT_FREE}</span>
                <a href=href>
                    <When span=offer.span/>
                    {room.map(|room| view! { " "<span>{room}</span> })}
                </a>
            }
            .into_any()
        }
        None => view! { <span class="quiet">{availability::NO_NEXT_FREE}</span> }.into_any(),
    }
}
