//! 使い方を入力する: the booking form of one time.

use std::sync::Arc;

use chrono::NaiveDate;
use contract::{Failure, GroupChoice, QuoteRoom, Refusal, TownView, WeekView};
use domain::availability::SlotStatus;
use domain::civil::TimeOfDay;
use domain::quote::Quote;
use domain::span::{Cell, Span};
use domain::town::{Facility, Room, Slug};
use leptos::prelude::*;

use super::book_form::BookForm;
use crate::forms::{ANSWERS_BY_PREFIX, Answers, ErrorSummary, FormState, Values};
use crate::frame::{Ask, Page, framed};
use crate::links::{self, Way};
use crate::parts::{ButtonLink, Kind, RefusalNotice, SampleMark, Step, Steps, When};
use crate::text::{booking, fields, site};
use crate::visit::Visit;

/// The answers that the way round by sign-in keeps, in an address.
///
/// Not the note: people write about themselves there, and addresses end up in logs and histories.
/// It is asked only of who has signed in, so the way round by sign-in loses none.
pub(super) const ANSWERS: [&str; 4] = ["people", "purpose", "group", "reduction"];
/// What goes along to another time as well, which is a form.
pub(super) const NOTE: &str = "note";

/// A time that was asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) date: NaiveDate,
    start: TimeOfDay,
    end: TimeOfDay,
}

impl Asked {
    /// From the form or the address; `None` where that says no time.
    pub(super) fn read(values: &Values) -> Option<Self> {
        Some(Self {
            date: values.date("date")?,
            start: values.time("start")?,
            end: values.time("end")?,
        })
    }

    /// The span.
    ///
    /// # Errors
    /// The refusal for a time off the grid, or one that ends before it starts.
    fn span(self) -> Result<Span, Refusal> {
        let cell = |time| Cell::at(self.date, time).map_err(|_off_grid| Refusal::SlotOffGrid);
        Span::new(cell(self.start)?, cell(self.end)?).map_err(|_empty| Refusal::SlotEmpty)
    }
}

/// The booking form; `?date&start&end`, and answers already given.
#[component]
pub fn BookPage() -> impl IntoView {
    framed(|ask| async move {
        let Ask { visit, address } = ask;
        let slug = address.slug("room")?;
        let values = visit.form.values_or(address.query());
        let Some(asked) = Asked::read(&values) else {
            return Ok(no_time(&visit, links::room(&slug, values.date("date"))));
        };
        let view = visit.house.week(&visit.call, &slug, asked.date).await?;
        let crumbs = vec![
            (
                view.facility.name.clone(),
                links::facility(&view.facility.id, Some(asked.date)),
            ),
            (view.room.name.clone(), links::room(&slug, Some(asked.date))),
        ];
        let again = book_again(Way::Own, &slug, &values);
        let town = visit.house.town(&visit.call).await?;
        let body = match reckon(&visit, Way::Own, asked, &values, (&view, &town)).await? {
            Ok(reckoned) => {
                let groups = match visit.call.person() {
                    Some(_) => visit.house.bookable_groups(&visit.call).await?,
                    None => Vec::new(),
                };
                form_page(visit, &view, &town, (reckoned, groups), values).into_any()
            }
            Err(refusal) => {
                if visit.form.refusal.is_none() {
                    visit.host.status(super::failed::status(&refusal));
                }
                let names: Vec<&str> = ANSWERS.into_iter().chain([NOTE]).collect();
                let answers = values.only(&names, &ANSWERS_BY_PREFIX);
                blocked(refusal, answers, &view, asked.date).into_any()
            }
        };
        let page = Page::new(booking::HEADING, body).under(crumbs);
        Ok(page.again_at(again).with_islands())
    })
}

/// Somebody came without a time: an address that was cut short leads on to the times at once, a form
/// says what is the matter.
fn no_time(visit: &Visit, times: String) -> Page {
    if visit.form.values.is_empty() {
        visit.host.see_other(&times);
    } else {
        visit.host.status(422);
    }
    let body = view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{booking::NO_TIME}</h1>
            <p>{booking::NO_TIME_NEXT}</p>
            <div class="actions">
                <ButtonLink href=times kind=Kind::Primary>{booking::CHOOSE_TIME}</ButtonLink>
            </div>
        </div>
    };
    Page::new(booking::NO_TIME, body)
}

/// A time that can be booked, and what it costs with the answers so far.
pub(super) struct Reckoned {
    pub(super) span: Span,
    /// The quote, or what of the answers keeps it from being reckoned.
    pub(super) quote: Result<Quote, Refusal>,
    /// The options that are charged without being asked for.
    pub(super) automatic: Vec<Slug>,
}

