//! 窓口で団体を登録する: for somebody who stands there.

use contract::Refusal;
use domain::ids::PersonId;
use leptos::prelude::*;

use super::group_form::{Conditions, GroupForm};
use crate::forms::ErrorSummary;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::RefusalNotice;
use crate::text::groups;

/// `?person`.
#[component]
pub fn CounterNewGroupPage() -> impl IntoView {
    framed(|Ask { visit, address }| async move {
        let values = visit.form.values_or(address.query());
        let person = values.filled("person");
        let person: Option<PersonId> = person.and_then(|id| id.parse().ok());
        let Some(person) = person else {
            // Whoever may not see the counter's groups is told so first.
            visit.staff.groups(&visit.call, "").await?;
            return Err(Refusal::NotFound.into());
        };
        let new = visit.staff.new_group_for(&visit.call, person).await?;
        let refused = visit.form.refused_whole();
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{groups::COUNTER}</h1>
                <Conditions new=new/>
                <GroupForm
                    visit=visit action=links::COUNTER_NEW_GROUP.to_owned()
                    person=Some(person.to_string())
                />
            </div>
        };
        Ok(Page::new(groups::COUNTER, body))
    })
}
