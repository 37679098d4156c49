//! The form of an application, for a resident and for a clerk.

use contract::NewGroup;
use leptos::prelude::*;

use crate::forms::{Hidden, Need, SeedFields, TextArea, TextField};
use crate::parts::{Fact, Kind, Notice, Submit, Tone};
use crate::text::groups;
use crate::visit::Visit;

/// What a registration takes, and what an age rule says to whoever would represent it.
#[component]
pub(super) fn Conditions(new: NewGroup) -> impl IntoView {
    let NewGroup {
        representative,
        rule,
        age,
    } = new;
    let conditions = groups::conditions(&rule)
        .into_iter()
        .map(|words| view! { <li>{words}</li> })
        .collect_view();
    let cannot = groups::cannot(&age).map(|(why, next)| {
        view! {
            <Notice tone=Tone::Error heading=groups::CANNOT>
                <p>{why}</p>
                <p>{next}</p>
            </Notice>
        }
    });
    let consent = (age == contract::AgeAnswer::NeedsConsent).then(|| {
        view! {
            <Notice heading=groups::CONSENT_HEADING><p>{groups::CONSENT_NEXT}</p></Notice>
        }
    });
    view! {
        {cannot}
        {consent}
        <dl class="facts">
            <Fact name=groups::REPRESENTATIVE>{representative.into_revealed()}</Fact>
            <Fact name=groups::CONDITIONS><ul>{conditions}</ul></Fact>
            <Fact name=groups::ARTICLE>{rule.article}</Fact>
        </dl>
    }
}

/// Posts the fields, and at the counter `person`.
#[component]
pub(super) fn GroupForm(
    visit: Visit,
    action: String,
    #[prop(optional_no_strip)] person: Option<String>,
) -> impl IntoView {
    let form = visit.form.clone();
    let values = form.values.clone();
    view! {
        <form class="stack" data-gap="wide" method="post" novalidate action=action>
            <SeedFields seed=visit.seed/>
            {person.map(|person| view! { <Hidden name="person" value=person/> })}
            <TextField
                form=form.clone() values=values.clone() name="group_name" label=groups::NAME
                need=Need::Required support=Some(groups::NAME_SUPPORT.to_owned())
                autocomplete="off" maxlength=100
            />
            <TextField
                form=form.clone() values=values.clone() name="group_kana" label=groups::KANA
                need=Need::Required autocomplete="off" maxlength=100
            />
            <TextArea
                form=form.clone() values=values.clone() name="activity" label=groups::ACTIVITY
                need=Need::Required support=Some(groups::ACTIVITY_SUPPORT.to_owned())
                maxlength=200
            />
            <TextField
                form=form.clone() values=values.clone() name="members" label=groups::MEMBERS
                need=Need::Required inputmode="numeric" width="number" unit=groups::PEOPLE_UNIT
                maxlength=5
            />
            <TextField
                form=form values=values name="members_in_town" label=groups::MEMBERS_IN_TOWN
                need=Need::Required support=Some(groups::MEMBERS_IN_TOWN_SUPPORT.to_owned())
                inputmode="numeric" width="number" unit=groups::PEOPLE_UNIT maxlength=5
            />
            <p>{groups::AFTERWARDS}</p>
            <div class="actions"><Submit kind=Kind::Primary>{groups::APPLY_GO}</Submit></div>
        </form>
    }
}
