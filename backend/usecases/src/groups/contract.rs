//! The desk answers the contract about groups. Each method is one line.

use async_trait::async_trait;
use contract::{
    Action as Doing, ApplyGroup, Call, ChangeAgent, CounterGroup, CounterGroups, GroupChoice,
    GroupDecision, GroupDesk, Groups, NewGroup, NoteGroup, Outcome, OwnGroup, OwnGroups,
    ResidenceView,
};
use domain::ids::{GroupId, PersonId};
use domain::town::TownTie;

use crate::authority::signed_in;
use crate::desk::Desk;

#[async_trait]
impl Groups for Desk {
    async fn own_groups(&self, call: &Call) -> Outcome<OwnGroups> {
        self.groups_of_ones_own(call).await
    }

    async fn new_group(&self, call: &Call) -> Outcome<NewGroup> {
        let person = signed_in(call, Doing::ManageOwnGroups)?;
        self.what_a_group_needs(call, person).await
    }

    async fn apply_group(&self, call: &Call, group: &ApplyGroup) -> Outcome<GroupId> {
        self.apply_for_group(call, group).await
    }

    async fn own_group(&self, call: &Call, id: GroupId) -> Outcome<OwnGroup> {
        self.group_of_ones_own(call, id).await
    }

    async fn renew_group(&self, call: &Call, id: GroupId) -> Outcome<()> {
        self.ask_for_renewal(call, id).await
    }

    async fn leave_group(&self, call: &Call, id: GroupId) -> Outcome<()> {
        self.give_up(call, id).await
    }

    async fn change_agent(&self, call: &Call, id: GroupId, change: &ChangeAgent) -> Outcome<()> {
        self.change_who_acts(call, id, change).await
    }

    async fn own_residence(&self, call: &Call) -> Outcome<ResidenceView> {
        self.residence_of_ones_own(call).await
    }

    async fn bookable_groups(&self, call: &Call) -> Outcome<Vec<GroupChoice>> {
        self.own_bookable_groups(call).await
    }
}

#[async_trait]
impl GroupDesk for Desk {
    async fn groups(&self, call: &Call, typed: &str) -> Outcome<CounterGroups> {
        self.groups_at_the_counter(call, typed).await
    }

    async fn group(&self, call: &Call, id: GroupId) -> Outcome<CounterGroup> {
        self.group_at_the_counter(call, id).await
    }

    async fn new_group_for(&self, call: &Call, person: PersonId) -> Outcome<NewGroup> {
        self.what_a_group_needs_at_the_counter(call, person).await
    }

    async fn apply_group_for(
        &self,
        call: &Call,
        person: PersonId,
        group: &ApplyGroup,
    ) -> Outcome<GroupId> {
        self.apply_at_the_counter(call, person, group).await
    }

    async fn note_group(&self, call: &Call, id: GroupId, note: &NoteGroup) -> Outcome<()> {
        self.note_what_was_seen(call, id, note).await
    }

    async fn decide_group(
        &self,
        call: &Call,
        id: GroupId,
        decision: &GroupDecision,
    ) -> Outcome<()> {
        self.decide_about(call, id, decision).await
    }

    async fn bookable_groups_of(&self, call: &Call, person: PersonId) -> Outcome<Vec<GroupChoice>> {
        self.groups_to_book_for(call, person).await
    }

    async fn note_evidence(
        &self,
        call: &Call,
        person: PersonId,
        tie: Option<TownTie>,
    ) -> Outcome<()> {
        self.note_a_tie(call, person, tie).await
    }

    async fn end_evidence(&self, call: &Call, person: PersonId, tie: TownTie) -> Outcome<()> {
        self.end_a_tie(call, person, tie).await
    }
}
