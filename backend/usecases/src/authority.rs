//! Who may do this (権限): every use case begins here, by the contract's tables.

use contract::{Action, Call, Failure, Refusal, permission, role_may};
use domain::ids::{FacilityId, PersonId, StaffId};

use crate::ports::store::{GrantRecord, Reading, StoreFailure};
use crate::transact::Abort;

/// The person who signed in and may do that.
///
/// # Errors
/// [`Refusal::SignInRequired`] or [`Refusal::Forbidden`].
pub(crate) fn signed_in(call: &Call, doing: Action) -> Result<PersonId, Refusal> {
    permission(call.actor(), doing).check()?;
    call.person().ok_or(Refusal::SignInRequired)
}

/// The house itself: a job, a round of the worker or a notice that was verified.
///
/// # Errors
/// [`Refusal::Forbidden`] for everybody else.
pub(crate) fn the_house(call: &Call) -> Result<(), Refusal> {
    permission(call.actor(), Action::RunTheHouse).check()
}

/// Where something is to be done (権限の範囲).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At this facility.
    At(FacilityId),
    /// At some facility; which ones, [`OnDuty::reaches`] says of each.
    Anywhere,
    /// At all facilities: what concerns the town.
    Everywhere,
}

/// Somebody of the staff, with the roles they have at this moment (職員).
#[derive(Clone, Debug)]
pub struct OnDuty {
    /// Who.
    pub staff: StaffId,
    grants: Vec<GrantRecord>,
}

impl OnDuty {
    /// Whether a role of theirs allows that there.
    pub fn may(&self, doing: Action, place: Place) -> bool {
        self.grants
            .iter()
            .filter(|grant| role_may(grant.role, doing))
            .any(|grant| match (place, grant.facility) {
                (Place::Anywhere, _) | (_, None) => true,
                (Place::At(facility), Some(own)) => facility == own,
                (Place::Everywhere, Some(_)) => false,
            })
    }

    /// Whether a role of theirs allows that at this facility: for leaving out of a list what is
    /// not theirs to see.
    pub fn reaches(&self, doing: Action, facility: FacilityId) -> bool {
        self.may(doing, Place::At(facility))
    }

    /// The roles.
    pub fn grants(&self) -> &[GrantRecord] {
        &self.grants
    }
}

/// Somebody of the staff who may do that there. Roles are read anew each time: one that is taken
/// back ends with the next press of a button.
///
/// # Errors
/// [`Refusal::StaffSignInRequired`] for nobody, [`Refusal::Forbidden`] for a resident and where no
/// role allows it, or a fault of the store.
pub async fn staff<R: Reading + ?Sized>(
    reading: &R,
    call: &Call,
    doing: Action,
    place: Place,
) -> Result<OnDuty, Abort> {
    let on_duty = roles(reading, call, doing).await?;
    if on_duty.may(doing, place) {
        Ok(on_duty)
    } else {
        Err(Refusal::Forbidden.into())
    }
}

/// Somebody of the staff with whatever roles they have, even none.
///
/// # Errors
/// As [`staff`], but for the roles.
pub async fn roles<R: Reading + ?Sized>(
    reading: &R,
    call: &Call,
    doing: Action,
) -> Result<OnDuty, Abort> {
    permission(call.actor(), doing).check()?;
    let staff = call.staff_member().ok_or(Refusal::StaffSignInRequired)?;
    let grants = reading.grants(staff).await?;
    Ok(OnDuty { staff, grants })
}

/// Outside a transaction, what stops one is what the caller hears.
impl From<Abort> for Failure {
    fn from(abort: Abort) -> Self {
        match abort {
            Abort::Refused(refusal) => Self::Refused(refusal),
            Abort::Store(StoreFailure::Contended) => Self::Refused(Refusal::Busy),
            Abort::Store(StoreFailure::Fault(fault)) => Self::Fault(fault),
        }
    }
}
