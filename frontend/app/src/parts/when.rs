//! A day and a time that break between them, never inside.

use domain::span::Span;
use leptos::prelude::*;

use crate::text::clock;
use crate::visit::today;

/// 「11月28日（土） 18:00–20:00」
#[component]
pub fn When(span: Span) -> impl IntoView {
    view! {
        <span class="whole">{clock::day(span.date(), today())}</span>
        " "
        <span class="whole">{span.clock()}</span>
    }
}
