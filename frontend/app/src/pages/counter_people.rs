//! 利用者をさがす: who stands at the counter.

use chrono::NaiveDate;
use contract::{FoundPeople, FoundPerson};
use domain::personal::Personal;
use domain::search_key::SearchRefusal;
use domain::town::Slug;
use leptos::prelude::*;

use crate::address::Address;
use crate::forms::SeedFields;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, RefusalNotice};
use crate::text::walk_in;
use crate::visit::Visit;

/// Where the board is to begin, carried from the day's list.
#[derive(Clone, Default)]
pub(super) struct Place {
    facility: Option<Slug>,
    date: Option<NaiveDate>,
}

impl Place {
    /// Nonsense counts as none: the board then begins where it would anyway.
    pub(super) fn read(address: &Address) -> Self {
        let facility = address.query().filled("facility");
        Self {
            facility: facility.and_then(|slug| slug.parse().ok()),
            date: address.date("date"),
        }
    }

    pub(super) fn people(&self) -> String {
        links::people(self.facility.as_ref(), self.date)
    }

    pub(super) fn new_person(&self) -> String {
        links::new_person(self.facility.as_ref(), self.date)
    }

    fn day(&self, person: &FoundPerson) -> String {
        links::counter_day(person.id, self.facility.as_ref(), self.date)
    }
}

/// `?facility=&date=` for the board. Posts `search`: names are in no address.
#[component]
pub fn PeoplePage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        // Whoever may not see people is told so before they type a name.
        let place = Place::read(&address);
        let typed = visit.form.values.get("search").map(str::to_owned);
        let refused = visit.form.refused_whole();
        let found = match &typed {
            // A form from elsewhere looks for nobody.
            Some(typed) if refused.is_none() => {
                let typed = Personal::new(typed.clone());
                Some(visit.staff.find_people(&visit.call, &typed).await?)
            }
            Some(_) | None => {
                let badge = visit.staff.badge(&visit.call).await?;
                if !badge.may(contract::Action::SeePersonalData) {
                    return Err(contract::Refusal::Forbidden.into());
                }
                None
            }
        };
        let (found, error) = match found {
            Some(Ok(found)) => (Some(found), None),
            Some(Err(refusal)) => {
                visit.host.status(422);
                (None, Some(refusal))
            }
            None => (None, None),
        };
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{walk_in::FIND}</h1>
                <Search
                    visit=visit place=place.clone() typed=typed.unwrap_or_default() error=error
                    focused=found.as_ref().is_none_or(|found| found.people.is_empty())
                />
                {found.map(|found| view! { <Found found=found place=place.clone()/> })}
                <div class="actions">
                    <ButtonLink href=place.new_person()>{walk_in::NEW}</ButtonLink>
                </div>
            </div>
        };
        Ok(Page::new(walk_in::FIND, body))
    })
}

#[component]
fn Search(
    visit: Visit,
    place: Place,
    typed: String,
    error: Option<SearchRefusal>,
    /// Whether the field is where to go on.
    focused: bool,
) -> impl IntoView {
    let invalid = error.is_some().then_some("true");
    let described = if error.is_some() {
        "search-error search-support"
    } else {
        "search-support"
    };
    let error = error.map(|refusal| {
        view! { <p class="field-error" id="search-error">{walk_in::cannot_search(refusal)}</p> }
    });
    view! {
        <form class="stack" data-gap="tight" method="post" role="search" action=place.people()>
            <SeedFields seed=visit.seed/>
            <label class="field-label" for="search">{walk_in::WORDS}</label>
            <p class="field-support" id="search-support">{walk_in::WORDS_SUPPORT}</p>
            {error}
            <div class="row find-person">
                <input
                    class="control"
                    id="search"
                    name="search"
                    type="search"
                    autocomplete="off"
                    maxlength="100"
                    required
                    autofocus=focused
                    accesskey="s"
                    value=typed
                    aria-invalid=invalid
                    aria-describedby=described
                />
                <button class="button" type="submit">{walk_in::FIND_GO}</button>
            </div>
        </form>
    }
}

#[component]
fn Found(found: FoundPeople, place: Place) -> impl IntoView {
    if found.people.is_empty() {
        return view! {
            <EmptyState what=walk_in::NOBODY>
                <a href=place.new_person()>{walk_in::NEW}</a>
            </EmptyState>
        }
        .into_any();
    }
    let people = found
        .people
        .into_iter()
        .enumerate()
        .map(|(at, person)| {
            let href = place.day(&person);
            view! { <Candidate person=person href=href focused=at == 0/> }
        })
        .collect_view();
    view! {
        <section class="stack" data-gap="tight">
            <h2>{walk_in::FOUND}</h2>
            {found.more.then(|| view! { <p>{walk_in::MORE}</p> })}
            <ul class="people" role="list">{people}</ul>
        </section>
    }
    .into_any()
}

/// Somebody it may be: one press goes on with them, another shows more.
#[component]
pub(super) fn Candidate(
    person: FoundPerson,
    href: String,
    /// The first of the list, where Enter goes on.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    let details = links::person(person.id);
    let said = person.name.reveal().clone();
    let phone = person
        .phone
        .map_or_else(|| walk_in::NOT_KNOWN.to_owned(), Personal::into_revealed);
    view! {
        <li>
            <a class="person" href=href autofocus=focused>
                <strong>{person.name.into_revealed()}</strong>
                <span>{person.kana.map(Personal::into_revealed)}</span>
                <span class="small">
                    <span class="nowrap">{person.number.to_string()}</span>
                    " "
                    <span class="nowrap">{phone}</span>
                    " "
                    <span class="nowrap">{walk_in::residence(person.in_town)}</span>
                </span>
            </a>
            <a class="person-more" href=details>
                <span class="unseen">{said}" "</span>
                {walk_in::DETAILS}
            </a>
        </li>
    }
}
