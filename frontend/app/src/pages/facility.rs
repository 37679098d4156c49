//! 施設: rooms with their next free time, one day of all rooms, and what to know.

use std::sync::Arc;

use chrono::NaiveDate;
use contract::{DayView, FacilityView, SlotOffer, SlotView};
use domain::town::{Facility, Room};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    Board, BoardRow, DaySays, DayTurn, Fact, NextFree, Notice, RoomTimes, SampleMark,
};
use crate::text::{availability, clock, fees, search, site, window};
use crate::visit::today;

/// One facility; `?date=` picks the day of the board.
#[component]
pub fn FacilityPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let slug = address.slug("facility")?;
        let today = today();
        let view = visit.house.facility(&visit.call, &slug).await?;
        let date = address
            .date("date")
            .or_else(|| earliest(&view).map(|offer| offer.span.date()))
            .unwrap_or(today)
            .max(today);
        let day = visit.house.day(&visit.call, &slug, date).await?;
        let listed = day.closed.is_none();
        let next = day.next_free.clone().or_else(|| earliest(&view));
        let name = view.facility.name.clone();
        let body = view! {
            <div class="stack" data-gap="sections">
                <FacilityHead facility=view.facility.clone()/>
                <DayBoard day=day next=next/>
                <Rooms view=view.clone() date=address.date("date") listed=listed/>
                <About facility=view.facility/>
            </div>
        };
        Ok(Page::new(name, body).under(vec![(site::SEARCH.to_owned(), links::SEARCH.to_owned())]))
    })
}

/// The earliest free time of any room; its day is shown where none was asked for, since a board of
/// nothing helps nobody.
fn earliest(view: &FacilityView) -> Option<SlotOffer> {
    let offers = view
        .next_free
        .iter()
        .filter_map(|(_, offer)| offer.as_ref());
    offers.min_by_key(|offer| offer.span.start()).cloned()
}

#[component]
fn FacilityHead(facility: Arc<Facility>) -> impl IntoView {
    let described = !facility.description.is_empty();
    view! {
        <header class="stack" data-gap="tight">
            <h1>{facility.name.clone()}" "<SampleMark shown=facility.illustrative/></h1>
            {described.then(|| view! { <p>{facility.description.clone()}</p> })}
        </header>
    }
}

#[component]
fn DayBoard(day: DayView, next: Option<SlotOffer>) -> impl IntoView {
    let DayView {
        facility,
        date,
        closed,
        rooms,
        ..
    } = day;
    let heading = format!("{} {}", availability::HEADING, clock::day(date, today()));
    let slots: Vec<SlotView> = rooms.iter().flat_map(|room| room.slots.clone()).collect();
    let lists = rooms.clone();
    let rows: Vec<BoardRow> = rooms
        .into_iter()
        .map(|room| BoardRow {
            head: room.name.clone(),
            href: Some(links::room(&room.room, Some(date))),
            part: room.part_of.is_some(),
            said: format!("{} {}", room.name, clock::day(date, today())),
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
            <Notice heading=availability::CLOSED_DAY>
                <p>{availability::closed_because(&reason)}</p>
                <p class="day-next"><NextFree offer=next with_room=true after=date/></p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <DaySays
                date=date slots=slots phone=facility.phone.clone() next=next with_room=true
            />
            <div class="stack wide-only">
                <Board caption=heading.clone() corner=availability::ROOM rows=rows/>
                <Legend/>
            </div>
            <div class="narrow-only"><RoomTimes date=date rooms=lists/></div>
        }
        .into_any(),
    };
    view! {
        <section class="stack" id="day">
            <h2>{heading}</h2>
            <DayTurn
                path=links::facility(&facility.id, None) shown=date first=Some(today()) last=None
                beside=true
            />
            {board}
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
fn Rooms(
    view: FacilityView,
    date: Option<NaiveDate>,
    /// True when the day's list of rooms stands above, which is all a phone needs.
    listed: bool,
) -> impl IntoView {
    let class = if listed { "stack wide-only" } else { "stack" };
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
        <section class=class>
            <h2>{search::ROOMS}</h2>
            <ul class="cards" data-columns="" role="list">{cards}</ul>
        </section>
    }
}

#[component]
fn About(facility: Arc<Facility>) -> impl IntoView {
    let Facility {
        address,
        phone,
        window: booking_window,
        refund,
        notices,
        sources,
        ..
    } = Facility::clone(&facility);
    let tiers = search::refund_sentences(&facility)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
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
    let costs = links::facility_fees(&facility.id);
    view! {
        <section class="stack">
            <h2>{search::ABOUT}</h2>
            <p><a href=costs>{fees::OF_THIS_FACILITY}</a></p>
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
