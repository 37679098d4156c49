//! Renewing a registration, or giving it up (更新・登録の取下げ), by whoever represents the group.

use async_trait::async_trait;
use contract::{Action as Doing, Call, Outcome, Refusal};
use domain::group::GroupRefusal;
use domain::ids::GroupId;

use super::facts::rule_of;
use crate::authority::signed_in;
use crate::desk::Desk;
use crate::ports::store::{GroupRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// What is kept where a group gave itself up.
const GIVEN_UP: &str = "代表者の申出";

impl Desk {
    pub(super) async fn ask_for_renewal(&self, call: &Call, id: GroupId) -> Outcome<()> {
        self.step(call, id, What::Renew).await
    }

    pub(super) async fn give_up(&self, call: &Call, id: GroupId) -> Outcome<()> {
        self.step(call, id, What::GiveUp).await
    }

    async fn step(&self, call: &Call, id: GroupId, what: What) -> Outcome<()> {
        let step = Step {
            desk: self,
            call,
            id,
            what,
        };
        transact(self.store.as_ref(), call.municipality(), &step).await
    }
}

#[derive(Clone, Copy)]
enum What {
    Renew,
    GiveUp,
}

struct Step<'a> {
    desk: &'a Desk,
    call: &'a Call,
    id: GroupId,
    what: What,
}

#[async_trait]
impl Action for Step<'_> {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        let (call, now) = (self.call, self.call.now());
        let mut group = represented(tx, call, self.id).await?;
        let applied = tx.town().await?.ok_or(Refusal::NotFound)?;
        let rule = rule_of(&applied.town)?;
        let refused = |refusal: GroupRefusal| Refusal::from(refusal);
        let state = group.state.clone();
        let (state, action) = match self.what {
            What::Renew => (state.ask_renewal(rule, now), "group.renewal_asked"),
            What::GiveUp => (state.end(GIVEN_UP, now), "group.given_up"),
        };
        group.state = state.map_err(refused)?;
        tx.change_group(&group, now).await?;
        let entry = trail::entry(self.desk.chance.as_ref(), call, action).about("group", self.id.0);
        Ok(tx.record(&entry).await?)
    }
}

/// A group that whoever calls represents; everybody else's is not there, and whoever only acts for it
/// may not.
pub(super) async fn represented(
    tx: &dyn Transaction,
    call: &Call,
    id: GroupId,
) -> Result<GroupRecord, Abort> {
    let person = signed_in(call, Doing::ManageOwnGroups)?;
    let group = tx.group(id).await?.ok_or(Refusal::NotFound)?;
    if group.representative == person {
        Ok(group)
    } else if tx.acts_for(person, id).await? {
        Err(Refusal::Forbidden.into())
    } else {
        Err(Refusal::NotFound.into())
    }
}
