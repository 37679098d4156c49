//! One room's day as a list of times (phones).

use contract::SlotView;
use domain::availability::SlotStatus;
use domain::town::Slug;
use leptos::prelude::*;

use super::StateWord;
use crate::links::Way;
use crate::text::{availability, money};

/// Times, each with fee and state; a free one is a link, and the whole line its target.
#[component]
pub fn TimeList(
    room: Slug,
    room_name: String,
    slots: Vec<SlotView>,
    #[prop(default = Way::Own)] way: Way,
) -> impl IntoView {
    let lines = slots.into_iter().map(move |slot| {
        let clock = slot.span.clock();
        let said = availability::book_this(&room_name, &clock);
        let fee = slot.price_yen.map(money::fee);
        let inside = view! {
            <span class="time-clock">
                {clock}
                {slot.division.map(|name| view! { <span class="time-name">{name}</span> })}
            </span>
            <span class="time-fee">{fee}</span>
            <StateWord status=slot.status.clone() said_once=true/>
        };
        let line = if slot.status == SlotStatus::Free {
            let href = way.book(&room, slot.span);
            view! { <a class="time" href=href aria-label=said_with_fee(&said, slot.price_yen)>{inside}</a> }
                .into_any()
        } else {
            view! { <div class="time">{inside}</div> }.into_any()
        };
        view! { <li>{line}</li> }
    });
    view! { <ul class="times" role="list">{lines.collect_view()}</ul> }
}

fn said_with_fee(said: &str, price: Option<domain::money::Yen>) -> String {
    price.map_or_else(
        || said.to_owned(),
        |yen| format!("{said}（{}）", money::fee(yen)),
    )
}
