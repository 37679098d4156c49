//! Giving a role.

use async_trait::async_trait;
use contract::{Call, Outcome};
use domain::ids::{GrantId, StaffId};
use serde_json::json;

use super::{GrantRole, Personnel, facility_of, who_gives};
use crate::ports::store::{GrantRecord, StaffRecord, StoreFailure, Transaction};
use crate::sealing::{open_staff_name, seal_staff_name};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenRole {
    /// To whom.
    pub staff: StaffId,
    /// False when they had it there already.
    pub new: bool,
}

impl Personnel {
    /// Gives a role, to somebody who may not have come in yet. The name given last is the one that
    /// counts.
    ///
    /// # Errors
    /// `not_found` for a facility that is not the town's, `forbidden`, or a fault.
    pub async fn grant(&self, call: &Call, grant: &GrantRole) -> Outcome<GivenRole> {
        let give = Give {
            personnel: self,
            call,
            grant,
        };
        transact(self.store.as_ref(), call.municipality(), &give).await
    }
}

struct Give<'a> {
    personnel: &'a Personnel,
    call: &'a Call,
    grant: &'a GrantRole,
}

#[async_trait]
impl Action for Give<'_> {
    type Output = GivenRole;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<GivenRole, Abort> {
        let (call, grant) = (self.call, self.grant);
        let by = who_gives(&*tx, call).await?;
        let town = tx.town().await?;
        let facility = facility_of(town.as_deref(), grant.facility.as_ref())?;
        let staff = match tx.staff_of(&grant.identity).await? {
            Some(known) => self.known(tx, known).await?,
            None => self.newcomer(tx).await?,
        };
        let chance = self.personnel.chance.as_ref();
        let new = tx
            .insert_grant(&GrantRecord {
                id: GrantId(chance.id(call.now())),
                staff,
                role: grant.role,
                facility,
                granted_at: call.now(),
                granted_by: by,
            })
            .await?;
        if new {
            let entry = trail::entry(chance, call, "role.granted")
                .about("staff", staff.0)
                .with(json!({ "role": grant.role, "facility": grant.facility }));
            tx.record(&entry).await?;
        }
        Ok(GivenRole { staff, new })
    }
}

impl Give<'_> {
    /// Somebody who is there: under the name of today, and let in again.
    async fn known(&self, tx: &mut dyn Transaction, id: StaffId) -> Result<StaffId, Abort> {
        let (vault, town) = (self.personnel.vault.as_ref(), self.call.municipality());
        let record = tx.staff(id).await?;
        let record =
            record.ok_or_else(|| contract::Fault::new("giving a role", "staff is gone"))?;
        let name = open_staff_name(vault, town, id, &record.name_sealed)?;
        if name.reveal() != self.grant.name.reveal() || !record.active {
            let today = StaffRecord {
                name_sealed: seal_staff_name(vault, town, id, self.grant.name.reveal())?,
                active: true,
                ..record
            };
            tx.update_staff(&today, self.call.now()).await?;
        }
        Ok(id)
    }

    async fn newcomer(&self, tx: &mut dyn Transaction) -> Result<StaffId, Abort> {
        let (vault, town) = (self.personnel.vault.as_ref(), self.call.municipality());
        let id = StaffId(self.personnel.chance.id(self.call.now()));
        let record = StaffRecord {
            id,
            name_sealed: seal_staff_name(vault, town, id, self.grant.name.reveal())?,
            active: true,
            created_at: self.call.now(),
        };
        if tx.insert_staff(&record, &self.grant.identity).await? {
            Ok(id)
        } else {
            // Two roles for one newcomer at once: the other one has just entered them.
            Err(StoreFailure::Contended.into())
        }
    }
}
