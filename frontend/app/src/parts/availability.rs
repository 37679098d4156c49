//! One slot's state as a sign and a word, and a day's states as one sign.

use contract::SlotView;
use domain::availability::{ClosedReason, SlotStatus};
use leptos::prelude::*;

use crate::text::availability;
use crate::visit::today;

/// Sign and word: never colour alone.
#[component]
pub fn StateWord(
    status: SlotStatus,
    /// True where the page says beside the list, once, until when booking is closed or whom to ask
    /// instead; readers still hear that it is for the desk.
    #[prop(optional)]
    said_once: bool,
) -> impl IntoView {
    let class = match status {
        SlotStatus::Free => "free",
        SlotStatus::Part => "partly",
        _ => "taken",
    };
    let (word_class, word) = match &status {
        SlotStatus::CounterOnly { .. } if said_once => {
            ("unseen", availability::word(&status, today()))
        }
        SlotStatus::NotYet { .. } if said_once => ("state-word", availability::NOT_YET.to_owned()),
        _ => ("state-word", availability::word(&status, today())),
    };
    view! {
        <span class=class>
            <span class="mark" aria-hidden="true">{availability::sign(&status)}</span>
            " "
            <span class=word_class>{word}</span>
        </span>
    }
}

/// How many of a day's slots can be booked.
pub fn bookable_count(slots: &[SlotView]) -> usize {
    slots
        .iter()
        .filter(|slot| slot.status.is_bookable())
        .count()
}

/// A day in one sign and word, the most hopeful of its slots'.
pub fn day_sign(closed: Option<&ClosedReason>, slots: &[SlotView]) -> (&'static str, String) {
    let hope = |status: &SlotStatus| match status {
        SlotStatus::Free => 6_u8,
        SlotStatus::Part => 5,
        SlotStatus::CounterOnly { .. } => 4,
        SlotStatus::NotYet { .. } => 3,
        SlotStatus::Taken => 2,
        SlotStatus::Closed(_) => 1,
        SlotStatus::Past => 0,
    };
    let closed = closed.map(|reason| SlotStatus::Closed(reason.clone()));
    let best = slots
        .iter()
        .map(|slot| &slot.status)
        .max_by_key(|status| hope(status));
    match closed.as_ref().or(best) {
        Some(status @ SlotStatus::NotYet { .. }) => {
            (availability::sign(status), availability::NOT_YET.to_owned())
        }
        Some(status) => (
            availability::sign(status),
            availability::word(status, today()),
        ),
        None => (
            availability::sign(&SlotStatus::Past),
            availability::NO_SLOT.to_owned(),
        ),
    }
}
