//! A list with nothing in it, and the next thing to do.

use leptos::prelude::*;

/// What is empty, and links or buttons that lead on, where they do not stand beside it.
#[component]
pub fn EmptyState(
    #[prop(into)] what: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{what}</p>
            {children.map(|children| children())}
        </div>
    }
}
