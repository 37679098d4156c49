//! 料金を調べる: what a use would cost, for everybody, without signing in.

use contract::{
    FacilityCard, Failure, FeeAnswer, FeeForm, FieldProblem, ProblemKind, QuoteRoom, Refusal,
    SearchFacilities, WhatIf,
};
use domain::civil::TimeOfDay;
use domain::town::{SlotRule, Slug};
use domain::window::Residence;
use leptos::prelude::*;

use super::fee_answer::{Answer, AnswerPanel};
use super::fee_questions::FeeQuestions;
use crate::forms::{Answers, ErrorSummary, FormState, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, SampleMark};
use crate::text::{fees, search, site};
use crate::visit::Visit;

/// `?room` with the answers so far; without a room a choice of them, of `?facility` or of all.
#[component]
pub fn FeesPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let values = address.query().clone();
        match values.filled("room") {
            Some(room) => {
                let room = room.parse().map_err(|_not_a_slug| Refusal::NotFound)?;
                of_room(visit, room, values).await
            }
            None => rooms(&visit, values.filled("facility")).await,
        }
    })
}

/// The rooms to choose from.
async fn rooms(visit: &Visit, facility: Option<&str>) -> contract::Outcome<Page> {
    let everything = SearchFacilities::default();
    let mut found = visit.house.search(&visit.call, &everything).await?;
    if let Some(facility) = facility {
        found.retain(|card| card.id.as_str() == facility);
    }
    let nothing = found.is_empty().then(|| {
        view! {
            <EmptyState what=fees::NOTHING>
                <p>{fees::NOTHING_NEXT}</p>
                <ButtonLink href=links::SEARCH>{site::SEARCH}</ButtonLink>
            </EmptyState>
        }
    });
    let narrowed = facility.is_some().then(|| {
        view! { <p><a href=links::FEES>{fees::ALL_ROOMS}</a></p> }
    });
    let each = found
        .into_iter()
        .map(|card| view! { <RoomsOf card=card/> })
        .collect_view();
    let body = view! {
        <div class="narrow stack" data-gap="wide">
            <header class="stack" data-gap="tight">
                <h1>{fees::HEADING}</h1>
                <p>{fees::LEAD}</p>
            </header>
            {each}
            {nothing}
            {narrowed}
        </div>
    };
    Ok(Page::new(fees::HEADING, body))
}

