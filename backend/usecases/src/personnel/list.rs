//! Listing the staff.

use contract::{Call, Outcome, Role};
use domain::personal::Personal;
use domain::town::Slug;

use super::{Personnel, who_gives};
use crate::ports::store::IdentityKey;
use crate::sealing::open_staff_name;

/// Somebody of the staff.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The name that colleagues know.
    pub name: Personal<String>,
    /// What issuers call them.
    pub identities: Vec<IdentityKey>,
    /// The roles they have now.
    pub roles: Vec<ListedRole>,
}

/// A role somebody has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRole {
    /// What for.
    pub role: Role,
    /// Where; `None` for all facilities.
    pub facility: Option<Slug>,
}

impl Personnel {
    /// Everybody, those without a role too, by when they were entered.
    ///
    /// # Errors
    /// `forbidden`, or a fault.
    pub async fn list(&self, call: &Call) -> Outcome<Vec<Listed>> {
        let reading = self.store.read(call.municipality()).await?;
        who_gives(reading.as_ref(), call).await?;
        let town = reading.town().await?;
        let slug_of = |id| {
            let mut facilities = town.iter().flat_map(|town| &town.facilities);
            facilities.find_map(|(slug, known)| (*known == id).then(|| slug.clone()))
        };
        let mut all = Vec::new();
        for (record, identities) in reading.all_staff().await? {
            let (vault, here) = (self.vault.as_ref(), call.municipality());
            let name = open_staff_name(vault, here, record.id, &record.name_sealed)?;
            let grants = reading.grants(record.id).await?;
            let roles = grants
                .iter()
                .map(|grant| ListedRole {
                    role: grant.role,
                    facility: grant.facility.and_then(slug_of),
                })
                .collect();
            all.push(Listed {
                name,
                identities,
                roles,
            });
        }
        Ok(all)
    }
}
