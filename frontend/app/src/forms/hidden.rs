//! What a form carries without showing it. The server trusts none of it.

use leptos::prelude::*;

use crate::visit::FormSeed;

/// A hidden value.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// The form token, and the submission key that makes a form sent twice act once.
#[component]
pub fn SeedFields(seed: FormSeed) -> impl IntoView {
    view! {
        <Hidden name="token" value=seed.token/>
        <Hidden name="submission" value=seed.submission.to_string()/>
    }
}
