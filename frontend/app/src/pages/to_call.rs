//! Whom somebody has to call about a closure.

use contract::ToCall;
use leptos::prelude::*;

use crate::links;
use crate::text::closures;
use crate::visit::today;

/// The people whom no mail reaches, each with a number to call; nothing when there are none.
#[component]
pub(super) fn CallThem(people: Vec<ToCall>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let named = people.iter().any(|one| one.person.is_some());
        let rows = people
            .into_iter()
            .map(|one| view! { <Row one=one named=named/> })
            .collect_view();
        view! {
            <table class="arrivals">
                <caption>{closures::TO_CALL}</caption>
                <thead>
                    <tr>
                        <th scope="col">{closures::WHEN}</th>
                        <th scope="col">{closures::WHERE}</th>
                        <th scope="col">{closures::NUMBER}</th>
                        {named.then(|| view! {
                            <th scope="col">{closures::PERSON}</th>
                            <th scope="col">{closures::PHONE}</th>
                        })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

#[component]
fn Row(one: ToCall, named: bool) -> impl IntoView {
    let phone = one.phone.map(|phone| {
        let phone = phone.into_revealed();
        let link = links::telephone(&phone);
        view! { <a href=link>{phone}</a> }
    });
    let person = named.then(|| {
        view! {
            <td data-label=closures::PERSON>
                {one.person.map(|person| person.into_revealed())}
            </td>
            <td data-label=closures::PHONE>
                {phone.map_or_else(|| closures::NO_PHONE.into_any(), IntoAny::into_any)}
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{closures::span(one.span, today())}</th>
            <td data-label=closures::WHERE>{one.room_name}</td>
            <td data-label=closures::NUMBER>{one.number}</td>
            {person}
        </tr>
    }
}
