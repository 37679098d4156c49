//! 利用実績: what a month came to.

use contract::{FiguresView, Refusal};
use domain::figures::{FacilityFigures, Figures, InTotal, Month, RoomFigures, Tally};
use leptos::prelude::*;

use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, Fact, Notice, ShareBar, ShareBars, Tone};
use crate::text::{reports, study};
use crate::visit::today;

/// `?month=&facility=`
#[component]
pub fn FiguresPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let query = address.query();
        let asked = query.filled("month").map(str::parse::<Month>).transpose();
        let unreadable = asked.is_err();
        let month = asked.ok().flatten().unwrap_or_else(|| Month::of(today()));
        let facility = query.filled("facility").map(str::parse).transpose();
        let facility = facility.map_err(|_no_slug| Refusal::NotFound)?;
        let view = visit
            .staff
            .figures(&visit.call, month, facility.as_ref())
            .await?;
        if unreadable {
            visit.host.status(422);
        }
        let named = view
            .choices
            .iter()
            .find(|(id, _)| Some(id) == facility.as_ref());
        let of = reports::of_month(&month.label(), named.map(|(_, name)| name.as_str()));
        let body = view! {
            <div class="figures stack" data-gap="wide">
                <div>
                    <h1>{reports::FIGURES}</h1>
                    <p>{of}</p>
                </div>
                {unreadable.then(|| view! {
                    <Notice tone=Tone::Error heading=reports::NOT_A_MONTH announced=true/>
                })}
                <Choose view=view.clone()/>
                <Content view=view/>
                <details>
                    <summary>{reports::HOW}</summary>
                    <ul>{reports::HOW_LINES.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </details>
            </div>
        };
        Ok(Page::new(reports::FIGURES, body))
    })
}

/// Another month, another facility, the file.
#[component]
fn Choose(view: FiguresView) -> impl IntoView {
    let (month, facility) = (view.figures.month, view.facility);
    let options = view
        .choices
        .into_iter()
        .map(|(slug, name)| {
            let selected = Some(&slug) == facility.as_ref();
            view! { <option value=slug.to_string() selected=selected>{name}</option> }
        })
        .collect_view();
    let turn = |month: Month, words: String| {
        view! { <a class="button" href=links::figures(month, facility.as_ref())>{words}</a> }
    };
    view! {
        <div class="row choose-day no-print">
            {turn(month.previous(), format!("‹ {}", reports::PREVIOUS))}
            {turn(month.next(), format!("{} ›", reports::NEXT))}
            <form class="row" method="get" action=links::FIGURES>
                <div>
                    <label class="small" for="month">{reports::MONTH}</label>
                    <input
                        class="control"
                        data-width="date"
                        id="month"
                        type="month"
                        name="month"
                        required
                        pattern="[0-9]{4}-[0-9]{2}"
                        title=reports::MONTH_HOW
                        value=month.to_string()
                    />
                </div>
                <div>
                    <label class="small" for="facility">{reports::FACILITY}</label>
                    <select class="control" id="facility" name="facility">
                        <option value="">{reports::ALL_FACILITIES}</option>
                        {options}
                    </select>
                </div>
                <button class="button" type="submit">{reports::SHOW}</button>
            </form>
            <ButtonLink href=links::figures_file(month, facility.as_ref())>{reports::CSV}</ButtonLink>
            <ButtonLink href=links::STUDY>{study::HEADING}</ButtonLink>
        </div>
    }
}

