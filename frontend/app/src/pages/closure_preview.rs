//! What a closure would do, and the yes to it.

use contract::{ClosurePreview, HitReservation};
use leptos::prelude::*;

use super::closure_wish::FIELDS;
use super::to_call::CallThem;
use crate::forms::{Hidden, SeedFields, Values};
use crate::links;
use crate::parts::{Kind, Notice, ReservationStatus, Submit, Tone};
use crate::text::{closures, money};
use crate::visit::{Visit, today};

/// How many days are listed before the rest is folded away.
const SHOWN_DAYS: usize = 6;

/// The answer to 「影響を確かめる」. Nothing has been done yet.
#[component]
pub(super) fn Effect(visit: Visit, values: Values, preview: ClosurePreview) -> impl IntoView {
    let ClosurePreview {
        facility_name,
        rooms,
        reason,
        spans,
        cancelled,
        inside,
        to_call,
        blocked,
        refund_yen,
        cash_yen,
        seen,
    } = preview;
    let count = cancelled.len();
    let days = spans
        .iter()
        .map(|span| view! { <li>{closures::span(*span, today())}</li> })
        .collect::<Vec<_>>();
    let many = days.len() > SHOWN_DAYS;
    let days = view! { <ul>{days}</ul> };
    let days = if many {
        let words = format!("{}（{}）", closures::DAYS, spans.len());
        view! { <details><summary>{words}</summary>{days}</details> }.into_any()
    } else {
        days.into_any()
    };
    let words = if count == 0 {
        closures::NOBODY.to_owned()
    } else {
        closures::hit(count, refund_yen, cash_yen)
    };
    let yes = if blocked {
        view! {
            <Notice tone=Tone::Error heading=closures::BLOCKED>
                <p>{closures::BLOCKED_NEXT}</p>
            </Notice>
        }
        .into_any()
    } else {
        view! { <Yes visit=visit values=values seen=seen count=count/> }.into_any()
    };
    view! {
        <section class="effect stack" aria-labelledby="effect" tabindex="-1" autofocus>
            <h2 id="effect">{closures::EFFECT}</h2>
            <p><strong>{closures::place(&facility_name, &rooms)}</strong>" "{reason.to_string()}</p>
            {days}
            <p class="hit">{words}</p>
            <Hits heading=closures::CANCELLED hits=cancelled/>
            <Hits heading=closures::INSIDE hits=inside/>
            {(count > 0).then(|| view! { <p>{closures::TOLD}</p> })}
            <CallThem people=to_call/>
            {yes}
        </section>
    }
}

#[component]
fn Yes(visit: Visit, values: Values, seen: String, count: usize) -> impl IntoView {
    let (names, prefixes) = FIELDS;
    let kept = values
        .only(names, prefixes)
        .into_iter()
        .map(|(name, value)| view! { <Hidden name=name value=value/> })
        .collect_view();
    let kind = if count == 0 {
        Kind::Primary
    } else {
        Kind::Danger
    };
    view! {
        <form method="post" action=links::NEW_CLOSURE>
            <SeedFields seed=visit.seed/>
            {kept}
            <Hidden name="seen" value=seen/>
            <div class="actions">
                <Submit kind=kind name="action" value="close">{closures::close(count)}</Submit>
            </div>
        </form>
    }
}

#[component]
fn Hits(heading: &'static str, hits: Vec<HitReservation>) -> impl IntoView {
    (!hits.is_empty()).then(|| {
        let named = hits.iter().any(|hit| hit.person.is_some());
        let rows = hits
            .into_iter()
            .map(|hit| {
                let person = hit.person.map(|person| {
                    view! { <td data-label=closures::PERSON>{person.into_revealed()}</td> }
                });
                view! {
                    <tr>
                        <th scope="row">{closures::span(hit.span, today())}</th>
                        <td data-label=closures::WHERE>{hit.room_name}</td>
                        {person}
                        <td data-label=closures::NUMBER>{hit.number}</td>
                        <td data-label=closures::STATE><ReservationStatus state=hit.state/></td>
                        <td data-label=closures::REFUND class="yen">{money::given_back(hit.refund_yen)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="arrivals">
                <caption>{heading}</caption>
                <thead>
                    <tr>
                        <th scope="col">{closures::WHEN}</th>
                        <th scope="col">{closures::WHERE}</th>
                        {named.then(|| view! { <th scope="col">{closures::PERSON}</th> })}
                        <th scope="col">{closures::NUMBER}</th>
                        <th scope="col">{closures::STATE}</th>
                        <th scope="col">{closures::REFUND}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}
