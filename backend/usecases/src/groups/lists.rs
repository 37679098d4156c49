//! Lists of groups: one's own, and the counter's (団体の一覧).

use contract::{
    Action as Doing, Call, CounterGroups, GroupLine, Outcome, OwnGroups, Refusal, ResidenceView,
};
use domain::civil;
use domain::group::searched_for;

use super::facts::line;
use crate::authority::{Place, signed_in, staff};
use crate::desk::Desk;
use crate::ports::store::GroupRecord;
use crate::residency::seen;

/// Groups on one page.
const SHOWN: u32 = 100;

impl Desk {
    pub(super) async fn groups_of_ones_own(&self, call: &Call) -> Outcome<OwnGroups> {
        let person = signed_in(call, Doing::ManageOwnGroups)?;
        let reading = self.store.read(call.municipality()).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let own = reading.people(&[person]).await?.pop();
        let own = own.ok_or(Refusal::SignInRequired)?;
        let groups = reading.groups_of(person).await?;
        let today = civil::date_at(call.now());
        let lines = groups.iter().map(|group| line(&applied.town, group, today));
        Ok(OwnGroups {
            groups: lines.collect(),
            number: own.number,
            offered: applied.town.group.is_some(),
        })
    }

    pub(super) async fn residence_of_ones_own(&self, call: &Call) -> Outcome<ResidenceView> {
        let person = signed_in(call, Doing::ManageOwnProfile)?;
        let reading = self.store.read(call.municipality()).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let record = reading.person(person).await?;
        let record = record.ok_or(Refusal::SignInRequired)?;
        let evidence = reading.evidence_of(person).await?;
        let today = civil::date_at(call.now());
        Ok(seen(&applied.town, &record, &evidence, today))
    }

    pub(super) async fn groups_at_the_counter(
        &self,
        call: &Call,
        typed: &str,
    ) -> Outcome<CounterGroups> {
        let reading = self.store.read(call.municipality()).await?;
        let doing = Doing::HandleGroups;
        staff(reading.as_ref(), call, doing, Place::Anywhere).await?;
        let applied = reading.town().await?.ok_or(Refusal::NotFound)?;
        let today = civil::date_at(call.now());
        let most = usize::try_from(SHOWN).unwrap_or(usize::MAX);
        let mut more = false;
        let mut lines = |groups: Vec<GroupRecord>| -> Vec<GroupLine> {
            more |= groups.len() > most;
            let shown = groups.iter().take(most);
            shown
                .map(|group| line(&applied.town, group, today))
                .collect()
        };
        let to_decide = lines(reading.groups_to_decide(SHOWN + 1).await?);
        let found = match searched_for(typed) {
            Some(asked) => Some(lines(reading.groups_found(&asked, SHOWN + 1).await?)),
            None => None,
        };
        Ok(CounterGroups {
            to_decide,
            found,
            more,
            offered: applied.town.group.is_some(),
        })
    }
}
