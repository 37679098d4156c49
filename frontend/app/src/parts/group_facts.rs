//! A group, as facts.

use contract::GroupFacts as Facts;
use leptos::prelude::*;

use super::{Fact, GroupStatus};
use crate::text::groups;

/// Where it stands, until when, what it does, who is counted.
#[component]
pub fn GroupFacts(facts: Facts) -> impl IntoView {
    let Facts {
        line,
        activity,
        members,
        residence,
        ..
    } = facts;
    let until = line.state.valid_until().map(groups::until);
    let renewable = groups::renewable(&line);
    let reason = groups::reason(&line.state).map(str::to_owned);
    let kana = line.kana.clone();
    view! {
        <dl class="facts">
            <Fact name=groups::STATE><GroupStatus line=line/></Fact>
            {reason.map(|reason| view! { <Fact name=groups::REASON>{reason}</Fact> })}
            {until.map(|until| view! {
                <Fact name=groups::VALIDITY>
                    {until}
                    {renewable.map(|words| view! {
                        <br/><span class="quiet small">{words}</span>
                    })}
                </Fact>
            })}
            <Fact name=groups::KANA>{kana}</Fact>
            <Fact name=groups::ACTIVITY>{activity}</Fact>
            <Fact name=groups::MEMBERS>{groups::members(members)}</Fact>
            {residence.map(|residence| view! {
                <Fact name=groups::RESIDENCE>{groups::group_residence(residence)}</Fact>
            })}
        </dl>
    }
}
