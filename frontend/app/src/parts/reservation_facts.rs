//! What is booked, as facts.

use contract::ReservationView;
use leptos::prelude::*;

use super::Fact;
use crate::links;
use crate::text::{clock, groups, reservation};

/// Where, when, for what, how many, and what was answered.
#[component]
pub fn ReservationFacts(reservation: ReservationView) -> impl IntoView {
    let ReservationView {
        number,
        facility,
        room_name,
        span,
        purpose,
        group,
        people,
        answers,
        note,
        ..
    } = reservation;
    let answers = answers
        .iter()
        .filter_map(reservation::answer)
        .map(|(question, words)| view! { <Fact name=question>{words}</Fact> })
        .collect_view();
    view! {
        <dl class="facts">
            <Fact name=reservation::NUMBER>{number}</Fact>
            <Fact name=reservation::WHEN>
                <span class="whole">{clock::full_day(span.date())}</span>
                " "
                <span class="whole">{span.clock()}</span>
                <span class="quiet nowrap">{format!("（{}）", clock::length(span.minutes()))}</span>
            </Fact>
            <Fact name=reservation::FACILITY>
                <a href=links::facility(&facility.id, None)>{facility.name.clone()}</a>
                <br/>
                <span class="quiet">{facility.address.clone()}</span>
            </Fact>
            <Fact name=reservation::ROOM>{room_name}</Fact>
            {group.map(|group| view! { <Fact name=groups::GROUP>{group}</Fact> })}
            <Fact name=reservation::PURPOSE>{purpose}</Fact>
            <Fact name=reservation::PEOPLE>{reservation::people(people)}</Fact>
            {answers}
            {(!note.is_empty()).then(|| view! { <Fact name=reservation::NOTE>{note}</Fact> })}
        </dl>
    }
}
