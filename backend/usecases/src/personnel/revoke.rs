//! Taking roles back.

use async_trait::async_trait;
use contract::{Call, Outcome, Refusal};
use serde_json::json;

use super::{Personnel, RevokeRoles, facility_of, who_gives};
use crate::ports::store::{GrantRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action, transact};

impl Personnel {
    /// Takes roles back; how many there were. Whoever has none left is signed out everywhere.
    ///
    /// # Errors
    /// `not_found` for somebody or a facility that is not there, `forbidden`, or a fault.
    pub async fn revoke(&self, call: &Call, revoke: &RevokeRoles) -> Outcome<u32> {
        let take = Take {
            personnel: self,
            call,
            revoke,
        };
        transact(self.store.as_ref(), call.municipality(), &take).await
    }
}

struct Take<'a> {
    personnel: &'a Personnel,
    call: &'a Call,
    revoke: &'a RevokeRoles,
}

#[async_trait]
impl Action for Take<'_> {
    type Output = u32;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<u32, Abort> {
        let (call, revoke) = (self.call, self.revoke);
        let by = who_gives(&*tx, call).await?;
        let town = tx.town().await?;
        let facility = facility_of(town.as_deref(), revoke.facility.as_ref())?;
        let staff = tx.staff_of(&revoke.identity).await?;
        let staff = staff.ok_or(Refusal::NotFound)?;
        let meant = |grant: &GrantRecord| {
            revoke.role.is_none_or(|role| role == grant.role)
                && facility.is_none_or(|facility| grant.facility == Some(facility))
        };
        let mut taken = 0;
        for grant in tx.grants(staff).await?.into_iter().filter(meant) {
            if !tx.revoke_grant(grant.id, by, call.now()).await? {
                continue;
            }
            taken += 1;
            let entry = trail::entry(self.personnel.chance.as_ref(), call, "role.revoked")
                .about("staff", staff.0)
                .with(json!({ "role": grant.role, "facility_id": grant.facility }));
            tx.record(&entry).await?;
        }
        if tx.grants(staff).await?.is_empty() {
            tx.delete_sessions_of_staff(staff).await?;
        }
        Ok(taken)
    }
}
