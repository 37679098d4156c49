//! Somebody who is signed in already came where one signs in (ログイン済み).

use leptos::prelude::*;

use super::{ButtonLink, Kind};
use crate::links;
use crate::text::{errors, sign_in};

/// Says so, and leads on to where they wanted to go.
#[component]
pub fn SignedInAlready(
    /// A path of this site.
    return_to: String,
) -> impl IntoView {
    let reservations = (return_to != links::RESERVATIONS).then(|| {
        view! { <ButtonLink href=links::RESERVATIONS>{errors::TO_RESERVATIONS}</ButtonLink> }
    });
    view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{sign_in::ALREADY}</h1>
            <p>{sign_in::ALREADY_NEXT}</p>
            <div class="actions">
                <ButtonLink href=return_to kind=Kind::Primary>{sign_in::GO_ON}</ButtonLink>
                {reservations}
            </div>
        </div>
    }
}
