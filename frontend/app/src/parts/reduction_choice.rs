//! Which reduction is asked for, on the booking form.

use domain::town::{Facility, Reduction, Room};
use leptos::prelude::*;

use crate::forms::{FormState, Need, SelectField, Values};
use crate::text::reviews;

/// A list of the town's reductions that are for this room; nothing where there is none.
#[component]
pub fn ReductionChoice(
    form: FormState,
    values: Values,
    reductions: Vec<Reduction>,
    facility: std::sync::Arc<Facility>,
    room: std::sync::Arc<Room>,
) -> impl IntoView {
    let options: Vec<(String, String)> = reductions
        .iter()
        .filter(|one| one.may_touch(&facility, &room))
        .map(|one| (one.id.to_string(), reviews::choice(one)))
        .collect();
    (!options.is_empty()).then(|| {
        view! {
            <SelectField
                form=form values=values name="reduction" label=reviews::ASK need=Need::Optional
                support=Some(reviews::ASK_SUPPORT.to_owned()) nothing=reviews::ASK_NONE
                options=options
            />
        }
    })
}
