//! 引出しと収入日計: a facility's drawers on a day, and the form that opens one.

use contract::{Action, RefundDue, TillDay, TillSummary};
use domain::till::TillState;
use leptos::prelude::*;

use crate::forms::{ErrorSummary, Hidden, Need, SeedFields, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, EmptyState, Fact, Kind, RefusalNotice, Submit};
use crate::text::{availability, clock, counter, sale, staff, till};
use crate::visit::{Visit, today};

/// `?facility=&date=`. Posts `facility`, `drawer` and `float`.
#[component]
pub fn TillDayPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let query = address.query();
        let facility = query.filled("facility").map(str::parse).transpose();
        let facility = facility.map_err(|_no_slug| contract::Refusal::NotFound)?;
        let date = address.date("date").unwrap_or_else(today);
        let day = visit
            .staff
            .till_day(&visit.call, facility.as_ref(), date)
            .await?;
        // 会計 sees the drawers and not the counter.
        let badge = visit.staff.badge(&visit.call).await?;
        let has_counter = badge.may(Action::SeeCounter);
        let refusal = visit.form.refused_whole();
        let is_today = date == today();
        let open = (is_today && day.may_handle).then(|| {
            view! { <Open visit=visit.clone() day=day.clone()/> }
        });
        let due = is_today.then(|| {
            let (due, more) = (day.due.clone(), day.more_due);
            view! { <Due due=due more=more may_pay=day.may_handle/> }
        });
        let body = view! {
            <div class="till stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refusal.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <header>
                    <h1>{till::HEADING}</h1>
                    <p>{format!("{} {}", clock::full_day(date), day.facility_name)}</p>
                </header>
                <Choose day=day.clone()/>
                <Drawers day=day.clone() has_counter=has_counter/>
                {open}
                <section class="stack">
                    <h2>{till::ONLINE}</h2>
                    <p class="sum">{till::online(day.online)}</p>
                </section>
                {due}
            </div>
        };
        let (above, there) = if has_counter {
            (counter::HEADING, links::COUNTER)
        } else {
            (staff::HEADING, links::STAFF)
        };
        let crumbs = vec![(above.to_owned(), there.to_owned())];
        Ok(Page::new(till::HEADING, body).under(crumbs))
    })
}

/// Another facility, another day.
#[component]
fn Choose(day: TillDay) -> impl IntoView {
    let options = day
        .choices
        .iter()
        .map(|(slug, name)| {
            view! {
                <option value=slug.to_string() selected=*slug == day.facility>{name.clone()}</option>
            }
        })
        .collect_view();
    view! {
        <form class="row till-choose" method="get" action=links::TILL>
            <div>
                <label class="small" for="facility">{counter::FACILITY}</label>
                <select class="control" id="facility" name="facility">{options}</select>
            </div>
            <div>
                <label class="small" for="date">{counter::DATE}</label>
                <input
                    class="control" data-width="date" id="date" type="date" name="date" required
                    value=day.date.to_string()
                />
            </div>
            <button class="button" type="submit">{counter::SHOW}</button>
        </form>
    }
}

#[component]
fn Drawers(day: TillDay, has_counter: bool) -> impl IntoView {
    let may_handle = day.may_handle;
    let before = day.date.pred_opt();
    let before = before.map(|before| links::till_day(&day.facility, before));
    let each = day
        .tills
        .into_iter()
        .map(|one| view! { <li><Drawer one=one may_handle=may_handle/></li> })
        .collect::<Vec<_>>();
    let inside = if each.is_empty() {
        let (there, words) = if has_counter {
            (Some(links::COUNTER.to_owned()), counter::HEADING)
        } else {
            (before, availability::PREVIOUS_DAY)
        };
        view! {
            <EmptyState what=till::NONE>
                {there.map(|there| view! { <a href=there>{words}</a> })}
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="till-list" role="list">{each}</ul> }.into_any()
    };
    view! { <section class="stack"><h2>{till::DRAWERS}</h2>{inside}</section> }
}

