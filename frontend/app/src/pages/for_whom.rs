//! だれの予約ですか: for oneself, or for a group that one acts for.

use contract::GroupChoice;
use leptos::prelude::*;

use crate::forms::{ChoiceField, FormState, Need, Values};
use crate::links::Way;
use crate::text::groups as text;

/// だれの予約ですか: asked only where there is a choice.
#[component]
pub(super) fn ForWhom(
    form: FormState,
    values: Values,
    groups: Vec<GroupChoice>,
    way: Way,
) -> impl IntoView {
    (!groups.is_empty()).then(|| {
        let oneself = match way {
            Way::Own => text::FOR_ONESELF,
            Way::For(_) => text::FOR_THE_PERSON,
        };
        let each = groups
            .into_iter()
            .map(|group| (group.id.to_string(), group.name));
        let choices = [(String::new(), oneself.to_owned())]
            .into_iter()
            .chain(each);
        view! {
            <ChoiceField
                form=form values=values name="group" label=text::FOR_WHOM need=Need::Required
                choices=choices.collect()
            />
        }
    })
}
