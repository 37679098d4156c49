//! The next time that is free (次の空き).

use chrono::NaiveDate;
use contract::SlotOffer;
use leptos::prelude::*;

use super::When;
use crate::links::Way;
use crate::text::availability;

/// A link to book the next free time, or the sentence that there is none.
#[component]
pub fn NextFree(
    offer: Option<SlotOffer>,
    #[prop(optional)] with_room: bool,
    /// The day that is looked at; what is free before it is not the next.
    #[prop(optional)]
    after: Option<NaiveDate>,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    match offer {
        Some(offer) => {
            let href = way.book(&offer.room, offer.span);
            let before = after.is_some_and(|day| offer.span.date() < day);
            let label = if before {
                availability::FREE_NOW
            } else {
                availability::NEXT_FREE
            };
            let room = with_room.then_some(offer.room_name);
            view! {
                <span class="quiet">{label}</span>
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
