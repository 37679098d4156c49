//! 連絡先: what the card said, and the two things it does not say.

use contract::Profile;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Fact, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::{clock, profile};
use crate::visit::Visit;

/// Posts `email`, `phone` and `return_to`.
#[component]
pub fn ProfilePage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let person = visit.house.profile(&visit.call).await?;
        let values = known(&visit, &person);
        let return_to = match visit.form.values.filled("return_to") {
            Some(posted) => posted.to_owned(),
            None => address.query().text("return_to"),
        };
        let refused = visit.form.refused_whole();
        let saved = address.query().get("saved").is_some();
        Ok(Page::new(
            profile::HEADING,
            view! {
                <div class="narrow stack" data-gap="wide">
                    <ErrorSummary form=visit.form.clone()/>
                    {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                    {saved.then(|| view! {
                        <Notice tone=Tone::Success heading=profile::SAVED announced=true/>
                    })}
                    <h1>{profile::HEADING}</h1>
                    <p>{if person.is_complete() { profile::LEAD } else { profile::NEEDED }}</p>
                    <ContactForm visit=visit values=values return_to=return_to/>
                    <FromCard person=person/>
                </div>
            },
        ))
    })
}

/// What was typed just now, or else what is known.
fn known(visit: &Visit, person: &Profile) -> Values {
    let known = |value: &Option<domain::personal::Personal<String>>| {
        value
            .as_ref()
            .map(|value| value.reveal().clone())
            .unwrap_or_default()
    };
    visit.form.values_or(&Values::new([
        ("email".to_owned(), known(&person.email)),
        ("phone".to_owned(), known(&person.phone)),
    ]))
}

#[component]
fn ContactForm(visit: Visit, values: Values, return_to: String) -> impl IntoView {
    let form = visit.form.clone();
    let button = if return_to.is_empty() {
        profile::SAVE
    } else {
        profile::SAVE_AND_GO_ON
    };
    view! {
        <form class="stack" data-gap="wide" method="post" novalidate action=links::PROFILE>
            <SeedFields seed=visit.seed/>
            <Hidden name="return_to" value=return_to/>
            <TextField
                form=form.clone() values=values.clone() name="email" label=profile::EMAIL
                need=Need::Required support=Some(profile::EMAIL_SUPPORT.to_owned()) kind="email"
                autocomplete="email" maxlength=254
            />
            <TextField
                form=form values=values name="phone" label=profile::PHONE
                need=Need::Required support=Some(profile::PHONE_SUPPORT.to_owned()) kind="tel"
                autocomplete="tel" width="phone" maxlength=20
            />
            <div class="actions"><Submit kind=Kind::Primary>{button}</Submit></div>
        </form>
    }
}

#[component]
fn FromCard(person: Profile) -> impl IntoView {
    let town = if person.in_town {
        profile::IN_TOWN
    } else {
        profile::OUT_OF_TOWN
    };
    let address = match &person.address {
        Some(address) => format!("{}（{town}）", address.reveal()),
        None => profile::NOT_GIVEN.to_owned(),
    };
    let born = match &person.birthdate {
        Some(date) => clock::birthday(*date.reveal()),
        None => profile::NOT_GIVEN.to_owned(),
    };
    view! {
        <section class="stack">
            <h2>{profile::FROM_CARD}</h2>
            <dl class="facts">
                <Fact name=profile::NAME>{person.name.into_revealed()}</Fact>
                <Fact name=profile::ADDRESS>{address}</Fact>
                <Fact name=profile::BIRTHDATE>{born}</Fact>
                <Fact name=profile::VERIFIED>{clock::full_day(person.verified_on)}</Fact>
            </dl>
        </section>
    }
}
