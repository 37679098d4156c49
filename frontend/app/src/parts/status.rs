//! A reservation's state as a label.

use contract::ReservationState;
use leptos::prelude::*;

use crate::text::reservation;

/// The state in a word, with a colour that says no more than the word.
#[component]
pub fn ReservationStatus(state: ReservationState) -> impl IntoView {
    view! { <span class="status" data-tone=tone(&state)>{reservation::state(&state)}</span> }
}

const fn tone(state: &ReservationState) -> &'static str {
    match state {
        ReservationState::Confirmed | ReservationState::CheckedIn => "success",
        ReservationState::Held { .. }
        | ReservationState::AwaitingReview
        | ReservationState::AwaitingPayment { .. } => "warning",
        ReservationState::Refused { .. } => "error",
        ReservationState::Completed
        | ReservationState::NoShow
        | ReservationState::Released
        | ReservationState::Cancelled { .. } => "quiet",
    }
}