#[component]
fn Content(view: FiguresView) -> impl IntoView {
    let figures = view.figures;
    if figures.facilities.is_empty() {
        return view! {
            <EmptyState what=reports::NOTHING>
                <a href=links::FIGURES>{reports::FIGURES}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <Summary total=figures.total/>
        <Chart figures=figures.clone()/>
        <Rooms figures=figures/>
    }
    .into_any()
}

#[component]
fn Summary(total: Tally) -> impl IntoView {
    view! {
        <section class="stack" data-gap="tight" aria-labelledby="summary">
            <h2 id="summary">{reports::SUMMARY}</h2>
            <dl class="facts">
                <Fact name=reports::BY_BLOCKS>
                    {reports::occupancy(total.blocks)}
                </Fact>
                <Fact name=reports::BY_DAYS>
                    {reports::occupancy(total.days)}
                </Fact>
                <Fact name=reports::BOOKINGS>{reports::used(&total)}</Fact>
                <Fact name=reports::RECEIVED>{reports::sum(total.received_yen)}</Fact>
                <Fact name=reports::REDUCED>{reports::sum(total.reduced_yen)}</Fact>
                <Fact name=reports::REFUNDED>{reports::yen(total.refunded_yen)}</Fact>
                <Fact name=reports::NET>{reports::yen(total.net_yen())}</Fact>
                <Fact name=reports::ONLINE>{reports::share_of(total.online)}</Fact>
                <Fact name=reports::CASHLESS>{reports::cashless(&total)}</Fact>
            </dl>
        </section>
    }
}

#[component]
fn Chart(figures: Figures) -> impl IntoView {
    let rooms = figures.facilities.iter().flat_map(|one| &one.rooms);
    let bars: Vec<ShareBar> = rooms
        .filter(|room| room.tally.blocks.open > 0)
        .map(|room| {
            let (booked, came) = (
                room.tally.blocks.booked_share(),
                room.tally.blocks.checked_in_share(),
            );
            ShareBar {
                says: reports::bar(&room.room.name, booked, came),
                label: room.room.name.clone(),
                outer: booked,
                inner: came,
            }
        })
        .collect();
    (!bars.is_empty()).then(|| {
        view! {
            <section class="stack" data-gap="tight" aria-labelledby="chart">
                <h2 id="chart">{reports::CHART}</h2>
                <ShareBars
                    says=reports::CHART_SAYS
                    legend=[reports::BOOKED, reports::CHECKED_IN]
                    bars=bars
                />
            </section>
        }
    })
}

#[component]
fn Rooms(figures: Figures) -> impl IntoView {
    let total = figures.total;
    let several = figures.facilities.len() > 1;
    let bodies = figures
        .facilities
        .into_iter()
        .map(|facility| view! { <Facility of=facility/> })
        .collect_view();
    view! {
        <section class="table-frame" tabindex="0" role="group" aria-label=reports::TABLE>
            <table class="tallies">
                <caption>{reports::TABLE}</caption>
                <thead>
                    <tr>
                        {[
                            reports::ROOM,
                            reports::BY_BLOCKS,
                            reports::BY_DAYS,
                            reports::BOOKINGS,
                            reports::CAME,
                            reports::NO_SHOWS,
                            reports::RECEIVED,
                            reports::REDUCED,
                            reports::REFUNDED,
                            reports::NET,
                        ]
                            .map(|name| view! { <th scope="col">{name}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                {bodies}
                {several
                    .then(|| {
                        view! {
                            <tfoot>
                                <tr>
                                    <th scope="row">{reports::TOTAL}</th>
                                    {cells(total)}
                                </tr>
                            </tfoot>
                        }
                    })}
            </table>
        </section>
    }
}

#[component]
fn Facility(of: FacilityFigures) -> impl IntoView {
    let name = of.facility.name;
    let rooms = of
        .rooms
        .into_iter()
        .map(|room| view! { <Room of=room/> })
        .collect_view();
    view! {
        <tbody>
            <tr>
                <th class="group" colspan="10" scope="rowgroup">{name}</th>
            </tr>
            {rooms}
            <tr class="subtotal">
                <th scope="row">{reports::FACILITY_TOTAL}</th>
                {cells(of.total)}
            </tr>
        </tbody>
    }
}

#[component]
fn Room(of: RoomFigures) -> impl IntoView {
    let note = reports::floor(of.in_total)
        .filter(|_| of.in_total == InTotal::OtherRooms)
        .map(|words| view! { " "<span class="quiet small nowrap">{words}</span> });
    view! {
        <tr>
            <th scope="row">{of.room.name}{note}</th>
            {cells(of.tally)}
        </tr>
    }
}

fn cells(tally: Tally) -> impl IntoView {
    [
        tally.blocks.booked_share().to_string(),
        tally.days.booked_share().to_string(),
        tally.bookings.to_string(),
        tally.checked_in.to_string(),
        tally.no_shows.to_string(),
        reports::sum(tally.received_yen),
        reports::sum(tally.reduced_yen),
        reports::yen(tally.refunded_yen),
        reports::yen(tally.net_yen()),
    ]
    .map(|text| view! { <td class="number">{text}</td> })
    .collect_view()
}
