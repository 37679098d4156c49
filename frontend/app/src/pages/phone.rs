//! On the phone that read the code at the counter: nobody is signed in there, so it says nothing of
//! any reservation.

use leptos::prelude::*;

use crate::frame::{Page, framed};
use crate::text::sale;

/// Back from the checkout.
#[component]
pub fn PhonePaidPage() -> impl IntoView {
    framed(|_| async { Ok(told(sale::ON_PHONE_PAID, sale::ON_PHONE_PAID_NEXT)) })
}

/// Left the checkout.
#[component]
pub fn PhoneLeftPage() -> impl IntoView {
    framed(|_| async { Ok(told(sale::ON_PHONE_LEFT, sale::ON_PHONE_LEFT_NEXT)) })
}

fn told(heading: &'static str, next: &'static str) -> Page {
    Page::new(
        heading,
        view! {
            <div class="narrow stack" data-gap="wide">
                <h1>{heading}</h1>
                <p>{next}</p>
            </div>
        },
    )
}
