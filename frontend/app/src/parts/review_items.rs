//! What is decided about a booking, and how to contest what was refused.

use contract::ReviewItemView;
use leptos::prelude::*;

use super::Fact;
use crate::text::reviews;

/// Each thing that is decided, with its article and where it stands.
#[component]
pub fn ReviewItems(items: Vec<ReviewItemView>, appeal: Vec<String>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let each = items.into_iter().map(|item| {
            let evidence = (!item.evidence.is_empty()).then(|| {
                let words = reviews::documents(&item.evidence);
                view! { <Fact name=reviews::EVIDENCE>{words}</Fact> }
            });
            view! {
                <li class="stack" data-gap="tight">
                    <p class="row">
                        <strong>{reviews::item(&item)}</strong>
                        <span class="status" data-tone=reviews::tone(&item.standing)>
                            {reviews::standing(&item.standing)}
                        </span>
                    </p>
                    <dl class="facts">
                        <Fact name=reviews::ARTICLE>{item.article}</Fact>
                        {evidence}
                    </dl>
                </li>
            }
        });
        view! {
            <section class="stack" id="review">
                <h2>{reviews::HEADING}</h2>
                <ul class="stack" role="list">{each.collect_view()}</ul>
                <Appeal lines=appeal/>
            </section>
        }
    })
}

/// 教示.
#[component]
fn Appeal(lines: Vec<String>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let lines = lines
            .into_iter()
            .map(|line| view! { <p class="small">{line}</p> });
        view! {
            <h3>{reviews::APPEAL}</h3>
            {lines.collect_view()}
        }
    })
}
