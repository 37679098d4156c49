//! 施設をさがす: the front page.

use contract::{FacilityCard, SearchChoices, SearchFacilities};
use domain::civil;
use leptos::prelude::*;

use crate::forms::{FormState, Need, SelectField, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, FoundFacility, Kind, Submit};
use crate::text::search;

/// What, when, how many people, which area; then what fits, with the next free time of each.
#[component]
pub fn SearchPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let values = address.query().clone();
        let query = asked(&values);
        let narrowed = query != SearchFacilities::default();
        let choices = visit.house.search_choices(&visit.call).await?;
        let found = visit.house.search(&visit.call, &query).await?;
        let today = civil::date_at(visit.call.now());
        let body = view! {
            <div class="stack" data-gap="wide">
                <header class="stack" data-gap="tight">
                    <h1>{search::HEADING}</h1>
                    <p class="quiet">{search::LEAD}</p>
                </header>
                <SearchForm values=values choices=choices today=today.to_string()/>
                <Found found=found narrowed=narrowed date=query.date/>
            </div>
        };
        Ok(Page::new(search::HEADING, body))
    })
}

fn asked(values: &Values) -> SearchFacilities {
    let text = |name: &str| values.filled(name).map(str::to_owned);
    SearchFacilities {
        words: text("words"),
        kind: text("kind"),
        area: text("area"),
        date: values.date("date"),
        people: values.number("people"),
    }
}

#[component]
fn SearchForm(values: Values, choices: SearchChoices, today: String) -> impl IntoView {
    let same = |words: Vec<String>| {
        words
            .into_iter()
            .map(|word| (word.clone(), word))
            .collect::<Vec<_>>()
    };
    let form = FormState::default();
    view! {
        <form class="search" method="get" action=links::SEARCH role="search">
            <div class="search-fields">
                <SelectField
                    form=form.clone() values=values.clone() name="kind" label=search::KIND
                    need=Need::Unsaid nothing=search::ANY options=same(choices.kinds)
                />
                <SelectField
                    form=form.clone() values=values.clone() name="area" label=search::AREA
                    need=Need::Unsaid nothing=search::ANY options=same(choices.areas)
                />
                <TextField
                    form=form.clone() values=values.clone() name="date" label=search::DATE
                    need=Need::Unsaid kind="date" min=Some(today)
                />
                <TextField
                    form=form values=values name="people" label=search::PEOPLE
                    need=Need::Unsaid inputmode="numeric" width="number" unit=search::PEOPLE_UNIT
                    maxlength=5
                />
            </div>
            <div class="actions"><Submit kind=Kind::Primary>{search::GO}</Submit></div>
        </form>
    }
}

#[component]
fn Found(
    found: Vec<FacilityCard>,
    narrowed: bool,
    date: Option<chrono::NaiveDate>,
) -> impl IntoView {
    if found.is_empty() {
        return if narrowed {
            view! {
                <EmptyState what=search::NOTHING>
                    <p>{search::NOTHING_NEXT}</p>
                    <ButtonLink href=links::SEARCH>{search::CLEAR}</ButtonLink>
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <p>{search::NONE_YET}</p> }.into_any()
        };
    }
    let count = search::found(found.len());
    let cards = found
        .into_iter()
        .map(|card| view! { <li><FoundFacility card=card date=date/></li> })
        .collect_view();
    view! {
        <section class="stack">
            <p role="status">{count}</p>
            <ul class="cards" data-columns="" role="list">{cards}</ul>
        </section>
    }
    .into_any()
}
