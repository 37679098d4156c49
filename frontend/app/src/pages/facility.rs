//! 施設: rooms with their next free time, one day of all rooms, and what to know.

use chrono::NaiveDate;
use contract::{DayView, FacilityView, SlotOffer};
use domain::civil;
use domain::town::{Facility, Room};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Board, BoardRow, DayTurn, Fact, NextFree, Notice, SampleMark};
use crate::text::{availability, clock, search, site, window};

/// One facility; `?date=` picks the day of the board.
#[component]
pub fn FacilityPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let slug = address.slug("facility")?;
        let today = civil::date_at(visit.call.now());
        let view = visit.house.facility(&visit.call, &slug).await?;
        let date = address
            .date("date")
            .or_else(|| first_free(&view))
            .unwrap_or(today);
        let day = visit.house.day(&visit.call, &slug, date).await?;
        let name = view.facility.name.clone();
        let body = view! {
            <div class="stack" data-gap="sections">
                <FacilityHead facility=view.facility.clone()/>
                <DayBoard day=day today=today/>
                <Rooms view=view.clone() date=address.date("date")/>
                <About facility=view.facility/>
            </div>
        };
        Ok(Page::new(name, body).under(vec![(site::SEARCH.to_owned(), links::SEARCH.to_owned())]))
    })
}

/// The day on which something is free: a board of nothing helps nobody.
fn first_free(view: &FacilityView) -> Option<NaiveDate> {
    let offers = view
        .next_free
        .iter()
        .filter_map(|(_, offer)| offer.as_ref());
    offers.map(|offer| offer.span.date()).min()
}

#[component]
fn FacilityHead(facility: Facility) -> impl IntoView {
    let described = !facility.description.is_empty();
    view! {
        <header class="stack" data-gap="tight">
            <h1>{facility.name}" "<SampleMark shown=facility.illustrative/></h1>
            {described.then(|| view! { <p>{facility.description}</p> })}
        </header>
    }
}

#[component]
fn DayBoard(day: DayView, today: NaiveDate) -> impl IntoView {
    let DayView {
        facility,
        date,
        closed,
        rooms,
        next_free,
    } = day;
    let heading = format!("{} {}", availability::HEADING, clock::day(date));
    let full = rooms
        .iter()
        .all(|room| room.slots.iter().all(|slot| !slot.status.is_bookable()));
    let rows: Vec<BoardRow> = rooms
        .into_iter()
        .map(|room| BoardRow {
            head: room.name.clone(),
            href: links::room(&room.room, Some(date)),
            part: room.part_of.is_some(),
            said: format!("{} {}", room.name, clock::day(date)),
            closed: room
                .slots
                .is_empty()
                .then(|| availability::DAY_EMPTY.to_owned()),
            room: room.room,
            slots: room.slots,
        })
        .collect();
    let board = match closed {
        Some(reason) => view! {
            <Notice heading=format!("{} {}", clock::day(date), availability::CLOSED_DAY)>
                <p>{availability::closed_because(&reason)}</p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <Board caption=heading.clone() corner=availability::ROOM rows=rows/>
            <Legend/>
        }
        .into_any(),
    };
    view! {
        <section class="stack" id="day">
            <h2>{heading}</h2>
            <DayTurn
                path=links::facility(&facility.id, None) shown=date first=Some(today) last=None
                beside=true
            />
            {board}
            {full.then(|| view! {
                <p class="row">
                    <span>{availability::DAY_FULL}</span>
                    <NextFree offer=next_free with_room=true/>
                </p>
            })}
        </section>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let signs = availability::LEGEND
        .iter()
        .map(|(sign, word)| {
            view! { <li><span class="mark" aria-hidden="true">{*sign}</span>" "{*word}</li> }
        })
        .collect_view();
    view! { <ul class="legend" role="list">{signs}</ul> }
}

#[component]
fn Rooms(view: FacilityView, date: Option<NaiveDate>) -> impl IntoView {
    let FacilityView {
        facility,
        next_free,
    } = view;
    let next = |room: &Room| -> Option<SlotOffer> {
        next_free
            .iter()
            .find(|(slug, _)| *slug == room.id)
            .and_then(|(_, offer)| offer.clone())
    };
    let cards = facility
        .rooms
        .iter()
        .map(|room| {
            let offer = next(room);
            let date = date.or_else(|| offer.as_ref().map(|offer| offer.span.date()));
            view! {
                <li>
                    <article class="card" data-pressable="">
                        <h3>
                            <a href=links::room(&room.id, date)>{room.name.clone()}</a>
                        </h3>
                        <p class="quiet">
                            {format!("{}　{}", room.kind, search::capacity(room.capacity))}
                        </p>
                        <p class="card-next"><NextFree offer=offer/></p>
                    </article>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{search::ROOMS}</h2>
            <ul class="cards" data-columns="" role="list">{cards}</ul>
        </section>
    }
}

#[component]
fn About(facility: Facility) -> impl IntoView {
    let Facility {
        address,
        phone,
        window: booking_window,
        refund,
        notices,
        sources,
        ..
    } = facility;
    let tiers = refund
        .tiers
        .iter()
        .map(|tier| view! { <li>{search::refund_tier(*tier)}</li> })
        .collect_view();
    let opening = window::sentences(&booking_window)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    let bring = (!notices.is_empty()).then(|| {
        let each = notices
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! { <Fact name=search::NOTICES><ul>{each}</ul></Fact> }
    });
    let from = (!sources.is_empty()).then(|| {
        let each = sources
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! { <details><summary>{search::SOURCES}</summary><ul>{each}</ul></details> }
    });
    view! {
        <section class="stack">
            <h2>{search::ABOUT}</h2>
            <dl class="facts" data-stacked="">
                <Fact name=search::ADDRESS>{address}</Fact>
                <Fact name=search::PHONE><a href=links::telephone(&phone)>{phone.clone()}</a></Fact>
                <Fact name=search::WINDOW>
                    <ul>{opening}</ul>
                    <span class="quiet small">{booking_window.article.clone()}</span>
                </Fact>
                <Fact name=search::REFUND>
                    <ul>{tiers}<li>{search::REFUND_NONE}</li></ul>
                    <span class="quiet small">{refund.article}</span>
                    " "
                    <SampleMark shown=refund.illustrative/>
                </Fact>
                {bring}
            </dl>
            {from}
        </section>
    }
}
