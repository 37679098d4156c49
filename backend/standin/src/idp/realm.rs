//! The realms: residents with their cards, and the towns' own staff.

use std::sync::Arc;

use jsonwebtoken::jwk::JwkSet;
use serde::{Deserialize, Serialize};

use super::faults::{Fault, Switch};
use super::server::{Idp, Seen};

/// Whose issuer it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Realm {
    /// Residents, by their cards.
    #[default]
    Residents,
    /// The towns' staff, by their names.
    Staff,
}

impl Realm {
    /// The path below which everything of it lies.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Residents => "/api/realms/main",
            Self::Staff => "/api/realms/staff",
        }
    }

    /// The path below which it is told what to do wrong.
    pub(super) const fn control(self) -> &'static str {
        match self {
            Self::Residents => "/_control",
            Self::Staff => "/_control/staff",
        }
    }

    /// The scopes for which it has something to tell.
    pub(super) const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Residents => &["openid", "name", "address", "birthdate", "gender"],
            Self::Staff => &["openid", "profile"],
        }
    }
}

/// One realm of a running identity provider.
pub struct RunningRealm(Arc<Idp>);

impl RunningRealm {
    pub(super) const fn of(idp: Arc<Idp>) -> Self {
        Self(idp)
    }

    /// The issuer, `http://127.0.0.1:PORT/api/realms/main` or `…/staff`.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The address of one endpoint: `auth`, `token`, `userinfo` or `certs`.
    pub fn endpoint(&self, name: &str) -> String {
        self.0.endpoint(name)
    }

    /// An address that no careful relying party ever calls; [`Seen::trap_calls`] counts.
    pub fn trap(&self) -> String {
        self.0.trap()
    }

    /// Does this wrong once.
    pub fn once(&self, fault: Fault) {
        self.0.faults.add(Switch {
            fault,
            times: Some(1),
        });
    }

    /// Does this wrong until [`RunningRealm::behave`].
    pub fn always(&self, fault: Fault) {
        self.0.faults.add(Switch { fault, times: None });
    }

    /// Does nothing wrong any more.
    pub fn behave(&self) {
        self.0.faults.clear();
    }

    /// Signs with a new key from now on.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn rotate_keys(&self) -> anyhow::Result<()> {
        self.0.locked().keys.rotate()
    }

    /// What relying parties have sent so far.
    pub fn seen(&self) -> Seen {
        self.0.locked().seen.clone()
    }

    /// The public keys as `certs` gives them.
    pub fn published_keys(&self) -> JwkSet {
        self.0.locked().keys.published()
    }
}
