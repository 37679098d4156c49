//! Staff, as they see themselves and as an operator lists them.

use domain::personal::Personal;

use crate::{Action, Role, role_may};

/// A role that somebody has (付与された権限).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// What for.
    pub role: Role,
    /// The facility's name; `None` for all of them.
    pub facility: Option<String>,
}

/// Who somebody of the staff is (職員証).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The name that colleagues know.
    pub name: Personal<String>,
    /// The roles, in the order they were given.
    pub roles: Vec<Granted>,
}

impl Badge {
    /// Whether a page for this is worth a link: some role allows it, at some facility.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        self.roles
            .iter()
            .any(|granted| role_may(granted.role, action))
    }
}
