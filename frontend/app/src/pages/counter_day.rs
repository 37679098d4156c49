//! 部屋と時間を選ぶ: a facility's day for somebody at the counter.

use chrono::NaiveDate;
use contract::{CounterDay, DayView, Refusal, SlotView};
use domain::ids::PersonId;
use domain::town::Slug;
use leptos::prelude::*;

use crate::forms::Hidden;
use crate::frame::{Ask, Page, framed};
use crate::links::{self, Way};
use crate::parts::{Board, BoardRow, DaySays, NextFree, Notice, RoomTimes, Served};
use crate::text::{availability, clock, counter, walk_in};
use crate::visit::today;

/// `?person=`; `&facility=&date=`.
#[component]
pub fn CounterDayPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let query = address.query();
        let person: PersonId = query
            .filled("person")
            .and_then(|id| id.parse().ok())
            .ok_or(Refusal::NotFound)?;
        let facility = query.filled("facility").map(str::parse::<Slug>).transpose();
        let facility = facility.map_err(|_no_slug| Refusal::NotFound)?;
        let date = address.date("date").unwrap_or_else(today).max(today());
        let CounterDay {
            person,
            choices,
            day,
        } = visit
            .staff
            .day_for(&visit.call, person, facility.as_ref(), date)
            .await?;
        let way = Way::For(person.id);
        let body = view! {
            <div class="counter stack" data-gap="wide">
                <Served person=person.clone()/>
                <div>
                    <h1>{walk_in::DAY}</h1>
                    <p>{format!("{} {}", clock::full_day(date), day.facility.name)}</p>
                </div>
                <Choose person=person.id choices=choices facility=day.facility.id.clone() date=date/>
                <Day day=day way=way/>
            </div>
        };
        Ok(Page::new(walk_in::DAY, body))
    })
}

/// Another facility, another day.
#[component]
fn Choose(
    person: PersonId,
    choices: Vec<(Slug, String)>,
    facility: Slug,
    date: NaiveDate,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(slug, name)| {
            let selected = slug == facility;
            view! { <option value=slug.to_string() selected=selected>{name}</option> }
        })
        .collect_view();
    let turn = |date: Option<NaiveDate>, words: String| {
        let date = date.filter(|date| *date >= today())?;
        let there = links::counter_day(person, Some(&facility), Some(date));
        Some(view! { <a class="button" href=there>{words}</a> })
    };
    view! {
        <div class="row choose-day">
            {turn(date.pred_opt(), format!("‹ {}", availability::PREVIOUS_DAY))}
            {turn(date.succ_opt(), format!("{} ›", availability::NEXT_DAY))}
            <form class="row" method="get" action=links::COUNTER_DAY>
                <Hidden name="person" value=person.to_string()/>
                <div>
                    <label class="small" for="facility">{counter::FACILITY}</label>
                    <select class="control" id="facility" name="facility">{options}</select>
                </div>
                <div>
                    <label class="small" for="date">{counter::DATE}</label>
                    <input
                        class="control"
                        data-width="date"
                        id="date"
                        type="date"
                        name="date"
                        required
                        min=today().to_string()
                        value=date.to_string()
                    />
                </div>
                <button class="button" type="submit">{walk_in::SHOW}</button>
            </form>
        </div>
    }
}

#[component]
fn Day(day: DayView, way: Way) -> impl IntoView {
    let DayView {
        facility,
        date,
        closed,
        rooms,
        next_free,
    } = day;
    if let Some(reason) = closed {
        return view! {
            <Notice heading=availability::CLOSED_DAY>
                <p>{availability::closed_because(&reason)}</p>
                <p class="day-next">
                    <NextFree offer=next_free with_room=true after=date way=way/>
                </p>
            </Notice>
        }
        .into_any();
    }
    let slots: Vec<SlotView> = rooms.iter().flat_map(|room| room.slots.clone()).collect();
    let lists = rooms.clone();
    let rows: Vec<BoardRow> = rooms
        .into_iter()
        .map(|room| BoardRow {
            href: None,
            part: room.part_of.is_some(),
            said: format!("{} {}", room.name, clock::day(date, today())),
            head: room.name,
            closed: room
                .slots
                .is_empty()
                .then(|| availability::DAY_EMPTY.to_owned()),
            room: room.room,
            slots: room.slots,
        })
        .collect();
    let caption = format!("{} {}", availability::HEADING, clock::day(date, today()));
    view! {
        <section class="stack">
            <h2>{caption.clone()}</h2>
            <DaySays
                date=date slots=slots phone=facility.phone.clone() next=next_free with_room=true
                way=way
            />
            <div class="wide-only">
                <Board caption=caption corner=availability::ROOM rows=rows way=way/>
            </div>
            <div class="narrow-only"><RoomTimes date=date rooms=lists way=way/></div>
        </section>
    }
    .into_any()
}
