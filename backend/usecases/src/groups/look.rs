//! One group: as its own people see it, and as the counter does (団体の詳細).

use std::collections::BTreeMap;

use contract::{
    Action as Doing, AgentView, Call, CounterGroup, Outcome, OwnGroup, Refusal, SeenPaper,
};
use domain::civil;
use domain::group::{DocumentSeen, GroupState, Renewal};
use domain::ids::{GroupId, PersonId, StaffId};
use domain::personal::Personal;
use domain::review::appeal;

use super::facts::{facts, standing};
use crate::authority::{Place, signed_in, staff};
use crate::desk::Desk;
use crate::ports::store::Reading;
use crate::sealing::{PersonSeal, open_staff_name};
use crate::walk_in::opened;

/// The page, in the log of views.
const PAGE: &str = "counter.group";

impl Desk {
    pub(super) async fn group_of_ones_own(&self, call: &Call, id: GroupId) -> Outcome<OwnGroup> {
        let person = signed_in(call, Doing::ManageOwnGroups)?;
        let reading = self.store.read(call.municipality()).await?;
        let theirs = reading.groups_of(person).await?;
        let record = theirs.into_iter().find(|group| group.id == id);
        let record = record.ok_or(Refusal::NotFound)?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let agents = reading.agents_of(id).await?;
        let agents = reading.people(&agents).await?;
        let seen = reading.documents_of(id).await?;
        let representative = reading.person(record.representative).await?;
        let ready = match (&applied.town.group, representative) {
            (Some(rule), Some(person)) => {
                standing(self.vault.as_ref(), call, rule, &record, &person)?.ok()
            }
            _ => None,
        };
        let today = civil::date_at(call.now());
        Ok(OwnGroup {
            facts: facts(&applied.town, &record, (ready, &seen), today),
            represents: record.representative == person,
            agents: agents.into_iter().map(|agent| agent.number).collect(),
            appeal: if is_contestable(&record.state) {
                appeal(&applied.town).into()
            } else {
                Vec::new()
            },
        })
    }

    pub(super) async fn group_at_the_counter(
        &self,
        call: &Call,
        id: GroupId,
    ) -> Outcome<CounterGroup> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::HandleGroups;
        let on_duty = staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let record = reading.group(id).await?.ok_or(Refusal::NotFound)?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let agents = reading.agents_of(id).await?;
        let agents = reading.people(&agents).await?;
        let representative = reading.people(&[record.representative]).await?.pop();
        let representative = representative.ok_or(Refusal::NotFound)?;
        let seen = reading.documents_of(id).await?;
        let names = self.names_of_staff(call, reading.as_ref(), &seen).await?;
        drop(reading);
        let people: Vec<PersonId> = agents.iter().map(|agent| agent.record.id).collect();
        let people = [people, vec![record.representative]].concat();
        self.viewed(call, &on_duty, &people, PAGE).await?;

        let (vault, today) = (self.vault.as_ref(), civil::date_at(call.now()));
        let (ready, obstacles) = match &applied.town.group {
            None => (None, Vec::new()),
            Some(rule) => match standing(vault, call, rule, &record, &representative.record)? {
                Ok(ready) => (Some(ready), Vec::new()),
                Err(refusals) => (None, refusals.iter().map(ToString::to_string).collect()),
            },
        };
        let waits = record.state.to_decide_since().is_some();
        let agents = agents.iter().map(|agent| {
            let seal = PersonSeal::new(vault, call.municipality(), agent.record.id);
            Ok(AgentView {
                id: agent.record.id,
                number: agent.number,
                name: seal.open_name(&agent.record.name_sealed)?,
            })
        });
        let papers = seen.iter().map(|it| SeenPaper {
            document: it.document,
            on: it.on,
            staff: names.get(&it.by).cloned().unwrap_or_else(nobody),
        });
        Ok(CounterGroup {
            facts: facts(&applied.town, &record, (ready, &seen), today),
            representative: opened(vault, call, &representative)?,
            agents: agents.collect::<Outcome<_>>()?,
            papers: papers.collect(),
            obstacles: if waits { obstacles } else { Vec::new() },
            may_decide: on_duty.may(Doing::DecideGroups, Place::Anywhere),
        })
    }

    async fn names_of_staff(
        &self,
        call: &Call,
        reading: &dyn Reading,
        seen: &[DocumentSeen],
    ) -> Outcome<BTreeMap<StaffId, Personal<String>>> {
        let mut names = BTreeMap::new();
        for look in seen {
            if names.contains_key(&look.by) {
                continue;
            }
            if let Some(staff) = reading.staff(look.by).await? {
                let (vault, here) = (self.vault.as_ref(), call.municipality());
                names.insert(
                    look.by,
                    open_staff_name(vault, here, look.by, &staff.name_sealed)?,
                );
            }
        }
        Ok(names)
    }
}

fn nobody() -> Personal<String> {
    Personal::new("（記録なし）".to_owned())
}

/// Whether something was decided against them.
const fn is_contestable(state: &GroupState) -> bool {
    matches!(
        state,
        GroupState::Refused { .. }
            | GroupState::Registered {
                renewal: Renewal::Refused { .. },
                ..
            }
    )
}
