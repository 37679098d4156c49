//! A fact in a list of facts (`<dl class="facts">`).

use leptos::prelude::*;

/// A name and what it is.
#[component]
pub fn Fact(#[prop(into)] name: String, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
