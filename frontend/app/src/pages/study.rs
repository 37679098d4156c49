//! 使用料の見直し: the form, and what the proposal would do.

use contract::{Failure, StudyForm, StudyView, WrongFile};
use leptos::prelude::*;

use super::failed;
use super::study_fees::study_fees;
use super::study_tables::{ByClass, ByReduction, ByRoom, Largest, NotPriced};
use super::wrong_file::WrongTownFile;
use crate::forms::{ErrorSummary, FormState, Need, SeedFields, TextArea, TextField, Values};
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::{Kind, Notice, RefusalNotice, Submit};
use crate::text::{reports, study};
use crate::visit::Visit;

/// The form that the button beside the result belongs to.
const FORM: &str = "study";

/// The longest town file, in characters; the server takes as much.
const LONGEST_FILE: u32 = 300_000;

/// Posts the form with `action=compare`, or `action=csv` for the file.
#[component]
pub fn StudyPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let mut form = visit.form.clone();
        let posted = !form.values.is_empty();
        let begin = visit.staff.study_form(&visit.call).await?;
        let mut answer = None;
        if posted && form.refusal.is_none() {
            match study_fees(&form.values) {
                Ok(what) => match visit.staff.study(&visit.call, &what).await {
                    Ok(studied) => answer = Some(studied),
                    Err(Failure::Refused(refusal)) => form.refusal = Some(refusal),
                    Err(fault @ Failure::Fault(_)) => return Err(fault),
                },
                Err(refusal) => form.refusal = Some(refusal),
            }
            if let Some(refusal) = &form.refusal {
                visit.host.status(failed::status(refusal));
            }
        }
        let values = if posted {
            form.values.clone()
        } else {
            fresh(begin)
        };
        let tried = matches!(answer, Some(Ok(_)));
        let answer = answer.map(|answer| shown(answer, &visit, &values));
        let refused = form.refused_whole();
        let body = view! {
            <div class="study stack" data-gap="wide">
                <ErrorSummary form=form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <div>
                    <h1>{study::HEADING}</h1>
                    <p>{study::LEAD}</p>
                </div>
                {answer}
                {tried.then(|| view! { <h2>{study::AGAIN}</h2> })}
                <Form visit=visit form=form values=values/>
                <details>
                    <summary>{study::HOW}</summary>
                    <ul>{study::HOW_LINES.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </details>
            </div>
        };
        let crumbs = vec![(reports::FIGURES.to_owned(), links::FIGURES.to_owned())];
        Ok(Page::new(study::HEADING, body).under(crumbs))
    })
}

/// What a new form begins with: the file in force, last fiscal year.
fn fresh(begin: StudyForm) -> Values {
    let StudyForm { file, period } = begin;
    let pairs = [
        ("town_file", file),
        ("from", period.from().to_string()),
        ("until", period.to().to_string()),
    ];
    Values::new(pairs.map(|(name, value)| (name.to_owned(), value)))
}

fn shown(answer: Result<StudyView, WrongFile>, visit: &Visit, values: &Values) -> AnyView {
    match answer {
        Ok(view) => view! { <Outcome view=view/> }.into_any(),
        Err(wrong) => {
            visit.host.status(422);
            view! { <WrongTownFile wrong=wrong file=values.text("town_file")/> }.into_any()
        }
    }
}

/// One sentence, then the tables that it stands on.
#[component]
fn Outcome(view: StudyView) -> impl IntoView {
    let total = view.study.total;
    if total.uses + total.unpriced == 0 {
        return view! { <Notice heading=study::NO_USES announced=true/> }.into_any();
    }
    let words = study::sentence(&view);
    let result = view.study;
    view! {
        <section class="stack" data-gap="wide" aria-labelledby="result" tabindex="-1" autofocus>
            <h2 id="result">{study::RESULT}</h2>
            <p><strong>{words}</strong></p>
            <div class="actions no-print">
                <button class="button" type="submit" form=FORM name="action" value="csv">
                    {study::CSV}
                </button>
            </div>
            <ByRoom rows=result.rooms total=total/>
            <ByClass rows=result.classes/>
            <ByReduction rows=result.reductions/>
            <Largest rows=result.largest/>
            <NotPriced rows=result.unpriced/>
        </section>
    }
    .into_any()
}

#[component]
fn Form(visit: Visit, form: FormState, values: Values) -> impl IntoView {
    view! {
        <form id=FORM class="stack no-print" data-gap="wide" method="post" action=links::STUDY novalidate>
            <SeedFields seed=visit.seed/>
            <p>{study::PERIOD_HELP}</p>
            <div class="row">
                <TextField
                    form=form.clone() values=values.clone() name="from" label=study::FROM
                    need=Need::Required kind="date" width="date"
                />
                <TextField
                    form=form.clone() values=values.clone() name="until" label=study::UNTIL
                    need=Need::Required kind="date" width="date"
                />
            </div>
            <TextArea
                form=form values=values name="town_file" label=study::FILE need=Need::Required
                maxlength=LONGEST_FILE lines=24 support=Some(study::FILE_HELP.to_owned())
            />
            <div class="actions">
                <Submit kind=Kind::Primary name="action" value="compare">{study::COMPARE}</Submit>
            </div>
        </form>
    }
}
