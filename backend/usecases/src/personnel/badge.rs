//! One's own badge (職員証).

use async_trait::async_trait;
use contract::{Action as Doing, Badge, Call, Granted, Outcome, Refusal, Staff};
use domain::ids::FacilityId;

use crate::authority::roles;
use crate::desk::Desk;
use crate::ports::store::AppliedTown;
use crate::sealing::open_staff_name;

#[async_trait]
impl Staff for Desk {
    async fn badge(&self, call: &Call) -> Outcome<Badge> {
        let reading = self.store.read(call.municipality()).await?;
        // Any of the staff may know who they are; the action only says that it is the staff's.
        let on_duty = roles(reading.as_ref(), call, Doing::SeeBoard).await?;
        let record = reading.staff(on_duty.staff).await?;
        let record = record.ok_or(Refusal::StaffSignInRequired)?;
        let town = reading.town().await?;
        drop(reading);
        let (vault, here) = (self.vault.as_ref(), call.municipality());
        let roles = on_duty.grants().iter().map(|grant| Granted {
            role: grant.role,
            facility: grant.facility.map(|id| name_of(town.as_deref(), id)),
        });
        Ok(Badge {
            name: open_staff_name(vault, here, record.id, &record.name_sealed)?,
            roles: roles.collect(),
        })
    }
}

/// The facility's name; one that the town has given up has none any more.
fn name_of(town: Option<&AppliedTown>, id: FacilityId) -> String {
    let named = town.and_then(|applied| {
        let (slug, _) = applied.facilities.iter().find(|(_, known)| **known == id)?;
        let mut facilities = applied.town.facilities.iter();
        facilities.find(|facility| facility.id == *slug)
    });
    named.map_or_else(
        || "（なくなった施設）".to_owned(),
        |facility| facility.name.clone(),
    )
}
