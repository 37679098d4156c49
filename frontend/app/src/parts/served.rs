//! Who is being served (受付中の方): beside every step at the counter, so that nobody books for another.

use contract::FoundPerson;
use leptos::prelude::*;

use crate::links;
use crate::text::walk_in;

/// Name, number, where they live; to their page, and to somebody else.
#[component]
pub fn Served(person: FoundPerson) -> impl IntoView {
    let kana = person.kana.map(|kana| {
        view! { <span class="quiet small">{kana.into_revealed()}</span> }
    });
    view! {
        <section class="served" aria-label=walk_in::SERVED>
            <p>
                <strong>{person.name.into_revealed()}</strong>
                " "
                {kana}
            </p>
            <p class="small">
                <span class="nowrap">{walk_in::numbered(person.number)}</span>
                " "
                <span class="nowrap">{walk_in::residence(person.in_town)}</span>
            </p>
            <p class="row">
                <a href=links::person(person.id)>{walk_in::DETAILS}</a>
                <a href=links::people(None, None)>{walk_in::SOMEBODY_ELSE}</a>
            </p>
        </section>
    }
}