impl Reckoned {
    /// The form with what of the answers is wrong, and the quote if nothing is.
    pub(super) fn told(self, form: FormState) -> (FormState, Result<Quote, Refusal>) {
        match &self.quote {
            Ok(_) => (form, self.quote),
            Err(refusal) => (form.also(refusal.clone()), self.quote),
        }
    }
}

/// What the time costs, or why it cannot be booked now.
pub(super) async fn reckon(
    visit: &Visit,
    way: Way,
    asked: Asked,
    values: &Values,
    (view, town): (&WeekView, &TownView),
) -> Result<Result<Reckoned, Refusal>, Failure> {
    let span = match asked.span() {
        Ok(span) => span,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(refusal @ Refusal::SlotTaken { .. }) = &visit.form.refusal {
        return Ok(Err(refusal.clone()));
    }
    if let Some(refusal) = obstacle(view, span) {
        return Ok(Err(refusal));
    }
    let questions = view
        .room
        .asked_for_booking(&view.facility, &town.reductions);
    let questions: Vec<&Slug> = questions.into_iter().collect();
    let answers = Answers::read(values).for_room(&view.room, &questions);
    let what = QuoteRoom {
        room: view.room.id.clone(),
        date: asked.date,
        start: asked.start,
        end: asked.end,
        people: values.number("people").unwrap_or(1),
        options: answers.options,
        purpose: values.filled("purpose").and_then(|it| it.parse().ok()),
        attributes: answers.attributes,
        group: values.filled("group").and_then(|it| it.parse().ok()),
        reduction: values.filled("reduction").and_then(|it| it.parse().ok()),
    };
    let automatic = automatic_options(visit, &view.room, &what).await?;
    if !answers.problems.is_empty() {
        let problems = answers.problems;
        let quote = Err(Refusal::InvalidInput { problems });
        return Ok(Ok(Reckoned {
            span,
            quote,
            automatic,
        }));
    }
    let quote = match way {
        Way::Own => visit.house.quote(&visit.call, &what).await,
        Way::For(person) => visit.staff.quote_for(&visit.call, person, &what).await,
    };
    let quote = match quote {
        Ok(quote) => Ok(quote),
        // What is asked for in this very form: without a total, but with the form.
        Err(Failure::Refused(refusal)) if !fields::problems(&refusal).is_empty() => Err(refusal),
        Err(Failure::Refused(refusal)) => return Ok(Err(refusal)),
        Err(fault) => return Err(fault),
    };
    Ok(Ok(Reckoned {
        span,
        quote,
        automatic,
    }))
}

/// The options that are charged without being asked for; most rooms have none.
async fn automatic_options(
    visit: &Visit,
    room: &Room,
    what: &QuoteRoom,
) -> Result<Vec<Slug>, Failure> {
    if room.options.iter().all(|option| option.automatic.is_none()) {
        return Ok(Vec::new());
    }
    visit.house.automatic_options(&visit.call, what).await
}

/// Why a slot in the span cannot be booked, if one cannot.
fn obstacle(view: &WeekView, span: Span) -> Option<Refusal> {
    let day = view.days.iter().find(|day| day.date == span.date())?;
    if let Some(reason) = &day.closed {
        return Some(Refusal::SlotClosed {
            date: day.date,
            reason: reason.clone(),
        });
    }
    let slots = || day.slots.iter().filter(|slot| span.contains(slot.span));
    slots().find_map(|slot| match &slot.status {
        SlotStatus::Free => None,
        SlotStatus::Part | SlotStatus::Taken => Some(Refusal::SlotTaken {
            alternatives: nearby(view, span),
        }),
        SlotStatus::Closed(reason) => Some(Refusal::SlotClosed {
            date: day.date,
            reason: reason.clone(),
        }),
        SlotStatus::NotYet { opens_at } => Some(Refusal::WindowNotYet {
            opens_at: *opens_at,
            article: view.facility.window.article.clone(),
        }),
        SlotStatus::CounterOnly { ended_on } => Some(Refusal::WindowCounterOnly {
            ended_on: *ended_on,
            phone: view.facility.phone.clone(),
        }),
        SlotStatus::Past => Some(Refusal::SlotPast),
    })
}

/// Free times of the same room in the coming days, nearest first.
fn nearby(view: &WeekView, span: Span) -> Vec<contract::SlotOffer> {
    let offer = |span| contract::SlotOffer {
        room: view.room.id.clone(),
        room_name: view.room.name.clone(),
        span,
    };
    let mut offers: Vec<_> = view
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .filter(|slot| slot.status.is_bookable())
        .map(|slot| offer(slot.span))
        .collect();
    offers.sort_by_key(|offer| {
        (offer.span.start().minutes() - span.start().minutes()).unsigned_abs()
    });
    offers.truncate(3);
    if offers.is_empty() {
        view.next_free.clone().into_iter().collect()
    } else {
        offers
    }
}

fn form_page(
    visit: Visit,
    view: &WeekView,
    town: &TownView,
    (reckoned, groups): (Reckoned, Vec<GroupChoice>),
    values: Values,
) -> impl IntoView + use<> {
    let (span, automatic) = (reckoned.span, reckoned.automatic.clone());
    let (form, quote) = reckoned.told(visit.form.clone());
    let visit = Visit { form, ..visit };
    let refusal = visit.form.refused_whole();
    view! {
        <div class="narrow stack" data-gap="wide">
            <Steps now=Step::Use/>
            <ErrorSummary form=visit.form.clone()/>
            {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
            <h1>{booking::HEADING}</h1>
            <What facility=view.facility.clone() room=view.room.clone() span=span/>
            <BookForm
                visit=visit view=view.clone() town=town.clone() span=span quote=quote
                automatic=automatic values=values groups=groups
            />
        </div>
    }
}

fn blocked(
    refusal: Refusal,
    answers: Vec<(String, String)>,
    view: &WeekView,
    date: NaiveDate,
) -> impl IntoView + use<> {
    let other = links::room(&view.room.id, Some(date));
    let name = format!("{} {}", view.facility.name, view.room.name);
    view! {
        <div class="narrow stack" data-gap="wide">
            <h1>{name}</h1>
            <RefusalNotice refusal=refusal answers=answers/>
            <div class="actions">
                <ButtonLink href=other>{booking::OTHER_TIME}</ButtonLink>
                <ButtonLink href=links::SEARCH>{site::SEARCH}</ButtonLink>
            </div>
        </div>
    }
}

/// What is being booked, on top of the form.
#[component]
fn What(facility: Arc<Facility>, room: Arc<Room>, span: Span) -> impl IntoView {
    view! {
        <div class="booking-head">
            <p class="when"><When span=span/></p>
            <p>
                {format!("{} {}", facility.name, room.name)}
                " "
                <SampleMark shown=facility.illustrative/>
            </p>
            <p><a href=links::room(&room.id, Some(span.date()))>{booking::OTHER_TIME}</a></p>
        </div>
    }
}

/// The form's address with the answers given so far: where sign-in and profile come back to.
#[must_use]
pub fn book_again(way: Way, room: &Slug, values: &Values) -> String {
    let place = ["date", "start", "end"];
    let names: Vec<&str> = place.into_iter().chain(ANSWERS).collect();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Way::For(person) = way {
        query.append_pair("person", &person.to_string());
    }
    let answers = values.only(&names, &ANSWERS_BY_PREFIX);
    query.extend_pairs(answers.iter().filter(|(_, value)| !value.is_empty()));
    format!("{}?{}", way.form(room), query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_round_by_sign_in_keeps_every_answer_but_no_secret_and_nothing_personal() {
        let pairs = [
            ("token", "secret"),
            ("submission", "0193a0b0-0000-7000-8000-000000000001"),
            ("seen_total_yen", "800"),
            ("date", "2026-11-28"),
            ("start", "18:00"),
            ("end", "20:00"),
            ("people", "12"),
            ("option.light", "1"),
            ("minutes.light", "60"),
            ("minutes.other", ""),
            ("amount.entry_fee_yen", "500"),
            ("choice.user", "student"),
            ("note", "山田の携帯は 090-1234-5678 です"),
        ];
        let values = Values::new(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let room = "gym".parse().unwrap();
        let answers = "date=2026-11-28&start=18%3A00&end=20%3A00&people=12&option.light=1\
                       &minutes.light=60&amount.entry_fee_yen=500&choice.user=student";
        assert_eq!(
            book_again(Way::Own, &room, &values),
            format!("/rooms/gym/book?{answers}")
        );
        let id = "0193a0b0-0000-7000-8000-000000000002";
        assert_eq!(
            book_again(Way::For(id.parse().unwrap()), &room, &values),
            format!("/counter/rooms/gym/book?person={id}&{answers}")
        );
    }
}
