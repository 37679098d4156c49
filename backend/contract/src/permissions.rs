//! Who may do what (権限表). The use cases ask this table and nothing else.

use crate::{Actor, Refusal};

/// What can be done (操作), one per method of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Search, look at facilities, availability and fees.
    BrowseFacilities,
    /// Hold a room.
    BookRoom,
    /// See one's own reservations and papers.
    SeeOwnReservations,
    /// Extend, pay for or cancel one's own reservation.
    ChangeOwnReservation,
    /// See and mend one's own profile.
    ManageOwnProfile,
    /// Settle payments, release holds, send mail.
    RunTheHouse,
}

/// What the table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Go on; for one's own things the owner is checked where they are loaded.
    Granted,
    /// Sign in first.
    SignInFirst,
    /// Never for this actor.
    Denied,
}

impl Permission {
    /// The refusal to answer with, unless granted.
    ///
    /// # Errors
    /// [`Refusal::SignInRequired`] or [`Refusal::Forbidden`].
    pub const fn check(self) -> Result<(), Refusal> {
        match self {
            Self::Granted => Ok(()),
            Self::SignInFirst => Err(Refusal::SignInRequired),
            Self::Denied => Err(Refusal::Forbidden),
        }
    }
}

/// May this actor do that?
#[must_use]
pub const fn permission(actor: Actor, action: Action) -> Permission {
    match (action, actor) {
        (Action::BrowseFacilities, _) | (Action::RunTheHouse, Actor::System) => Permission::Granted,
        (
            Action::BookRoom
            | Action::SeeOwnReservations
            | Action::ChangeOwnReservation
            | Action::ManageOwnProfile,
            actor,
        ) => match actor {
            Actor::Person(_) => Permission::Granted,
            Actor::Visitor => Permission::SignInFirst,
            Actor::System => Permission::Denied,
        },
        (Action::RunTheHouse, Actor::Visitor | Actor::Person(_)) => Permission::Denied,
    }
}
