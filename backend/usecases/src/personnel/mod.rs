//! Who of the staff has which role (職員の権限): given, taken back, listed; and one's own badge.
//!
//! The operator's command line gives the first role, a 管理者 every other. Each is in the trail.

mod badge;
mod grant;
mod list;
mod revoke;

use std::sync::Arc;

use contract::{Action as Doing, Call, Refusal, Role, permission};
use domain::ids::{FacilityId, StaffId};
use domain::personal::Personal;
use domain::town::Slug;

use crate::authority::{Place, staff};
use crate::ports::chance::Chance;
use crate::ports::store::{AppliedTown, IdentityKey, Reading, Store};
use crate::ports::vault::Vault;
use crate::transact::Abort;

pub use grant::GivenRole;
pub use list::{Listed, ListedRole};

/// Gives roles and takes them back.
pub struct Personnel {
    store: Arc<dyn Store>,
    chance: Arc<dyn Chance>,
    vault: Arc<dyn Vault>,
}

impl Personnel {
    /// On these adapters.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, chance: Arc<dyn Chance>, vault: Arc<dyn Vault>) -> Self {
        Self {
            store,
            chance,
            vault,
        }
    }
}

/// A role to be given.
#[derive(Clone)]
pub struct GrantRole {
    /// What the staff's issuer calls them.
    pub identity: IdentityKey,
    /// The name that colleagues know.
    pub name: Personal<String>,
    /// What for.
    pub role: Role,
    /// Where; `None` for all facilities.
    pub facility: Option<Slug>,
}

/// Roles to be taken back.
#[derive(Clone)]
pub struct RevokeRoles {
    /// What the staff's issuer calls them.
    pub identity: IdentityKey,
    /// Which role; `None` for all.
    pub role: Option<Role>,
    /// Where it was given; `None` for wherever.
    pub facility: Option<Slug>,
}

/// Who gives roles: somebody of the staff who may everywhere, or the operator (`None`).
async fn who_gives<R: Reading + ?Sized>(
    reading: &R,
    call: &Call,
) -> Result<Option<StaffId>, Abort> {
    permission(call.actor(), Doing::GrantRoles).check()?;
    match call.staff_member() {
        Some(_) => {
            let admin = staff(reading, call, Doing::GrantRoles, Place::Everywhere).await?;
            Ok(Some(admin.staff))
        }
        None => Ok(None),
    }
}

/// The facility of this name, if one is named.
fn facility_of(
    town: Option<&AppliedTown>,
    slug: Option<&Slug>,
) -> Result<Option<FacilityId>, Refusal> {
    let Some(slug) = slug else {
        return Ok(None);
    };
    let found = town.and_then(|town| town.facilities.get(slug).copied());
    found.map(Some).ok_or(Refusal::NotFound)
}
