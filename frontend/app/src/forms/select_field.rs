//! One of several, as a list that opens.

use leptos::prelude::*;

use super::{Field, FormState, Need, Values, Wiring};

/// A list to choose from: value and word of each.
#[component]
pub fn SelectField(
    form: FormState,
    values: Values,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    need: Need,
    #[prop(optional_no_strip)] support: Option<String>,
    /// The first choice, which chooses nothing; its value is empty.
    #[prop(optional)]
    nothing: Option<&'static str>,
    options: Vec<(String, String)>,
) -> impl IntoView {
    let wiring = Wiring::new(&form, &name, support.as_deref());
    let chosen = values.text(&name);
    let options = options.into_iter().map(|(value, word)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{word}</option> }
    });
    let control = view! {
        <select
            class="control"
            id=name.clone()
            name=name
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described_by()
        >
            {nothing.map(|word| view! { <option value="">{word}</option> })}
            {options.collect_view()}
        </select>
    };
    view! { <Field wiring=wiring label=label need=need support=support>{control}</Field> }
}
