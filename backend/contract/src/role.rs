//! Roles (役割): what somebody of the staff is there for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A role, given for one facility or for all of them. What each may do is
/// [`role_may`](crate::role_may).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 窓口: serves people at the counter.
    Window,
    /// 施設管理者: answers for a facility.
    Manager,
    /// 会計: reads tills and figures.
    Accounting,
    /// 管理者: everything, and gives roles.
    Admin,
    /// 閲覧: sees the board without names, and figures.
    Viewer,
}

/// There is no role of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no role of this name")]
pub struct NoSuchRole;

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Window,
        Self::Manager,
        Self::Accounting,
        Self::Admin,
        Self::Viewer,
    ];

    /// The word for it in the database, in commands and in the trail.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Manager => "manager",
            Self::Accounting => "accounting",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = NoSuchRole;

    fn from_str(text: &str) -> Result<Self, NoSuchRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(NoSuchRole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_written_one_way_everywhere() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
        assert_eq!("Admin".parse::<Role>(), Err(NoSuchRole));
    }
}
