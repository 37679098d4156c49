//! 連絡先: what the card said, and the two things it does not say.

use contract::{Profile, ResidenceView};
use leptos::prelude::*;

use super::own_cards::OwnCards;
use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links::{self, Open, Saved};
use crate::parts::{Fact, Kind, Notice, RefusalNotice, Submit, Tone};
use crate::text::{cards, clock, groups, profile};
use crate::visit::Visit;

/// Posts `email` where none is set or the card was shown again, `phone` and `return_to`.
#[component]
pub fn ProfilePage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let person = visit.house.profile(&visit.call).await?;
        let values = known(&visit, &person);
        let return_to = match visit.form.values.filled("return_to") {
            Some(posted) => posted.to_owned(),
            None => address.query().text("return_to"),
        };
        let own_cards = visit.house.cards(&visit.call).await?;
        let residence = visit.house.own_residence(&visit.call).await?;
        let refused = visit.form.refused_whole();
        let saved = address.query().get("saved").and_then(Saved::read);
        let open = match visit.form.values.filled("change") {
            Some(posted) => Open::read(posted),
            None => address.query().get("change").and_then(Open::read),
        };
        let open = open.filter(|_| visit.call.stepped_up().is_some());
        let email = person.email.clone().filter(|_| open != Some(Open::Email));
        Ok(Page::new(
            profile::HEADING,
            view! {
                <div class="narrow stack" data-gap="wide">
                    <ErrorSummary form=visit.form.clone()/>
                    {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                    {saved.map(|saved| view! {
                        <Notice tone=Tone::Success heading=cards::saved(saved) announced=true/>
                    })}
                    <h1>{profile::HEADING}</h1>
                    <p>{if person.is_complete() { profile::LEAD } else { profile::NEEDED }}</p>
                    {email.clone().map(|email| {
                        view! { <SetEmail visit=visit.clone() email=email.into_revealed()/> }
                    })}
                    <ContactForm
                        visit=visit.clone() values=values return_to=return_to
                        email=email.is_none().then_some(Email::of(open))
                    />
                    <FromCard person=person residence=residence/>
                    <OwnCards visit=visit cards=own_cards/>
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
    let known = Values::new([
        ("email".to_owned(), known(&person.email)),
        ("phone".to_owned(), known(&person.phone)),
    ]);
    // The page's other forms have no such fields.
    if visit.form.values.get("phone").is_none() {
        return known;
    }
    visit.form.values_or(&known)
}

/// Which e-mail address the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Email {
    /// The first one.
    First,
    /// Another one.
    Another,
}

impl Email {
    fn of(open: Option<Open>) -> Self {
        match open {
            Some(Open::Email) => Self::Another,
            Some(Open::Cards) | None => Self::First,
        }
    }

    const fn support(self) -> &'static str {
        match self {
            Self::First => profile::EMAIL_SUPPORT,
            Self::Another => profile::NEW_EMAIL_SUPPORT,
        }
    }
}

/// The address that is set. Posts `action` `change_email`.
#[component]
fn SetEmail(visit: Visit, email: String) -> impl IntoView {
    view! {
        <section class="stack">
            <dl class="facts">
                <Fact name=profile::EMAIL>{email}</Fact>
            </dl>
            <form class="stack" data-gap="tight" method="post" action=links::PROFILE>
                <SeedFields seed=visit.seed/>
                <div class="actions">
                    <Submit name="action" value="change_email">
                        {profile::CHANGE_EMAIL}
                    </Submit>
                </div>
                <p class="small quiet">{profile::CHANGE_EMAIL_MEANS}</p>
            </form>
        </section>
    }
}

#[component]
fn ContactForm(
    visit: Visit,
    values: Values,
    return_to: String,
    /// `None` where the address that is set stays.
    email: Option<Email>,
) -> impl IntoView {
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
            {(email == Some(Email::Another)).then(|| view! {
                <Hidden name="change" value="email"/>
            })}
            {email.map(|email| view! {
                <TextField
                    form=form.clone() values=values.clone() name="email" label=profile::EMAIL
                    need=Need::Required support=Some(email.support().to_owned()) kind="email"
                    autocomplete="email" maxlength=254
                />
            })}
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
fn FromCard(person: Profile, residence: ResidenceView) -> impl IntoView {
    let elsewhere = residence
        .elsewhere
        .into_iter()
        .map(|at| view! { <Fact name=at.facility>{groups::finding(&at.finding)}</Fact> })
        .collect_view();
    // Of whoever lives where they lived, the line above says it all.
    let moved = residence.evidence.iter().any(|one| one.ended_on.is_some());
    let history = moved.then(|| {
        let each = residence.evidence.iter();
        let each = each.map(|one| view! { <li>{groups::evidence(one)}</li> });
        view! {
            <h3>{profile::RESIDENCE_HISTORY}</h3>
            <ul>{each.collect_view()}</ul>
        }
    });
    let address = match &person.address {
        Some(address) => address.reveal().clone(),
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
                <Fact name=profile::RESIDENCE>{groups::finding(&residence.in_general)}</Fact>
                {elsewhere}
                <Fact name=profile::VERIFIED>{clock::full_day(person.verified_on)}</Fact>
            </dl>
            {history}
        </section>
    }
}
