//! A list with nothing in it, and the next thing to do.

use leptos::prelude::*;

/// What is empty, and links or buttons that lead on.
#[component]
pub fn EmptyState(#[prop(into)] what: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{what}</p>
            {children()}
        </div>
    }
}
