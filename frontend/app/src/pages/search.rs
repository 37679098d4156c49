//! 施設をさがす: the front page.

use chrono::NaiveDate;
use contract::{FacilityCard, FieldProblem, ProblemKind, Refusal, SearchChoices, SearchFacilities};
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
        let today = civil::date_at(visit.call.now());
        let form = read(address.query().clone(), today);
        let query = asked(&form);
        let narrowed = query != SearchFacilities::default();
        let choices = visit.house.search_choices(&visit.call).await?;
        let found = visit.house.search(&visit.call, &query).await?;
        let body = view! {
            <div class="stack" data-gap="wide">
                <header class="stack" data-gap="tight">
                    <h1>{search::HEADING}</h1>
                    <p class="quiet">{search::LEAD}</p>
                </header>
                <SearchForm form=form choices=choices today=today.to_string()/>
                <Found found=found narrowed=narrowed date=query.date/>
            </div>
        };
        Ok(Page::new(search::HEADING, body))
    })
}

/// What the address says, and what of it nobody can search by. A search is not refused for that: it
/// says so at the field and goes by the rest.
fn read(values: Values, today: NaiveDate) -> FormState {
    let date = match (values.filled("date"), values.date("date")) {
        (Some(_), None) => Some(ProblemKind::Malformed),
        (Some(_), Some(date)) if date < today => Some(ProblemKind::InThePast),
        _ => None,
    };
    let people = match (values.filled("people"), values.number("people")) {
        (Some(_), None | Some(0)) => Some(ProblemKind::Malformed),
        _ => None,
    };
    let problems: Vec<FieldProblem> = [("date", date), ("people", people)]
        .into_iter()
        .filter_map(|(field, problem)| {
            Some(FieldProblem {
                field: field.to_owned(),
                problem: problem?,
            })
        })
        .collect();
    FormState::shown(values).also(Refusal::InvalidInput { problems })
}

/// What can be searched by.
fn asked(form: &FormState) -> SearchFacilities {
    let values = &form.values;
    let text = |name: &str| values.filled(name).map(str::to_owned);
    let sound = |name: &str| form.problem(name).is_none();
    SearchFacilities {
        words: text("words"),
        kind: text("kind"),
        area: text("area"),
        date: values.date("date").filter(|_| sound("date")),
        people: values.number("people").filter(|_| sound("people")),
    }
}

#[component]
fn SearchForm(form: FormState, choices: SearchChoices, today: String) -> impl IntoView {
    let same = |words: Vec<String>| {
        words
            .into_iter()
            .map(|word| (word.clone(), word))
            .collect::<Vec<_>>()
    };
    let values = form.values.clone();
    // A field for dates shows no text; what was typed as one stays to be seen.
    let date = values.filled("date").is_none() || values.date("date").is_some();
    let date_kind = if date { "date" } else { "text" };
    view! {
        <form class="search" method="get" novalidate action=links::SEARCH role="search">
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
                    need=Need::Unsaid kind=date_kind min=Some(today)
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
fn Found(found: Vec<FacilityCard>, narrowed: bool, date: Option<NaiveDate>) -> impl IntoView {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }

    fn form(pairs: &[(&str, &str)]) -> FormState {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        read(Values::new(pairs), today())
    }

    #[test]
    fn what_nobody_can_search_by_is_named_and_the_rest_still_counts() {
        let nonsense = [
            ("people", "abc"),
            ("people", "0"),
            ("date", "xx"),
            ("date", "2026-11-20"),
        ];
        for (field, value) in nonsense {
            let form = form(&[("kind", "体育館"), (field, value)]);
            assert!(form.problem(field).is_some(), "{field}={value}");
            assert_eq!(form.values.get(field), Some(value));
            let query = asked(&form);
            assert_eq!((query.date, query.people), (None, None), "{field}={value}");
            assert_eq!(query.kind.as_deref(), Some("体育館"));
        }
    }

    #[test]
    fn what_was_left_empty_is_no_mistake() {
        let form = form(&[("people", ""), ("date", "2026-11-21")]);
        assert_eq!(form.problems(), []);
        assert_eq!(asked(&form).date, Some(today()));
    }
}
