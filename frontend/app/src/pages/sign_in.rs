//! ログイン: what is needed and what is read, before the identity provider asks for the card.

use leptos::prelude::*;

use super::sign_in_failed::own_path;
use crate::forms::Hidden;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Kind, SignedInAlready, Submit};
use crate::text::sign_in;

/// Asks the server, with `return_to`, to lead to the identity provider.
#[component]
pub fn SignInPage() -> impl IntoView {
    framed(|ask| async move {
        let Ask { visit, address } = ask;
        if visit.call.person().is_some() {
            let return_to = own_path(address.query().get("return_to"));
            let body = view! { <SignedInAlready return_to=return_to/> };
            return Ok(Page::new(sign_in::ALREADY, body));
        }
        let return_to = address.query().text("return_to");
        let from_booking = return_to.starts_with("/rooms/");
        let contact = visit.house.town(&visit.call).await?.contact;
        let needs = sign_in::NEEDS
            .iter()
            .map(|need| view! { <li>{*need}</li> })
            .collect_view();
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{sign_in::HEADING}</h1>
                <p>{sign_in::LEAD}</p>
                <section class="stack" data-gap="tight">
                    <h2>{sign_in::NEED}</h2>
                    <ul>{needs}</ul>
                </section>
                <section class="stack" data-gap="tight">
                    <h2>{sign_in::READ}</h2>
                    <p>{sign_in::READS}</p>
                </section>
                {from_booking.then(|| view! { <p>{sign_in::NOTHING_LOST}</p> })}
                <form class="actions" method="get" action=links::SIGN_IN_START>
                    <Hidden name="return_to" value=return_to/>
                    <Submit kind=Kind::Primary>{sign_in::GO}</Submit>
                </form>
                <details>
                    <summary>{sign_in::NO_CARD}</summary>
                    <p>
                        {sign_in::NO_CARD_NEXT}
                        " "
                        {contact.office}
                        " "
                        <a href=links::telephone(&contact.phone)>{contact.phone.clone()}</a>
                        {format!("（{}）", contact.hours)}
                    </p>
                </details>
            </div>
        };
        Ok(Page::new(sign_in::HEADING, body))
    })
}
