//! Who may do what (権限表). The use cases ask this table and nothing else.

use crate::{Actor, Refusal, Role};

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
    /// 団体登録: apply, renew, and say who acts for one's own group.
    ManageOwnGroups,
    /// Settle payments, release holds, send mail.
    RunTheHouse,
    /// 窓口: see the day's list and the counter's pages.
    SeeCounter,
    /// 入館: note who came and who did not.
    NoteAttendance,
    /// 窓口: hold, sell and take money for somebody who stands there.
    SellAtCounter,
    /// 窓口: change or cancel a resident's reservation on their behalf.
    ChangeForResident,
    /// 日計: see what a drawer took.
    SeeTill,
    /// 日計: open, count and close a drawer.
    HandleTill,
    /// 予約状況: see which rooms are taken when.
    SeeBoard,
    /// See who booked, and how to reach them (個人情報). Every look is noted.
    SeePersonalData,
    /// 審査: see what waits for a decision.
    SeeReviews,
    /// 審査: permit or refuse a use, grant or refuse a reduction.
    DecideReviews,
    /// 休館・公用: make and lift closures.
    ManageClosures,
    /// 団体登録: look groups up, enter applications, note which papers were seen.
    HandleGroups,
    /// 団体登録: approve, refuse and end registrations.
    DecideGroups,
    /// 集計: see what is used and what it earns.
    SeeFigures,
    /// 操作記録: see who did what to a reservation.
    SeeAudit,
    /// 口座還付: list, order and note transfers.
    HandleTransfers,
    /// 口座還付: sign an order that somebody else wrote.
    ApproveTransfers,
    /// 権限: give roles and take them back.
    GrantRoles,
}

/// What the table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Go on; for one's own things the owner is checked where they are loaded, and for staff
    /// [`role_may`] where the use case loads their roles.
    Granted,
    /// Sign in first.
    SignInFirst,
    /// Sign in as staff first.
    StaffSignInFirst,
    /// Never for this actor.
    Denied,
}

impl Permission {
    /// The refusal to answer with, unless granted.
    ///
    /// # Errors
    /// [`Refusal::SignInRequired`], [`Refusal::StaffSignInRequired`] or [`Refusal::Forbidden`].
    pub const fn check(self) -> Result<(), Refusal> {
        match self {
            Self::Granted => Ok(()),
            Self::SignInFirst => Err(Refusal::SignInRequired),
            Self::StaffSignInFirst => Err(Refusal::StaffSignInRequired),
            Self::Denied => Err(Refusal::Forbidden),
        }
    }
}

/// May this kind of actor do that? Residents' things are not for staff, and staff's not for
/// residents.
#[must_use]
pub const fn permission(actor: Actor, action: Action) -> Permission {
    match action {
        Action::BrowseFacilities => Permission::Granted,
        Action::BookRoom
        | Action::SeeOwnReservations
        | Action::ChangeOwnReservation
        | Action::ManageOwnProfile
        | Action::ManageOwnGroups => match actor {
            Actor::Person(_) => Permission::Granted,
            Actor::Visitor => Permission::SignInFirst,
            Actor::Staff(_) | Actor::System => Permission::Denied,
        },
        Action::RunTheHouse => match actor {
            Actor::System => Permission::Granted,
            Actor::Visitor | Actor::Person(_) | Actor::Staff(_) => Permission::Denied,
        },
        // Whoever runs the installation gives the first role.
        Action::GrantRoles => match actor {
            Actor::Staff(_) | Actor::System => Permission::Granted,
            Actor::Visitor => Permission::StaffSignInFirst,
            Actor::Person(_) => Permission::Denied,
        },
        Action::SeeCounter
        | Action::NoteAttendance
        | Action::SellAtCounter
        | Action::ChangeForResident
        | Action::SeeTill
        | Action::HandleTill
        | Action::SeeBoard
        | Action::SeePersonalData
        | Action::SeeReviews
        | Action::DecideReviews
        | Action::ManageClosures
        | Action::HandleGroups
        | Action::DecideGroups
        | Action::SeeFigures
        | Action::HandleTransfers
        | Action::ApproveTransfers
        | Action::SeeAudit => match actor {
            Actor::Staff(_) => Permission::Granted,
            Actor::Visitor => Permission::StaffSignInFirst,
            Actor::Person(_) | Actor::System => Permission::Denied,
        },
    }
}

