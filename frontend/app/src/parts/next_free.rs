//! The next time that is free (次の空き).

use contract::SlotOffer;
use leptos::prelude::*;

use crate::links;
use crate::text::{availability, clock};

/// A link to book the next free time, or the sentence that there is none.
#[component]
pub fn NextFree(offer: Option<SlotOffer>, #[prop(optional)] with_room: bool) -> impl IntoView {
    match offer {
        Some(offer) => {
            let href = links::book(&offer.room, offer.span);
            let when = clock::day_and_time(offer.span);
            let words = if with_room {
                format!("{when} {}", offer.room_name)
            } else {
                when
            };
            view! {
                <span class="quiet">{availability::NEXT_FREE}</span>
                <a href=href>{words}</a>
            }
            .into_any()
        }
        None => view! { <span class="quiet">{availability::NO_NEXT_FREE}</span> }.into_any(),
    }
}
