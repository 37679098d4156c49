//! カードを確認できませんでした, for somebody who is signed in and stays so.

use contract::Refusal;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Kind};
use crate::text::cards;

/// `?reason=` `other_card`, `not_theirs`, `cancelled`, `expired`, `unavailable` or anything else.
#[component]
pub fn CardRefusedPage() -> impl IntoView {
    framed(|ask| async move {
        let Ask { visit, address } = ask;
        visit.call.person().ok_or(Refusal::SignInRequired)?;
        let (what, next) = cards::refused_because(address.query().get("reason").unwrap_or(""));
        let contact = visit.house.town(&visit.call).await?.contact;
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{cards::REFUSED}</h1>
                <p><strong>{what}</strong></p>
                <p>{next}</p>
                <p>
                    {contact.office}
                    " "
                    <a class="nowrap" href=links::telephone(&contact.phone)>{contact.phone.clone()}</a>
                    {format!("（{}）", contact.hours)}
                </p>
                <div class="actions">
                    <ButtonLink href=links::PROFILE kind=Kind::Primary>{cards::BACK}</ButtonLink>
                </div>
            </div>
        };
        Ok(Page::new(cards::REFUSED, body))
    })
}
