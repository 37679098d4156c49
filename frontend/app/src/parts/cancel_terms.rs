//! Until when a cancellation gives back how much (取消しの条件).

use contract::{PayState, ReservationView};
use leptos::prelude::*;

use crate::text::reservation;
use crate::visit::today;

/// The terms of one reservation, in dates and yen.
#[component]
pub fn CancelTerms(reservation: ReservationView) -> impl IntoView {
    let article = reservation.facility.refund.article.clone();
    let terms = if reservation.money.payment == PayState::Free {
        view! { <p>{reservation::TERM_FREE}</p> }.into_any()
    } else {
        let each = reservation
            .refund_terms
            .into_iter()
            .map(|(until, yen)| view! { <li>{reservation::term(until, yen, today())}</li> })
            .collect_view();
        view! {
            <ul>{each}<li>{reservation::TERM_NONE}</li></ul>
            <p class="quiet small">{article}</p>
        }
        .into_any()
    };
    view! {
        <section class="stack" data-gap="tight">
            <h2>{reservation::TERMS}</h2>
            {terms}
        </section>
    }
}
