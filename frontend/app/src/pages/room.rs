//! 部屋: a week of one room, and one of its days as a list of times.

use chrono::{Datelike, Days, NaiveDate};
use contract::{Failure, SlotOffer, WeekDay, WeekView};
use domain::town::Slug;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    DaySays, DayTurn, NextFree, Notice, SampleMark, TimeList, WeekBoard, WeekStrip, bookable_count,
};
use crate::text::{availability, clock, fees, search, site};
use crate::visit::{Visit, today};

/// One room; `?date=` picks the day, and the week it is in.
#[component]
pub fn RoomPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let slug = address.slug("room")?;
        let date = address.date("date").unwrap_or(today()).max(today());
        let view = visit
            .house
            .week(&visit.call, &slug, monday_of(date))
            .await?;
        let next = next_free(&visit, &slug, &view, date).await?;
        let crumbs = vec![
            (site::SEARCH.to_owned(), links::SEARCH.to_owned()),
            (
                view.facility.name.clone(),
                links::facility(&view.facility.id, Some(date)),
            ),
        ];
        let title = format!("{} {}", view.facility.name, view.room.name);
        Ok(Page::new(title, view! { <RoomWeek view=view date=date next=next/> }).under(crumbs))
    })
}

/// Where the day has nothing to book: the next time that is free after it, or else the earliest
/// there is, because far ahead nothing can be booked yet.
async fn next_free(
    visit: &Visit,
    room: &Slug,
    view: &WeekView,
    date: NaiveDate,
) -> Result<Option<SlotOffer>, Failure> {
    let on_the_day = view.days.iter().find(|day| day.date == date);
    if on_the_day.is_some_and(|day| bookable_count(&day.slots) > 0) {
        return Ok(None);
    }
    if let Some(offer) = first_in(view, date) {
        return Ok(Some(offer));
    }
    for from in [date, view.first_day] {
        let week = visit.house.week(&visit.call, room, from).await?;
        if let Some(offer) = first_in(&week, from).or(week.next_free) {
            return Ok(Some(offer));
        }
    }
    Ok(None)
}

/// The first free time of a week from a day on.
fn first_in(week: &WeekView, from: NaiveDate) -> Option<SlotOffer> {
    let mut days = week.days.iter().filter(|day| day.date >= from);
    let span = days.find_map(|day| {
        let mut slots = day.slots.iter();
        slots
            .find(|slot| slot.status.is_bookable())
            .map(|slot| slot.span)
    })?;
    Some(SlotOffer {
        room: week.room.id.clone(),
        room_name: week.room.name.clone(),
        span,
    })
}

/// Weeks run from Monday, as on Japanese calendars of public facilities.
fn monday_of(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

#[component]
fn RoomWeek(view: WeekView, date: NaiveDate, next: Option<SlotOffer>) -> impl IntoView {
    let WeekView {
        facility,
        room,
        days,
        first_day,
        last_day,
        ..
    } = view;
    let monday = monday_of(date);
    let earlier = monday
        .checked_sub_days(Days::new(1))
        .filter(|day| *day >= first_day);
    let later = monday
        .checked_add_days(Days::new(7))
        .filter(|day| *day <= last_day);
    let shown = days.iter().find(|day| day.date == date).cloned();
    let others = links::facility(&facility.id, Some(date));
    let illustrative = room.tariffs.iter().any(|tariff| tariff.illustrative);
    view! {
        <div class="stack" data-gap="wide">
            <header class="stack" data-gap="tight">
                <h1>{room.name.clone()}" "<SampleMark shown=illustrative/></h1>
                <p class="quiet">
                    {format!("{}　{}", room.kind, search::capacity(room.capacity))}
                </p>
            </header>
            <section class="stack">
                <WeekStrip
                    room=room.id.clone() days=days.clone() shown=date earlier=earlier later=later
                />
                <div class="two-columns">
                    {shown.map(|day| view! {
                        <Day
                            day=day room=room.id.clone() room_name=room.name.clone()
                            phone=facility.phone.clone() next=next
                        />
                    })}
                    <div class="stack">
                        <DayTurn
                            path=links::room(&room.id, None) shown=date first=Some(first_day)
                            last=Some(last_day)
                        />
                        <p><a href=others>{availability::OTHER_ROOMS}</a></p>
                        <p><a href=links::fees(&room.id, Some(date))>{fees::OF_THIS_ROOM}</a></p>
                    </div>
                </div>
            </section>
            <section class="stack wide-only">
                <h2>{clock::week_from(monday, today())}</h2>
                <WeekBoard room=room.id.clone() room_name=room.name.clone() days=days/>
            </section>
        </div>
    }
}

#[component]
fn Day(
    day: WeekDay,
    room: Slug,
    room_name: String,
    phone: String,
    next: Option<SlotOffer>,
) -> impl IntoView {
    let name = clock::day(day.date, today());
    let heading = match &day.holiday {
        Some(holiday) => format!("{name} {holiday}"),
        None => name,
    };
    let closed = day.closed.as_ref().map(availability::closed_because);
    let times = match closed {
        Some(why) => view! {
            <Notice heading=availability::CLOSED_DAY>
                <p>{why}</p>
                <p class="day-next"><NextFree offer=next after=day.date/></p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <DaySays date=day.date slots=day.slots.clone() phone=phone next=next/>
            {(!day.slots.is_empty()).then(|| view! {
                <TimeList room=room room_name=room_name slots=day.slots/>
            })}
        }
        .into_any(),
    };
    view! {
        <div class="stack">
            <h2>{heading}</h2>
            {times}
        </div>
    }
}
