//! 利用者: somebody at the counter, and what they have booked.

use contract::{CounterPerson, ReservationSummary};
use domain::ids::PersonId;
use domain::personal::Personal;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Need, SeedFields, TextField};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    ButtonLink, Fact, Kind, Notice, RefusalNotice, ReservationStatus, Submit, Tone, When,
};
use crate::text::{money, walk_in};
use crate::visit::Visit;

/// `?registered=1` right after the registration.
#[component]
pub fn PersonPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let found = visit.staff.person(&visit.call, address.person()?).await?;
        let CounterPerson {
            person,
            email,
            verified_on,
            verified_by,
            coming,
            ..
        } = found;
        let registered = address.query().get("registered").map(|_| {
            let words = walk_in::tell_number(person.number);
            view! {
                <Notice tone=Tone::Success heading=walk_in::REGISTERED announced=true>
                    <p>{words}</p>
                </Notice>
            }
        });
        let unreachable = person.phone.is_none();
        let refused = visit.form.refused_whole();
        let known = |value: Option<Personal<String>>| {
            value.map_or_else(|| walk_in::NOT_KNOWN.to_owned(), Personal::into_revealed)
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {registered}
                <h1>{person.name.into_revealed()}</h1>
                <dl class="facts">
                    <Fact name=walk_in::NUMBER>{person.number.to_string()}</Fact>
                    <Fact name=walk_in::KANA>{known(person.kana)}</Fact>
                    <Fact name=walk_in::PHONE>{known(person.phone)}</Fact>
                    <Fact name=walk_in::EMAIL>{known(email)}</Fact>
                    <Fact name=walk_in::RESIDENCE>{walk_in::residence(person.in_town)}</Fact>
                    <Fact name=walk_in::VERIFIED>
                        {walk_in::verified(&verified_by, verified_on)}
                    </Fact>
                </dl>
                {unreachable.then(|| view! { <GivePhone visit=visit id=person.id/> })}
                <div class="actions">
                    <ButtonLink href=links::counter_day(person.id, None, None) kind=Kind::Primary>
                        {walk_in::BOOK}
                    </ButtonLink>
                    <ButtonLink href=links::people(None, None)>{walk_in::SOMEBODY_ELSE}</ButtonLink>
                </div>
                <section class="stack">
                    <h2>{walk_in::COMING}</h2>
                    <Coming coming=coming/>
                </section>
            </div>
        };
        // No name in the title: it ends up in the browser's history.
        Ok(Page::new(walk_in::NUMBER, body))
    })
}

/// Posts `phone`.
#[component]
fn GivePhone(visit: Visit, id: PersonId) -> impl IntoView {
    let form = visit.form.clone();
    let values = form.values.clone();
    view! {
        <form class="stack" method="post" novalidate action=links::person(id)>
            <SeedFields seed=visit.seed/>
            <TextField
                form=form values=values name="phone" label=walk_in::PHONE need=Need::Required
                support=Some(walk_in::PHONE_SUPPORT.to_owned()) kind="tel" autocomplete="off"
                width="phone" maxlength=30
            />
            <div class="actions"><Submit>{walk_in::GIVE_PHONE}</Submit></div>
        </form>
    }
}

#[component]
fn Coming(coming: Vec<ReservationSummary>) -> impl IntoView {
    if coming.is_empty() {
        return view! { <p>{walk_in::NOTHING_COMING}</p> }.into_any();
    }
    let each = coming
        .into_iter()
        .map(|one| {
            view! {
                <li>
                    <a class="person" href=links::sale(one.id)>
                        <strong><When span=one.span/></strong>
                        <span>{format!("{} {}", one.facility_name, one.room_name)}</span>
                        <span class="small">
                            <span class="nowrap">{one.number}</span>
                            " "
                            <span class="nowrap">{money::fee(one.total_yen)}</span>
                            " "
                            <ReservationStatus state=one.state/>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people" role="list">{each}</ul> }.into_any()
}
