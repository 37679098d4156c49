//! Yes or no.

use leptos::prelude::*;

use super::Values;
use crate::parts::SampleMark;

/// A checkbox with what it costs beside it; the whole line is its target.
#[component]
pub fn CheckField(
    values: Values,
    #[prop(into)] name: String,
    /// What is posted when it is checked.
    value: &'static str,
    #[prop(into)] label: String,
    #[prop(optional_no_strip)] price: Option<String>,
    /// Marks a price that no source gives.
    #[prop(optional)]
    sample: bool,
) -> impl IntoView {
    let checked = values.get(&name) == Some(value);
    let (id, label_for) = (name.clone(), name.clone());
    view! {
        <label class="choice" for=label_for>
            <input type="checkbox" id=id name=name value=value checked=checked/>
            <span>{label}{sample.then(|| view! { " "<SampleMark shown=true/> })}</span>
            {price.map(|price| view! { <span class="choice-price">{price}</span> })}
        </label>
    }
}
