//! 使い方を入力する: the booking form of one time, for somebody at the counter.

use std::sync::Arc;

use contract::{CounterRoom, FoundPerson, GroupChoice, Refusal, TownView, WeekView};
use domain::ids::PersonId;
use domain::span::Span;
use domain::town::{Facility, Room};
use leptos::prelude::*;

use super::book::{ANSWERS, Asked, NOTE, Reckoned, reckon};
use super::book_form::BookForm;
use crate::forms::{ANSWERS_BY_PREFIX, ErrorSummary, Values};
use crate::frame::{Ask, Page, framed};
use crate::links::{self, Way};
use crate::parts::{ButtonLink, Notice, RefusalNotice, SampleMark, Served, Tone, When};
use crate::text::{booking, walk_in};
use crate::visit::Visit;

/// `?person&date&start&end`, and answers already given.
#[component]
pub fn CounterBookPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let slug = address.slug("room")?;
        let values = visit.form.values_or(address.query());
        let person: PersonId = values
            .filled("person")
            .and_then(|id| id.parse().ok())
            .ok_or(Refusal::NotFound)?;
        let day = values.date("date");
        let Some(asked) = Asked::read(&values) else {
            // An address that was cut short: whoever may see the person chooses a time.
            visit.staff.person(&visit.call, person).await?;
            visit.host.see_other(&links::counter_day(person, None, day));
            return Ok(Page::new(
                booking::NO_TIME,
                view! { <h1>{booking::NO_TIME}</h1> },
            ));
        };
        let CounterRoom {
            person,
            week,
            usual,
            groups,
        } = visit
            .staff
            .room_for(&visit.call, person, &slug, asked.date)
            .await?;
        let (values, as_last_time) = match usual {
            Some(usual) if values.get("people").is_none() && values.get("purpose").is_none() => {
                let values = values.or("people", usual.people.to_string());
                (values.or("purpose", usual.purpose.to_string()), true)
            }
            Some(_) | None => (values, false),
        };
        let way = Way::For(person.id);
        let town = visit.house.town(&visit.call).await?;
        let body = match reckon(&visit, way, asked, &values, (&week, &town)).await? {
            Ok(reckoned) => {
                let shown = Shown {
                    person,
                    week,
                    reckoned,
                    values,
                    as_last_time,
                    groups,
                };
                form_page(visit, town, shown).into_any()
            }
            Err(refusal) => {
                if visit.form.refusal.is_none() {
                    visit.host.status(super::failed::status(&refusal));
                }
                blocked(refusal, &values, person, &week, asked).into_any()
            }
        };
        Ok(Page::new(walk_in::USE, body).with_islands())
    })
}

/// What the form shows.
struct Shown {
    person: FoundPerson,
    week: WeekView,
    reckoned: Reckoned,
    values: Values,
    as_last_time: bool,
    groups: Vec<GroupChoice>,
}

fn form_page(visit: Visit, town: TownView, shown: Shown) -> impl IntoView + use<> {
    let Shown {
        person,
        week,
        reckoned,
        values,
        as_last_time,
        groups,
    } = shown;
    let (span, automatic) = (reckoned.span, reckoned.automatic.clone());
    let (form, quote) = reckoned.told(visit.form.clone());
    let visit = Visit { form, ..visit };
    let way = Way::For(person.id);
    let refusal = visit.form.refused_whole().map(refused);
    let back = links::counter_day(person.id, Some(&week.facility.id), Some(span.date()));
    let form = visit.form.clone();
    view! {
        <div class="narrow stack" data-gap="wide">
            <Served person=person/>
            <ErrorSummary form=form/>
            {refusal}
            <h1>{walk_in::USE}</h1>
            <What facility=week.facility.clone() room=week.room.clone() span=span back=back/>
            {as_last_time.then(|| view! { <p>{walk_in::AS_LAST_TIME}</p> })}
            <BookForm
                visit=visit view=week town=town span=span quote=quote automatic=automatic
                values=values groups=groups way=way
            />
        </div>
    }
}

/// What concerns the form as a whole; a person without a way to be reached is the clerk's to help.
fn refused(refusal: Refusal) -> AnyView {
    match refusal {
        Refusal::ProfileIncomplete => view! {
            <Notice tone=Tone::Error heading=walk_in::UNREACHABLE announced=true>
                <p>{walk_in::UNREACHABLE_NEXT}</p>
            </Notice>
        }
        .into_any(),
        refusal => view! { <RefusalNotice refusal=refusal/> }.into_any(),
    }
}

fn blocked(
    refusal: Refusal,
    values: &Values,
    person: FoundPerson,
    week: &WeekView,
    asked: Asked,
) -> impl IntoView + use<> {
    let names: Vec<&str> = ANSWERS.into_iter().chain([NOTE]).collect();
    let answers = values.only(&names, &ANSWERS_BY_PREFIX);
    let way = Way::For(person.id);
    let back = links::counter_day(person.id, Some(&week.facility.id), Some(asked.date));
    let name = format!("{} {}", week.facility.name, week.room.name);
    view! {
        <div class="narrow stack" data-gap="wide">
            <Served person=person/>
            <h1>{name}</h1>
            <RefusalNotice refusal=refusal answers=answers way=way/>
            <div class="actions"><ButtonLink href=back>{booking::OTHER_TIME}</ButtonLink></div>
        </div>
    }
}

/// What is being booked, on top of the form.
#[component]
fn What(facility: Arc<Facility>, room: Arc<Room>, span: Span, back: String) -> impl IntoView {
    view! {
        <div class="booking-head">
            <p class="when"><When span=span/></p>
            <p>
                {format!("{} {}", facility.name, room.name)}
                " "
                <SampleMark shown=facility.illustrative/>
            </p>
            <p><a href=back>{booking::OTHER_TIME}</a></p>
        </div>
    }
}
