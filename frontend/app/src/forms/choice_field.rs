//! One of a few, all to be seen at once.

use leptos::prelude::*;

use super::{Field, FormState, Need, Values, Wiring};

/// One choice: what is posted, and what is read.
pub type Choice = (String, String);

/// A group of radio buttons; the whole line of each is its target.
#[component]
pub fn ChoiceField(
    form: FormState,
    values: Values,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    need: Need,
    #[prop(optional_no_strip)] support: Option<String>,
    choices: Vec<Choice>,
) -> impl IntoView {
    let wiring = Wiring::new(&form, &name, support.as_deref());
    let chosen = values.text(&name);
    let only = choices.len() == 1;
    let choices = choices
        .into_iter()
        .enumerate()
        .map(move |(place, (value, word))| {
            let checked = only || value == chosen;
            let id = format!("{name}-{place}");
            let label_for = id.clone();
            view! {
                <label class="choice" for=label_for>
                    <input type="radio" id=id name=name.clone() value=value checked=checked/>
                    <span>{word}</span>
                </label>
            }
        });
    view! {
        <Field wiring=wiring label=label need=need support=support group=true>
            <div class="choices" data-columns="">{choices.collect_view()}</div>
        </Field>
    }
}
