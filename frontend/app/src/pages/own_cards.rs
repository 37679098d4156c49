//! 登録しているカード, on the profile page.

use contract::OwnCard;
use leptos::prelude::*;

use crate::forms::{Hidden, SeedFields};
use crate::links;
use crate::parts::{Fact, Notice, Submit, Tone};
use crate::text::cards;
use crate::visit::Visit;

/// Posts `action` `add_card`, or `remove_card` with `card`.
#[component]
pub fn OwnCards(visit: Visit, cards: Vec<OwnCard>) -> impl IntoView {
    let confirmed = visit.call.stepped_up().is_some();
    let several = cards.len() > 1;
    let rows = cards
        .into_iter()
        .zip(1..)
        .map(|(own, n)| {
            let remove = several.then(|| {
                view! {
                    <form method="post" action=links::PROFILE>
                        <SeedFields seed=visit.seed.clone()/>
                        <Hidden name="card" value=own.card.to_string()/>
                        <Submit name="action" value="remove_card">
                            {cards::remove(n)}
                        </Submit>
                    </form>
                }
            });
            view! {
                <Fact name=cards::nth(n)>
                    <p>{cards::added_on(own.added_on)}</p>
                    {remove}
                </Fact>
            }
        })
        .collect_view();
    let (words, add) = if confirmed {
        (cards::CONFIRMED_NEXT, cards::ADD_NOW)
    } else {
        (cards::ASKS_FOR_CARD, cards::ADD)
    };
    view! {
        <section class="stack" id="cards">
            <h2>{cards::HEADING}</h2>
            <p>{cards::LEAD}</p>
            {confirmed.then(|| view! { <Notice tone=Tone::Success heading=cards::CONFIRMED/> })}
            <dl class="facts">{rows}</dl>
            {several.then(|| view! { <p class="small quiet">{cards::REMOVE_MEANS}</p> })}
            <p>{words}</p>
            <form class="actions" method="post" action=links::PROFILE>
                <SeedFields seed=visit.seed/>
                <Submit name="action" value="add_card">{add}</Submit>
            </form>
        </section>
    }
}
