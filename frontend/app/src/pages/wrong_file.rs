//! What is wrong with a town file that was tried, by line.

use contract::WrongFile;
use leptos::prelude::*;

use crate::parts::{Notice, Tone};
use crate::text::study;

/// Every problem, with the line as it was typed.
#[component]
pub(super) fn WrongTownFile(
    wrong: WrongFile,
    /// The file as it was typed.
    file: String,
) -> impl IntoView {
    let heading = study::wrong(&wrong);
    let body = match wrong {
        WrongFile::Problems(problems) => {
            let problems = problems
                .iter()
                .map(|problem| view! { <li>{study::problem(problem, &file)}</li> })
                .collect_view();
            view! { <ul>{problems}</ul> }.into_any()
        }
        WrongFile::Elsewhere { .. } => view! { <p>{study::ELSEWHERE_NEXT}</p> }.into_any(),
    };
    view! {
        <Notice tone=Tone::Error heading=heading announced=true>{body}</Notice>
    }
}
