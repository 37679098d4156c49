//! Deciding about a group (登録・更新の承認、不承認、登録の取消し).

use async_trait::async_trait;
use contract::{Action as Doing, Call, GroupDecision, Outcome, Refusal};
use domain::group::{GroupRefusal, GroupState, Renewal};
use domain::ids::GroupId;

use super::apply::refused as refused_by_rules;
use super::facts::{rule_of, standing, that_count};
use crate::authority::{Place, staff};
use crate::desk::Desk;
use crate::outbox::enqueue;
use crate::ports::store::{JobKind, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn decide_about(
        &self,
        call: &Call,
        id: GroupId,
        decision: &GroupDecision,
    ) -> Outcome<()> {
        let action = Decide {
            desk: self,
            call,
            id,
            decision,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Decide<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: GroupId,
    decision: &'a GroupDecision,
}

#[async_trait]
impl Action for Decide<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now) = (self.call, self.call.now());
        let on_duty = staff(tx, call, Doing::DecideGroups, Place::Anywhere).await?;
        let mut group = tx.group(self.id).await?.ok_or(Refusal::NotFound)?;
        let before = group.state.clone();
        let refused = |refusal: GroupRefusal| Abort::from(Refusal::from(refusal));
        let state = before.clone();
        group.state = match self.decision {
            GroupDecision::Approve => {
                let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
                let rule = rule_of(&applied.town)?;
                let person = tx.person(group.representative).await?;
                let person = person.ok_or(Refusal::NotFound)?;
                let vault = self.desk.vault.as_ref();
                let ready = standing(vault, call, rule, &group, &person)?;
                let ready = ready.map_err(refused_by_rules)?;
                let seen = tx.documents_of(self.id).await?;
                let seen = that_count(&group, &seen);
                state
                    .approve(rule, (ready, &seen), on_duty.staff, now)
                    .map_err(refused)?
            }
            GroupDecision::Refuse { reason } => {
                state.refuse(reason, on_duty.staff, now).map_err(refused)?
            }
            GroupDecision::End { reason } => state.end(reason, now).map_err(refused)?,
        };
        tx.change_group(&group, now).await?;
        let action = match (self.decision, &before) {
            (GroupDecision::Approve, GroupState::Registered { .. }) => "group.renewed",
            (GroupDecision::Approve, _) => "group.registered",
            (GroupDecision::Refuse { .. }, GroupState::Registered { .. }) => {
                "group.renewal_refused"
            }
            (GroupDecision::Refuse { .. }, _) => "group.refused",
            (GroupDecision::End { .. }, _) => "group.ended",
        };
        let chance = self.desk.chance.as_ref();
        let entry = trail::entry(chance, call, action)
            .about("group", self.id.0)
            .with(serde_json::json!({
                "before": before,
                "after": group.state,
                "reason": reason(&group.state),
            }));
        tx.record(&entry).await?;
        let (group, entry) = (self.id, entry.id);
        enqueue(
            tx,
            chance,
            call,
            JobKind::MailGroupDecided { group, entry },
            now,
        )
        .await
    }
}

fn reason(state: &GroupState) -> Option<&str> {
    match state {
        GroupState::Refused { reason, .. }
        | GroupState::Ended { reason, .. }
        | GroupState::Registered {
            renewal: Renewal::Refused { reason, .. },
            ..
        } => Some(reason),
        GroupState::Applied { .. } | GroupState::Registered { .. } => None,
    }
}
