//! Staff signing in (職員のログイン), and the sessions that follow.
//!
//! An issuer, a cookie and sessions of their own: nothing of a resident's opens a door of the staff,
//! and nothing of the staff's one of the residents. Attempts are those of [`crate::sign_in`], told
//! apart by their realm. Who is let in may do nothing by that alone ([`crate::authority`]).

mod finish;
mod session;

use std::sync::Arc;

use contract::Call;
use domain::ids::MunicipalityId;

use crate::ports::chance::Chance;
use crate::ports::identity::IdentityProvider;
use crate::ports::store::{AttemptPurpose, Realm, Store};
use crate::return_path::ReturnPath;
use crate::sign_in::{Attempts, Begun, Notes, SignInStop};

pub use finish::StaffFinished;
pub use session::{STAFF_IDLE_MINUTES, STAFF_LIFETIME_HOURS};

/// Which identity provider the staff of a municipality use.
pub trait StaffProviders: Send + Sync {
    /// The provider; `None` when the municipality has none configured.
    fn of_staff(&self, municipality: MunicipalityId) -> Option<Arc<dyn IdentityProvider>>;
}

/// Lets staff in and out (職員のログイン・ログアウト).
pub struct StaffDoor {
    store: Arc<dyn Store>,
    chance: Arc<dyn Chance>,
    providers: Arc<dyn StaffProviders>,
    notes: Notes,
}

impl StaffDoor {
    /// A door on these adapters.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        chance: Arc<dyn Chance>,
        providers: Arc<dyn StaffProviders>,
    ) -> Self {
        Self {
            store,
            chance,
            providers,
            notes: Notes::default(),
        }
    }

    /// Begins an attempt that will go on at `return_to`. `browser_secret` is the one the browser
    /// already has from another attempt in another tab, if any; one that is not ours is replaced.
    ///
    /// # Errors
    /// [`SignInStop::Unavailable`] when the municipality has no provider, or a fault.
    pub async fn begin(
        &self,
        call: &Call,
        return_to: ReturnPath,
        browser_secret: Option<String>,
    ) -> Result<Begun, SignInStop> {
        let Some(provider) = self.providers.of_staff(call.municipality()) else {
            return Err(SignInStop::no_provider(return_to));
        };
        let aim = (Realm::Staff, AttemptPurpose::SignIn);
        self.attempts()
            .keep(call, provider.as_ref(), aim, return_to, browser_secret)
            .await
    }

    fn attempts(&self) -> Attempts<'_> {
        Attempts {
            store: self.store.as_ref(),
            chance: self.chance.as_ref(),
        }
    }
}
