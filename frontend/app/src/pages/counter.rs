//! 窓口: whom to expect on a day, and who has come.

use chrono::NaiveDate;
use contract::{Arrival, ArrivalsView, Attendance, Failure, PayState, Refusal, ReservationState};
use leptos::prelude::*;

use crate::forms::{Hidden, SeedFields};
use crate::frame::{Ask, Page, framed};
use crate::islands::Follow;
use crate::links;
use crate::parts::{
    ButtonLink, EmptyState, FindReservation, Kind, Notice, RefusalNotice, ReservationStatus,
    Submit, Tone,
};
use crate::text::{availability, board, clock, counter, till, walk_in};
use crate::visit::{Visit, today};

/// `?facility=&date=`; `?find=` what was scanned or typed. Posts `reservation` and `action`.
#[component]
pub fn CounterPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let query = address.query();
        let mut lost = None;
        if let Some(typed) = query.filled("find") {
            match visit.staff.locate(&visit.call, typed).await {
                Ok(found) => {
                    let there = links::counter(Some(&found.facility), Some(found.date));
                    let row = links::row(found.id);
                    visit.host.see_other(&format!("{there}#{row}"));
                    // Nobody sees this page, so it shows nobody: each who is shown is noted.
                    return Ok(Page::new(
                        counter::HEADING,
                        view! { <h1>{counter::HEADING}</h1> },
                    ));
                }
                Err(Failure::Refused(Refusal::NotFound)) => {
                    visit.host.status(404);
                    lost = Some(typed.to_owned());
                }
                Err(failure) => return Err(failure),
            }
        }
        let facility = query.filled("facility").map(str::parse).transpose();
        let facility = facility.map_err(|_no_slug| Refusal::NotFound)?;
        let date = address.date("date").unwrap_or_else(today);
        let day = visit
            .staff
            .arrivals(&visit.call, facility.as_ref(), date)
            .await?;
        let noted = query.get("noted").and_then(Attendance::read);
        let heading = if date == today() {
            counter::HEADING
        } else {
            counter::OTHER_DAY
        };
        let refused = visit.form.refusal.clone();
        let at = clock::time_at(visit.call.now());
        let body = view! {
            <div class="counter stack" data-gap="wide">
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {noted.map(|what| view! {
                    <Notice tone=Tone::Success heading=counter::noted(what) announced=true/>
                })}
                <div class="row" data-ends="">
                    <div>
                        <h1>{heading}</h1>
                        <p>{format!("{} {}", clock::full_day(date), day.facility_name)}</p>
                    </div>
                    <FindReservation
                        action=links::COUNTER
                        lost=lost.is_some().then(counter::not_found)
                        typed=lost
                        focused=true
                    />
                </div>
                <div class="actions">
                    <ButtonLink href=links::people(Some(&day.facility), Some(date.max(today())))>
                        {walk_in::START}
                    </ButtonLink>
                    <ButtonLink href=links::TILL>{till::HEADING}</ButtonLink>
                </div>
                <Choose day=day.clone()/>
                <Follow
                    changes=links::CHANGES.to_owned()
                    words=board::renewed(&at)
                    renewed=board::RENEWED.to_owned()
                    lost=board::LOST.to_owned()
                />
                <div id="live" data-at=at>
                    <Arrivals visit=visit day=day/>
                </div>
            </div>
        };
        Ok(Page::new(heading, body).with_islands())
    })
}

/// Another facility, another day.
#[component]
fn Choose(day: ArrivalsView) -> impl IntoView {
    let options = day
        .choices
        .iter()
        .map(|(slug, name)| {
            view! {
                <option value=slug.to_string() selected=*slug == day.facility>{name.clone()}</option>
            }
        })
        .collect_view();
    let turn = |date: Option<NaiveDate>, words: String| {
        let date = date?;
        let there = links::counter(Some(&day.facility), Some(date));
        Some(view! { <a class="button" href=there>{words}</a> })
    };
    view! {
        <div class="row choose-day">
            {turn(day.date.pred_opt(), format!("‹ {}", availability::PREVIOUS_DAY))}
            {turn(day.date.succ_opt(), format!("{} ›", availability::NEXT_DAY))}
            <form class="row" method="get" action=links::COUNTER>
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
                        value=day.date.to_string()
                    />
                </div>
                <button class="button" type="submit">{counter::SHOW}</button>
            </form>
        </div>
    }
}

#[component]
fn Arrivals(visit: Visit, day: ArrivalsView) -> impl IntoView {
    if day.arrivals.is_empty() {
        return view! {
            <EmptyState what=counter::NOBODY>
                <a href=links::counter(Some(&day.facility), Some(today()))>{counter::HEADING}</a>
            </EmptyState>
        }
        .into_any();
    }
    let inside = day.arrivals.iter().filter(|one| is_inside(one)).count();
    let counted = counter::counted(day.arrivals.len(), inside);
    let here = links::counter(Some(&day.facility), Some(day.date));
    let rows = day
        .arrivals
        .into_iter()
        .map(|one| view! { <Row visit=visit.clone() here=here.clone() arrival=one/> })
        .collect_view();
    view! {
        <section class="stack" data-gap="tight">
            <p>{counted}</p>
            <table class="arrivals">
                <caption class="unseen">{counter::LIST}</caption>
                <thead>
                    <tr>
                        <th scope="col">{counter::TIME}</th>
                        <th scope="col">{counter::ROOM}</th>
                        <th scope="col">{counter::PERSON}</th>
                        <th scope="col">{counter::USE}</th>
                        <th scope="col">{counter::PAYMENT}</th>
                        <th scope="col">{counter::STATE}</th>
                        <th scope="col">{counter::ACTION}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

const fn is_inside(arrival: &Arrival) -> bool {
    matches!(arrival.state, ReservationState::CheckedIn)
}

const fn owes(payment: &PayState) -> bool {
    matches!(payment, PayState::Unpaid)
}

#[component]
fn Row(visit: Visit, here: String, arrival: Arrival) -> impl IntoView {
    let id = arrival.id;
    let possible = !arrival.next.is_empty();
    let buttons = arrival
        .next
        .into_iter()
        .map(|what| {
            let kind = if what == Attendance::CheckIn {
                Kind::Primary
            } else {
                Kind::Text
            };
            view! {
                <Submit kind=kind name="action" value=what.as_str()>
                    {counter::attendance(what)}
                </Submit>
            }
        })
        .collect_view();
    let form = possible.then(|| {
        view! {
            <form class="row" method="post" action=here>
                <SeedFields seed=visit.seed/>
                <Hidden name="reservation" value=id.to_string()/>
                {buttons}
            </form>
        }
    });
    let tone = if owes(&arrival.payment) {
        "warning"
    } else {
        "quiet"
    };
    view! {
        <tr id=links::row(id) tabindex="-1">
            <th scope="row" class="when">{arrival.span.clock()}</th>
            <td data-label=counter::ROOM>{arrival.room_name}</td>
            <td data-label=counter::PERSON>
                <span class="who">{arrival.person.into_revealed()}</span>
                <a class="small" href=links::sale(id)>
                    {counter::number_by(&arrival.number, arrival.channel)}
                </a>
            </td>
            <td data-label=counter::USE>
                {arrival.purpose}" "<span class="nowrap">{counter::people(arrival.people)}</span>
            </td>
            <td data-label=counter::PAYMENT>
                <span class="pay" data-tone=tone>
                    {counter::payment(&arrival.payment, arrival.total_yen)}
                </span>
            </td>
            <td data-label=counter::STATE><ReservationStatus state=arrival.state/></td>
            <td class="act">{form}</td>
        </tr>
    }
}
