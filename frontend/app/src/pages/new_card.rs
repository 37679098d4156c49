//! カードの追加, the last step: a form of our own site, so that no other can give the yes.

use contract::PendingCard;
use leptos::prelude::*;

use crate::forms::SeedFields;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Fact, Kind, RefusalNotice, Submit};
use crate::text::{cards, profile};
use crate::visit::Visit;

/// Posts nothing but the token.
#[component]
pub fn NewCardPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let waits = visit.house.pending_card(&visit.call).await?;
        let refused = visit.form.refused_whole();
        let refused = refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> });
        let (title, body) = match waits {
            Some(card) => (
                cards::NEW,
                view! { <Question visit=visit card=card/> }.into_any(),
            ),
            None => (cards::NEW_NONE, view! { <Nothing/> }.into_any()),
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                {refused}
                <h1>{title}</h1>
                {body}
            </div>
        };
        Ok(Page::new(title, body))
    })
}

#[component]
fn Question(visit: Visit, card: PendingCard) -> impl IntoView {
    let name = card.name.map_or_else(
        || profile::NOT_GIVEN.to_owned(),
        |name| name.into_revealed(),
    );
    view! {
        <dl class="facts">
            <Fact name=cards::NEW_NAME>{name}</Fact>
        </dl>
        <p>{cards::NEW_MEANS}</p>
        <form class="actions" method="post" action=links::NEW_CARD>
            <SeedFields seed=visit.seed/>
            <Submit kind=Kind::Primary>{cards::NEW_YES}</Submit>
            <ButtonLink href=links::PROFILE>{cards::NEW_NO}</ButtonLink>
        </form>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <p>{cards::NEW_NONE_NEXT}</p>
        <div class="actions">
            <ButtonLink href=links::PROFILE kind=Kind::Primary>{cards::BACK}</ButtonLink>
        </div>
    }
}
