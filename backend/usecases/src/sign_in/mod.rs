//! Signing in with the My Number card (ログイン), and the sessions that follow.
//!
//! An attempt is one row, used once and only by the browser that began it; one that is not for
//! signing in, only in the session that began it. Nothing is looked up at the provider inside a
//! transaction.

mod attempts;
mod begin;
mod enter;
mod finish;
mod lives;
mod reading;
mod refused;
mod session;
mod show;
mod step_up;
mod stop;

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::ports::chance::Chance;
use crate::ports::identity::IdentityProvider;
use crate::ports::store::Store;
use crate::ports::vault::Vault;
use domain::ids::MunicipalityId;

pub(crate) use attempts::Attempts;
pub use begin::Begun;
pub use finish::{Ended, Finished};
pub(crate) use refused::Notes;
pub use session::{IDLE_MINUTES, LIFETIME_HOURS};
pub use stop::SignInStop;

/// Which identity provider a municipality uses (each town is a client of its own).
pub trait Providers: Send + Sync {
    /// The provider; `None` when the municipality has none configured.
    fn of(&self, municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>>;
}

/// Lets people in and out (ログイン・ログアウト).
pub struct Doorkeeper {
    store: Arc<dyn Store>,
    chance: Arc<dyn Chance>,
    vault: Arc<dyn Vault>,
    providers: Arc<dyn Providers>,
    notes: Notes,
}

impl Doorkeeper {
    /// A doorkeeper on these adapters.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        chance: Arc<dyn Chance>,
        vault: Arc<dyn Vault>,
        providers: Arc<dyn Providers>,
    ) -> Self {
        Self {
            store,
            chance,
            vault,
            providers,
            notes: Notes::default(),
        }
    }

    fn attempts(&self) -> Attempts<'_> {
        Attempts {
            store: self.store.as_ref(),
            chance: self.chance.as_ref(),
        }
    }
}

/// What the database keeps instead of a secret.
#[must_use]
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
