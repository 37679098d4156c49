//! A refusal on the page it concerns: what is the matter, what to do, and where to go on.

use contract::Refusal;
use leptos::prelude::*;

use super::{Notice, Tone};
use crate::links;
use crate::text::{clock, refusal};

/// Says why not and what now; for a taken slot, the nearest free times with the answers kept.
#[component]
pub fn RefusalNotice(
    refusal: Refusal,
    /// What was answered already and goes along to another time.
    #[prop(optional)]
    answers: Vec<(String, String)>,
) -> impl IntoView {
    let words = refusal::explain(&refusal);
    let offers = match refusal {
        Refusal::SlotTaken { alternatives } => alternatives,
        _ => Vec::new(),
    };
    let offers = (!offers.is_empty()).then(|| {
        let offers = offers.into_iter().map(|offer| {
            let href = links::book_with(&offer.room, offer.span, &answers);
            view! {
                <li>
                    <a class="time" href=href>
                        <span class="time-clock">{clock::day_and_time(offer.span)}</span>
                        <span class="quiet">{offer.room_name}</span>
                    </a>
                </li>
            }
        });
        view! { <ul class="times" role="list">{offers.collect_view()}</ul> }
    });
    view! {
        <Notice tone=Tone::Error heading=words.what announced=true>
            <p>{words.next}</p>
            {offers}
        </Notice>
    }
}