#[component]
fn RoomsOf(card: FacilityCard) -> impl IntoView {
    let rooms = card
        .rooms
        .into_iter()
        .map(|room| {
            view! {
                <li>
                    <a href=links::fees(&room.id, None)>{room.name}</a>
                    <span class="quiet nowrap">{search::price_from(room.price_from_yen)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack" data-gap="tight">
            <h2>{card.name}" "<SampleMark shown=card.illustrative/></h2>
            <ul class="fee-rooms" role="list">{rooms}</ul>
        </section>
    }
}

/// One room: the answer, and what it is the answer to.
async fn of_room(visit: Visit, room: Slug, values: Values) -> contract::Outcome<Page> {
    let asks = visit.house.fee_form(&visit.call, &room).await?;
    let values = begun(values, &asks);
    let form = FormState::shown(values.clone());
    let (answer, form, automatic) = match read(&values, &asks) {
        Ok(asked) => match visit.house.what_if(&visit.call, &asked).await {
            Ok(FeeAnswer {
                quote,
                automatic,
                obstacle,
            }) => {
                let answer = Answer::Fee {
                    quote,
                    obstacle,
                    book: super::book_again(links::Way::Own, &room, &values),
                };
                (answer, form, automatic)
            }
            Err(Failure::Refused(refusal)) => {
                let form = form.also(refusal.clone());
                (Answer::Refused(refusal), form, Vec::new())
            }
            Err(fault) => return Err(fault),
        },
        Err(refusal) => (Answer::Missing, form.also(refusal), Vec::new()),
    };
    let FeeForm { facility, room, .. } = &asks;
    let crumbs = vec![(fees::HEADING.to_owned(), links::FEES.to_owned())];
    let name = format!("{} {}", facility.name, room.name);
    let title = format!("{} {name}", fees::HEADING);
    let sample = facility.illustrative || room.tariffs.iter().any(|tariff| tariff.illustrative);
    let body = view! {
        <div class="stack" data-gap="wide">
            <ErrorSummary form=form.clone()/>
            <header class="stack" data-gap="tight">
                <h1>{fees::HEADING}</h1>
                <p class="fee-room">{name}" "<SampleMark shown=sample/></p>
                <p class="quiet">{fees::ROOM_LEAD}</p>
            </header>
            <div class="fees">
                <AnswerPanel asks=asks.clone() values=values.clone() answer=answer/>
                <FeeQuestions form=form values=values asks=asks automatic=automatic/>
            </div>
            <p><a href=links::FEES>{fees::OTHER_ROOM}</a></p>
        </div>
    };
    Ok(Page::new(title, body).under(crumbs).with_islands())
}

/// What counts until something else is said: the shortest use at the first time of the next open
/// day, by one person from the town.
fn begun(values: Values, asks: &FeeForm) -> Values {
    let (start, end) = first_time(asks);
    values
        .or("date", asks.open_day.to_string())
        .or("start", start.to_string())
        .or("end", end.to_string())
        .or("people", "1".to_owned())
        .or("residence", "in".to_owned())
}

/// The first time that the room is lent for.
fn first_time(asks: &FeeForm) -> (TimeOfDay, TimeOfDay) {
    match &asks.room.slots {
        SlotRule::Divisions(divisions) => divisions
            .first()
            .map_or((TimeOfDay::MIDNIGHT, TimeOfDay::MIDNIGHT), |first| {
                (first.start, first.end)
            }),
        SlotRule::Grid { min_minutes, .. } => {
            let windows = asks.facility.hours.iter().flat_map(|rule| &rule.open);
            let start = windows.map(|window| window.start).min();
            let start = start.unwrap_or(TimeOfDay::MIDNIGHT);
            (start, start.plus_minutes(*min_minutes).unwrap_or(start))
        }
    }
}

/// The use that is asked about.
///
/// # Errors
/// What is wrong, field by field.
fn read(values: &Values, asks: &FeeForm) -> Result<WhatIf, Refusal> {
    let questions: Vec<&Slug> = asks.asked.iter().map(|question| &question.id).collect();
    let answers = Answers::read(values).for_room(&asks.room, &questions);
    let mut problems = answers.problems;
    let mut wrong = |field: &str| {
        let problem = match values.filled(field) {
            Some(_) => ProblemKind::Malformed,
            None => ProblemKind::Missing,
        };
        problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    };
    let date = values.date("date");
    let (start, end) = (values.time("start"), values.time("end"));
    let people = values.number("people").filter(|people| *people > 0);
    let there = [
        ("date", date.is_some()),
        ("start", start.is_some()),
        ("end", end.is_some()),
        ("people", people.is_some()),
    ];
    for (field, _) in there.into_iter().filter(|(_, there)| !there) {
        wrong(field);
    }
    match (date, start, end, people) {
        (Some(date), Some(start), Some(end), Some(people)) if problems.is_empty() => Ok(WhatIf {
            what: QuoteRoom {
                room: asks.room.id.clone(),
                date,
                start,
                end,
                people,
                options: answers.options,
                purpose: values.filled("purpose").and_then(|it| it.parse().ok()),
                attributes: answers.attributes,
                group: None,
                reduction: values.filled("reduction").and_then(|it| it.parse().ok()),
            },
            residence: match values.get("residence") {
                Some("out") => Residence::Outside,
                _ => Residence::InTown,
            },
        }),
        _ => Err(Refusal::InvalidInput { problems }),
    }
}
