//! Who may do this (権限): every use case begins here, by the contract's table.

use contract::{Action, Call, Refusal, permission};
use domain::ids::PersonId;

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
