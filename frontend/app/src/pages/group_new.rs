//! 団体登録を申請する.

use contract::AgeAnswer;
use leptos::prelude::*;

use super::group_form::{Conditions, GroupForm};
use crate::forms::ErrorSummary;
use crate::frame::{Ask, Page, framed};
use crate::links;
use crate::parts::RefusalNotice;
use crate::text::groups;

/// Whoever cannot represent a group is told so before they fill anything in.
#[component]
pub fn NewGroupPage() -> impl IntoView {
    framed(|Ask { visit, .. }| async move {
        let new = visit.house.new_group(&visit.call).await?;
        let may = !matches!(new.age, AgeAnswer::Refused { .. });
        // What the notice above the form says already is not said twice.
        let refused = visit.form.refused_whole().filter(|_| may);
        let form = may.then(|| {
            let visit = visit.clone();
            view! { <GroupForm visit=visit action=links::NEW_GROUP.to_owned()/> }
        });
        let body = view! {
            <div class="narrow stack" data-gap="wide">
                <ErrorSummary form=visit.form.clone()/>
                {refused.map(|refusal| view! { <RefusalNotice refusal=refusal/> })}
                <h1>{groups::APPLY}</h1>
                <Conditions new=new/>
                {form}
            </div>
        };
        let crumbs = vec![(groups::OWN.to_owned(), links::GROUPS.to_owned())];
        Ok(Page::new(groups::APPLY, body).under(crumbs))
    })
}
