//! One closure, and how it is lifted.

use contract::{ClosureSpan, ClosureView};
use leptos::prelude::*;

use super::to_call::CallThem;
use crate::forms::SeedFields;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{ButtonLink, Fact, Notice, RefusalNotice, Tone};
use crate::text::{board, clock, closures};
use crate::visit::{Visit, today};

/// `?made=` how many were cancelled, `?lifted=`. Posts `day=` or `rest=` with a date, or `all=`.
#[component]
pub fn ClosurePage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let mut view = visit.staff.closure(&visit.call, address.closure()?).await?;
        let query = address.query();
        let made = query.filled("made").map(closures::made);
        let done = made.or_else(|| query.get("lifted").map(|_| closures::LIFTED.to_owned()));
        let refused = visit.form.refusal.clone();
        // What was just done is no news once something else was refused.
        let done = done.filter(|_| refused.is_none());
        let (reason, made_at) = (view.reason.to_string(), clock::full_at(view.made_at));
        let to_call = std::mem::take(&mut view.to_call);
        let title = closures::place(&view.facility_name, &view.rooms);
        let body = view! {
            <div class="stack" data-gap="wide">
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                {done.map(|words| view! {
                    <Notice tone=Tone::Success heading=words announced=true/>
                })}
                <h1>{title.clone()}</h1>
                <dl class="facts">
                    <Fact name=closures::WHY>{reason}</Fact>
                    <Fact name=closures::MADE_AT>{made_at}</Fact>
                </dl>
                <CallThem people=to_call/>
                <Spans visit=visit view=view/>
                <div class="actions">
                    <ButtonLink href=links::CLOSURES>{closures::BACK}</ButtonLink>
                </div>
            </div>
        };
        let crumbs = vec![
            (board::HEADING.to_owned(), links::BOARD.to_owned()),
            (closures::HEADING.to_owned(), links::CLOSURES.to_owned()),
        ];
        Ok(Page::new(title, body).under(crumbs))
    })
}

#[component]
fn Spans(visit: Visit, view: ClosureView) -> impl IntoView {
    let liftable = view.spans.iter().filter(|span| span.liftable).count();
    let several = liftable > 1;
    let rows = view
        .spans
        .into_iter()
        .map(|span| view! { <Row span=span several=several/> })
        .collect_view();
    let all = several.then(|| {
        view! {
            <div class="actions">
                <button class="button" type="submit" name="all" value="1">{closures::LIFT_ALL}</button>
            </div>
        }
    });
    view! {
        <form class="stack" method="post" action=links::closure(view.id)>
            <SeedFields seed=visit.seed/>
            <table class="arrivals">
                <caption>{closures::SPANS}</caption>
                <thead>
                    <tr>
                        <th scope="col">{closures::WHEN}</th>
                        <th scope="col">{closures::STATE}</th>
                        <th scope="col">{closures::ACTION}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {all}
        </form>
    }
}

#[component]
fn Row(span: ClosureSpan, several: bool) -> impl IntoView {
    let date = span.span.date().to_string();
    let button = |name: &'static str, words: &'static str| {
        let said = closures::lift_said(words, span.span, today());
        view! {
            <button
                class="button"
                data-kind="text"
                type="submit"
                name=name
                value=date.clone()
                aria-label=said
            >
                {words}
            </button>
        }
    };
    let buttons = span.liftable.then(|| {
        view! {
            {button("day", closures::LIFT_DAY)}
            {several.then(|| button("rest", closures::LIFT_REST))}
        }
    });
    view! {
        <tr>
            <th scope="row">{closures::span(span.span, today())}</th>
            <td data-label=closures::STATE>{closures::span_state(&span)}</td>
            <td class="act">{buttons}</td>
        </tr>
    }
}