/// What a role lets its holder do, at the facilities it was given for. What is not said is not
/// allowed.
#[must_use]
pub const fn role_may(role: Role, action: Action) -> bool {
    match role {
        Role::Admin => !is_residents(action) && !matches!(action, Action::RunTheHouse),
        Role::Window => matches!(
            action,
            Action::SeeCounter
                | Action::NoteAttendance
                | Action::SellAtCounter
                | Action::ChangeForResident
                | Action::SeeTill
                | Action::HandleTill
                | Action::SeeBoard
                | Action::SeePersonalData
                | Action::HandleGroups
                | Action::SeeReviews
        ),
        Role::Manager => matches!(
            action,
            Action::SeeCounter
                | Action::NoteAttendance
                | Action::SellAtCounter
                | Action::ChangeForResident
                | Action::SeeTill
                | Action::HandleTill
                | Action::SeeBoard
                | Action::SeePersonalData
                | Action::SeeReviews
                | Action::DecideReviews
                | Action::ManageClosures
                | Action::HandleGroups
                | Action::DecideGroups
                | Action::SeeFigures
                | Action::SeeAudit
        ),
        Role::Accounting => matches!(
            action,
            Action::SeeTill
                | Action::SeeFigures
                | Action::HandleTransfers
                | Action::ApproveTransfers
        ),
        Role::Viewer => matches!(action, Action::SeeBoard | Action::SeeFigures),
    }
}

const fn is_residents(action: Action) -> bool {
    matches!(
        action,
        Action::BookRoom
            | Action::SeeOwnReservations
            | Action::ChangeOwnReservation
            | Action::ManageOwnProfile
            | Action::ManageOwnGroups
    )
}

#[cfg(test)]
mod tests {
    use domain::ids::{PersonId, StaffId};
    use uuid::Uuid;

    use super::*;

    const RESIDENTS: [Action; 5] = [
        Action::BookRoom,
        Action::SeeOwnReservations,
        Action::ChangeOwnReservation,
        Action::ManageOwnProfile,
        Action::ManageOwnGroups,
    ];
    const STAFFS: [Action; 18] = [
        Action::SeeCounter,
        Action::NoteAttendance,
        Action::SellAtCounter,
        Action::ChangeForResident,
        Action::SeeTill,
        Action::HandleTill,
        Action::SeeBoard,
        Action::SeePersonalData,
        Action::SeeReviews,
        Action::DecideReviews,
        Action::ManageClosures,
        Action::HandleGroups,
        Action::DecideGroups,
        Action::SeeFigures,
        Action::SeeAudit,
        Action::HandleTransfers,
        Action::ApproveTransfers,
        Action::GrantRoles,
    ];

    #[test]
    fn residents_and_staff_have_nothing_in_common() {
        let person = Actor::Person(PersonId(Uuid::nil()));
        let staff = Actor::Staff(StaffId(Uuid::nil()));
        for action in RESIDENTS {
            assert_eq!(
                permission(person, action),
                Permission::Granted,
                "{action:?}"
            );
            assert_eq!(permission(staff, action), Permission::Denied, "{action:?}");
            assert!(
                Role::ALL.iter().all(|role| !role_may(*role, action)),
                "{action:?}"
            );
        }
        for action in STAFFS {
            assert_eq!(permission(staff, action), Permission::Granted, "{action:?}");
            assert_eq!(permission(person, action), Permission::Denied, "{action:?}");
            assert_eq!(
                permission(Actor::Visitor, action),
                Permission::StaffSignInFirst
            );
            assert!(role_may(Role::Admin, action), "{action:?}");
        }
        for role in Role::ALL {
            assert!(!role_may(role, Action::RunTheHouse));
        }
    }

    /// Who sees whose name and who gives roles is what a mistake here would cost most.
    #[test]
    fn names_and_roles_are_for_few() {
        let who = |action| Role::ALL.map(|role| role_may(role, action));
        assert_eq!(
            who(Action::SeePersonalData),
            [true, true, false, true, false]
        );
        assert_eq!(who(Action::GrantRoles), [false, false, false, true, false]);
        assert_eq!(who(Action::SeeReviews), [true, true, false, true, false]);
        assert_eq!(
            who(Action::DecideReviews),
            [false, true, false, true, false]
        );
        assert_eq!(who(Action::HandleTill), [true, true, false, true, false]);
        assert_eq!(
            who(Action::ManageClosures),
            [false, true, false, true, false]
        );
        // Accounts of residents are for those who send money to them.
        assert_eq!(
            who(Action::HandleTransfers),
            [false, false, true, true, false]
        );
        // Whoever serves at the counter takes applications, somebody else decides.
        assert_eq!(who(Action::HandleGroups), [true, true, false, true, false]);
        assert_eq!(who(Action::DecideGroups), [false, true, false, true, false]);
    }
}
