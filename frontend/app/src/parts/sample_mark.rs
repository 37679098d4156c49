//! The mark for facts that no source gives (見本).

use leptos::prelude::*;

use crate::text::site;

/// 見本; the footer says what it means.
#[component]
pub fn SampleMark(shown: bool) -> impl IntoView {
    shown.then(|| view! { <span class="sample">{site::SAMPLE}</span> })
}
