//! 部屋: a week of one room, and one of its days as a list of times.

use chrono::{Datelike, Days, NaiveDate};
use contract::{WeekDay, WeekView};
use domain::civil;
use domain::town::Slug;
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{
    DayTurn, NextFree, Notice, SampleMark, TimeList, WeekBoard, WeekStrip, bookable_count,
};
use crate::text::{availability, clock, search, site};

/// One room; `?date=` picks the day, and the week it is in.
#[component]
pub fn RoomPage() -> impl IntoView {
    framed(|Ask { visit, address, .. }| async move {
        let slug = address.slug("room")?;
        let today = civil::date_at(visit.call.now());
        let date = address.date("date").unwrap_or(today).max(today);
        let view = visit
            .house
            .week(&visit.call, &slug, monday_of(date))
            .await?;
        let crumbs = vec![
            (site::SEARCH.to_owned(), links::SEARCH.to_owned()),
            (
                view.facility.name.clone(),
                links::facility(&view.facility.id, Some(date)),
            ),
        ];
        let title = format!("{} {}", view.facility.name, view.room.name);
        Ok(Page::new(title, view! { <RoomWeek view=view date=date/> }).under(crumbs))
    })
}

/// Weeks run from Monday, as on Japanese calendars of public facilities.
fn monday_of(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

#[component]
fn RoomWeek(view: WeekView, date: NaiveDate) -> impl IntoView {
    let WeekView {
        facility,
        room,
        days,
        next_free,
        first_day,
        last_day,
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
    let nothing = days.iter().all(|day| bookable_count(&day.slots) == 0);
    let illustrative = room.tariffs.iter().any(|tariff| tariff.illustrative);
    view! {
        <div class="stack" data-gap="wide">
            <header class="stack" data-gap="tight">
                <h1>{room.name.clone()}" "<SampleMark shown=illustrative/></h1>
                <p class="quiet">
                    {format!("{}　{}　{}", facility.name, room.kind, search::capacity(room.capacity))}
                </p>
            </header>
            <section class="stack">
                <WeekStrip
                    room=room.id.clone() days=days.clone() shown=date earlier=earlier later=later
                />
                {shown.map(|day| view! {
                    <Day day=day room=room.id.clone() room_name=room.name.clone()/>
                })}
                {nothing.then(|| view! { <p class="row"><NextFree offer=next_free/></p> })}
            </section>
            <DayTurn
                path=links::room(&room.id, None) shown=date first=Some(first_day)
                last=Some(last_day)
            />
            <p><a href=others>{availability::OTHER_ROOMS}</a></p>
            <section class="stack wide-only">
                <h2>{clock::week_from(monday)}</h2>
                <WeekBoard room=room.id room_name=room.name days=days/>
            </section>
        </div>
    }
}

#[component]
fn Day(day: WeekDay, room: Slug, room_name: String) -> impl IntoView {
    let heading = match &day.holiday {
        Some(holiday) => format!("{} {holiday}", clock::day(day.date)),
        None => clock::day(day.date),
    };
    let closed = day.closed.as_ref().map(availability::closed_because);
    let times = match closed {
        Some(why) => {
            view! { <Notice heading=availability::CLOSED_DAY><p>{why}</p></Notice> }.into_any()
        }
        None if day.slots.is_empty() => view! { <p>{availability::DAY_EMPTY}</p> }.into_any(),
        None => {
            let hint = hint(&day);
            view! {
                <TimeList room=room room_name=room_name slots=day.slots/>
                {hint.map(|words| view! { <p class="quiet">{words}</p> })}
            }
            .into_any()
        }
    };
    view! {
        <div class="stack" data-gap="tight">
            <h2>{heading}</h2>
            {times}
        </div>
    }
}

/// What to do where nothing can be booked here, said once and not in every line.
fn hint(day: &WeekDay) -> Option<String> {
    day.slots
        .iter()
        .find_map(|slot| availability::what_now(&slot.status))
        .or_else(|| (bookable_count(&day.slots) == 0).then(|| availability::DAY_FULL.to_owned()))
}
