//! All problems of a form on top of it, each a link to its field.

use leptos::prelude::*;

use super::FormState;
use crate::parts::{Icon, IconMark};
use crate::text::fields;

/// The problems, announced and focused; nothing when there are none.
#[component]
pub fn ErrorSummary(form: FormState) -> impl IntoView {
    let problems = form.problems();
    (!problems.is_empty()).then(|| {
        let problems = problems
            .into_iter()
            .map(|problem| {
                let href = format!("#{}", problem.field);
                view! { <li><a href=href>{problem.words}</a></li> }
            })
            .collect_view();
        view! {
            <section class="error-summary" role="alert" tabindex="-1" autofocus>
                <h2><IconMark icon=Icon::Error/><span>{fields::SUMMARY}</span></h2>
                <ul role="list">{problems}</ul>
            </section>
        }
    })
}
