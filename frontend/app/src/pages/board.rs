//! 予約状況: what is taken when.

use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{BoardRange, BoardState, BoardView, Refusal, SeeBoard};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::islands::Follow;
use crate::links;
use crate::parts::{ButtonLink, DayOccupancy, Kind, WeekOccupancy};
use crate::text::{availability, board, clock};
use crate::visit::today;

/// `?facility=&date=&range=week`.
#[component]
pub fn BoardPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let query = address.query();
        let facility = query.filled("facility").map(str::parse).transpose();
        let week = query.get("range") == Some("week");
        let range = if week {
            BoardRange::Week
        } else {
            BoardRange::Day
        };
        let what = SeeBoard {
            facility: facility.map_err(|_no_slug| Refusal::NotFound)?,
            from: address.date("date").unwrap_or_else(today),
            range,
        };
        let view = visit.staff.board(&visit.call, &what).await?;
        let at = clock::time_at(view.at);
        let first = what.from;
        let when = if week {
            clock::week_from(first, today())
        } else {
            clock::full_day(first)
        };
        let named = !week;
        let tables = view! { <Tables view=view.clone() range=range/> };
        let follow = view! {
            <Follow
                changes=links::CHANGES.to_owned()
                words=board::renewed(&at)
                renewed=board::RENEWED.to_owned()
                lost=board::LOST.to_owned()
            />
        };
        let body = view! {
            <div class="occupancy stack">
                <div class="row" data-ends="">
                    <div>
                        <h1>{board::HEADING}</h1>
                        <p>{when}</p>
                    </div>
                    <Closures shown=view.may_close/>
                </div>
                <Choose view=view.clone() first=first range=range/>
                {(!named).then(|| view! { <p class="small quiet no-print">{board::WEEK_IS_NAMELESS}</p> })}
                <div class="row" data-ends="">
                    <Legend/>
                    {follow}
                </div>
                <div id="live" class="stack" data-at=at>{tables}</div>
            </div>
        };
        Ok(Page::new(board::HEADING, body).with_islands())
    })
}

/// For those who may make one.
#[component]
fn Closures(shown: bool) -> impl IntoView {
    shown.then(|| {
        view! {
            <div class="actions">
                <ButtonLink href=links::NEW_CLOSURE>{board::CLOSE}</ButtonLink>
                <ButtonLink href=links::CLOSURES kind=Kind::Text>{board::CLOSURES}</ButtonLink>
            </div>
        }
    })
}

/// Another facility, another day, a day or a week.
#[component]
fn Choose(view: BoardView, first: NaiveDate, range: BoardRange) -> impl IntoView {
    let week = range == BoardRange::Week;
    let step = Days::new(if week { 7 } else { 1 });
    let facility = view.facility.clone();
    let turn = |date: Option<NaiveDate>, words: String| {
        let there = links::board(facility.as_ref(), date?, range);
        Some(view! { <a class="button" href=there>{words}</a> })
    };
    let (before, after) = if week {
        (availability::PREVIOUS_WEEK, availability::NEXT_WEEK)
    } else {
        (availability::PREVIOUS_DAY, availability::NEXT_DAY)
    };
    let back = turn(first.checked_sub_days(step), format!("‹ {before}"));
    let on = turn(first.checked_add_days(step), format!("{after} ›"));
    let options = view
        .choices
        .iter()
        .map(|(slug, name)| {
            let selected = Some(slug) == facility.as_ref();
            view! { <option value=slug.to_string() selected=selected>{name.clone()}</option> }
        })
        .collect_view();
    view! {
        <div class="row choose-day no-print">
            {back}
            {on}
            <form class="row" method="get" action=links::BOARD>
                <div>
                    <label class="small" for="facility">{board::FACILITY}</label>
                    <select class="control" id="facility" name="facility">
                        <option value="">{board::ALL}</option>
                        {options}
                    </select>
                </div>
                <div>
                    <label class="small" for="date">{board::DATE}</label>
                    <input
                        class="control"
                        data-width="date"
                        id="date"
                        type="date"
                        name="date"
                        required
                        value=first.to_string()
                    />
                </div>
                <div>
                    <label class="small" for="range">{board::RANGE}</label>
                    <select class="control" id="range" name="range">
                        <option value="day" selected=!week>{board::DAY}</option>
                        <option value="week" selected=week>{board::WEEK}</option>
                    </select>
                </div>
                <button class="button" type="submit">{board::SHOW}</button>
            </form>
        </div>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let signs = BoardState::ALL
        .into_iter()
        .map(|state| {
            view! {
                <li>
                    <span class="sign" data-state=board::name(state)>{board::word(state)}</span>
                    " "
                    {board::meaning(state)}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend small" role="list" aria-label=board::LEGEND>{signs}</ul> }
}

#[component]
fn Tables(view: BoardView, range: BoardRange) -> impl IntoView {
    if view.facilities.is_empty() {
        return view! { <p>{board::NOTHING}</p> }.into_any();
    }
    let dates = view.dates;
    let at: DateTime<Utc> = view.at;
    view.facilities
        .into_iter()
        .map(|facility| match (range, dates.first().copied()) {
            (BoardRange::Day, Some(date)) => {
                view! { <DayOccupancy facility=facility date=date at=at/> }.into_any()
            }
            _ => view! { <WeekOccupancy facility=facility dates=dates.clone()/> }.into_any(),
        })
        .collect_view()
        .into_any()
}
