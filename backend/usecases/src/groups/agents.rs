//! Who may act for a group besides its representative (利用担当者).

use async_trait::async_trait;
use contract::{Call, ChangeAgent, Outcome, ProblemKind, Refusal};
use domain::ids::{GroupId, PersonId};
use domain::search_key::PersonNumber;

use super::renew::represented;
use crate::desk::Desk;
use crate::ports::store::Transaction;
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Desk {
    pub(super) async fn change_who_acts(
        &self,
        call: &Call,
        id: GroupId,
        change: &ChangeAgent,
    ) -> Outcome<()> {
        let action = Change {
            desk: self,
            call,
            id,
            change,
        };
        transact(self.store.as_ref(), call.municipality(), &action).await
    }
}

struct Change<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: GroupId,
    change: &'a ChangeAgent,
}

#[async_trait]
impl Action for Change<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let group = represented(tx, self.call, self.id).await?;
        let (changed, action, agent) = match self.change {
            ChangeAgent::Add { number } => {
                let agent = agent(tx, number).await?;
                if agent == group.representative {
                    return Err(no_such_number().into());
                }
                let now = self.call.now();
                let added = tx.insert_agent(self.id, agent, now).await?;
                (added, "group.agent_added", agent)
            }
            ChangeAgent::Remove { number } => {
                let agent = agent(tx, number).await?;
                let removed = tx.delete_agent(self.id, agent).await?;
                (removed, "group.agent_removed", agent)
            }
        };
        if !changed {
            return Ok(());
        }
        let entry = trail::entry(self.desk.chance.as_ref(), self.call, action)
            .about("group", self.id.0)
            .with(serde_json::json!({ "person": agent }));
        Ok(tx.record(&entry).await?)
    }
}

/// Whose number it is. Their name is not told: whoever adds somebody knows them.
async fn agent(tx: &dyn Transaction, number: &str) -> Result<PersonId, Abort> {
    let number: PersonNumber = number.parse().map_err(|_not_one| no_such_number())?;
    let person = tx.person_with_number(number).await?;
    Ok(person.ok_or_else(no_such_number)?)
}

fn no_such_number() -> Refusal {
    Refusal::field("number", ProblemKind::Malformed)
}
