//! 設定の変更の影響: which bookings a new town file would touch, before it is put in force.

use contract::{Failure, ProblemKind, Refusal, TouchedBooking, TownPreview, WrongFile};
use leptos::prelude::*;

use super::failed;
use super::wrong_file::WrongTownFile;
use crate::forms::{ErrorSummary, FormState, Need, SeedFields, TextArea, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Kind, RefusalNotice, Submit};
use crate::text::{closures, revision};
use crate::visit::Visit;

/// The longest town file, in characters; the server takes as much.
const LONGEST_FILE: u32 = 300_000;

/// Posts the form to itself; nothing is ever put in force here.
#[component]
pub fn TownPreviewPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let mut form = visit.form.clone();
        let posted = !form.values.is_empty();
        let in_force = visit.staff.town_file(&visit.call).await?;
        let mut answer = None;
        if posted && form.refusal.is_none() {
            let file = form.values.text("town_file");
            if file.trim().is_empty() {
                form.refusal = Some(Refusal::field("town_file", ProblemKind::Missing));
            } else {
                match visit.staff.preview_town(&visit.call, &file).await {
                    Ok(previewed) => answer = Some(previewed),
                    Err(Failure::Refused(refusal)) => form.refusal = Some(refusal),
                    Err(fault @ Failure::Fault(_)) => return Err(fault),
                }
            }
            if let Some(refusal) = &form.refusal {
                visit.host.status(failed::status(refusal));
            }
        }
        let values = if posted {
            form.values.clone()
        } else {
            Values::new([("town_file".to_owned(), in_force)])
        };
        let tried = matches!(answer, Some(Ok(_)));
        let answer = answer.map(|answer| shown(answer, &visit, &values));
        let refused = form.refused_whole();
        let body = view! {
            <div class="study stack" data-gap="wide">
                <ErrorSummary form=form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <div>
                    <h1>{revision::HEADING}</h1>
                    <p>{revision::LEAD}</p>
                </div>
                {answer}
                {tried.then(|| view! { <h2>{revision::AGAIN}</h2> })}
                <Form visit=visit form=form values=values/>
            </div>
        };
        let crumbs = vec![(closures::HEADING.to_owned(), links::CLOSURES.to_owned())];
        Ok(Page::new(revision::HEADING, body).under(crumbs))
    })
}

fn shown(answer: Result<TownPreview, WrongFile>, visit: &Visit, values: &Values) -> AnyView {
    match answer {
        Ok(preview) => view! { <Effect preview=preview/> }.into_any(),
        Err(wrong) => {
            visit.host.status(422);
            view! { <WrongTownFile wrong=wrong file=values.text("town_file")/> }.into_any()
        }
    }
}

#[component]
fn Effect(preview: TownPreview) -> impl IntoView {
    let words = revision::sentence(&preview);
    let touched = preview.touched;
    let list = (!touched.is_empty()).then(|| {
        view! {
            <p>{revision::STAYS}</p>
            <Touched bookings=touched/>
        }
    });
    view! {
        <section class="effect stack" aria-labelledby="effect" tabindex="-1" autofocus>
            <h2 id="effect">{revision::RESULT}</h2>
            <p class="hit">{words}</p>
            {list}
        </section>
    }
}

#[component]
fn Touched(bookings: Vec<TouchedBooking>) -> impl IntoView {
    let rows = bookings
        .into_iter()
        .map(|one| {
            let effects = revision::effects(&one)
                .into_iter()
                .map(|words| view! { <li>{words}</li> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{revision::span(one.span)}</th>
                    <td data-label=revision::WHERE>{revision::place(&one)}</td>
                    <td data-label=revision::NUMBER>{one.number}</td>
                    <td data-label=revision::STATE>{one.state.label()}</td>
                    <td data-label=revision::EFFECT><ul>{effects}</ul></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="arrivals">
            <caption>{revision::TOUCHED}</caption>
            <thead>
                <tr>
                    <th scope="col">{revision::WHEN}</th>
                    <th scope="col">{revision::WHERE}</th>
                    <th scope="col">{revision::NUMBER}</th>
                    <th scope="col">{revision::STATE}</th>
                    <th scope="col">{revision::EFFECT}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Form(visit: Visit, form: FormState, values: Values) -> impl IntoView {
    view! {
        <form class="stack" data-gap="wide" method="post" action=links::TOWN_PREVIEW novalidate>
            <SeedFields seed=visit.seed/>
            <TextArea
                form=form values=values name="town_file" label=revision::FILE need=Need::Required
                maxlength=LONGEST_FILE lines=24 support=Some(revision::FILE_HELP.to_owned())
            />
            <div class="actions">
                <Submit kind=Kind::Primary>{revision::PREVIEW}</Submit>
            </div>
        </form>
    }
}