/// One drawer: what it makes, and the sheet once it is closed.
#[component]
fn Drawer(one: TillSummary, may_handle: bool) -> impl IntoView {
    let (cash, id) = (one.state.cash(), one.id);
    let heading = format!("{} {}", till::name(&one), one.state.label());
    let of = clock::day(one.state.date(), today());
    let difference = match &one.state {
        TillState::Open(_) => None,
        TillState::Closed(closed) => Some(till::over_or_short(closed)),
    };
    let difference = difference.map(|words| view! { <Fact name=till::DIFFERENCE>{words}</Fact> });
    let ways = if matches!(one.state, TillState::Closed(_)) {
        view! {
            <ButtonLink href=links::till(id) kind=Kind::Text>{till::SHOW}</ButtonLink>
            <ButtonLink href=links::sheet(id, "pdf")>{till::SHEET_PDF}</ButtonLink>
            <ButtonLink href=links::sheet(id, "csv")>{till::SHEET_CSV}</ButtonLink>
        }
        .into_any()
    } else {
        let words = if may_handle { till::COUNT } else { till::SHOW };
        view! { <ButtonLink href=links::till(id)>{words}</ButtonLink> }.into_any()
    };
    view! {
        <article class="stack till-card" data-state=one.state.as_str()>
            <h3>{heading}</h3>
            <p class="quiet">{format!("{of} {}", one.opened_by.into_revealed())}</p>
            <dl class="facts">
                <Fact name=till::FLOAT>{cash.float.to_string()}</Fact>
                <Fact name=till::RECEIVED>{cash.received.to_string()}</Fact>
                <Fact name=till::PAID_OUT>{cash.paid_out.to_string()}</Fact>
                <Fact name=till::EXPECTED>{cash.expected().to_string()}</Fact>
                {difference}
            </dl>
            <div class="actions">{ways}</div>
        </article>
    }
}

#[component]
fn Open(visit: Visit, day: TillDay) -> impl IntoView {
    let form = visit.form;
    let values = if form.values.is_empty() {
        Values::new([("drawer".to_owned(), day.free_drawer.to_string())])
    } else {
        form.values.clone()
    };
    view! {
        <form class="stack till-form" method="post" action=links::till_day(&day.facility, day.date)>
            <h2>{till::OPEN}</h2>
            <SeedFields seed=visit.seed/>
            <Hidden name="facility" value=day.facility.to_string()/>
            <TextField
                form=form.clone() values=values.clone() name="drawer" label=till::NUMBER
                need=Need::Required inputmode="numeric" width="number" maxlength=2
                autocomplete="off"
            />
            <TextField
                form=form values=values name="float" label=till::FLOAT
                need=Need::Required support=Some(till::FLOAT_SUPPORT.to_owned())
                inputmode="numeric" width="phone" maxlength=9 autocomplete="off" unit=sale::YEN
            />
            <div><Submit kind=Kind::Primary>{till::OPEN}</Submit></div>
        </form>
    }
}

#[component]
fn Due(
    due: Vec<RefundDue>,
    /// There are more than these.
    more: bool,
    /// Whoever pays out opens the reservation for it; others only see what waits.
    may_pay: bool,
) -> impl IntoView {
    let inside = if due.is_empty() {
        view! { <p>{till::NO_DUE}</p> }.into_any()
    } else {
        let each = due
            .into_iter()
            .map(|one| {
                let words = format!("{} {}", one.number, sale::due(&one));
                let words = if may_pay {
                    view! { <a href=links::sale(one.reservation)>{words}</a> }.into_any()
                } else {
                    words.into_any()
                };
                view! { <li>{words}</li> }
            })
            .collect_view();
        let more = more.then(|| view! { <p>{till::MORE_DUE}</p> });
        view! { <ul>{each}</ul> {more} }.into_any()
    };
    view! { <section class="stack"><h2>{till::DUE}</h2>{inside}</section> }
}
