//! Sessions (ログイン状態): found, kept awake, ended.

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use contract::{Failure, LiveSession, Outcome, SignedIn};
use domain::ids::MunicipalityId;

use super::{Doorkeeper, hash};
use crate::ports::store::Transaction;
use crate::transact::{Abort, Action, transact};

/// Without a request for this long a resident's session ends, minutes (identity.md §3).
pub const IDLE_MINUTES: i64 = 30;

/// However busy, a resident's session ends after this, hours.
pub const LIFETIME_HOURS: i64 = 12;

/// A session's last use is noted at most this often, so that reading pages does not write.
const TOUCH_EVERY_SECONDS: i64 = 60;

pub(super) fn lifetime() -> Duration {
    Duration::hours(LIFETIME_HOURS)
}

impl Doorkeeper {
    /// Who holds this session secret; `None` when nobody does any more.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn resume(
        &self,
        municipality: MunicipalityId,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Outcome<Option<SignedIn>> {
        let token_hash = hash(secret);
        let found = self
            .store
            .read(municipality)
            .await?
            .session(&token_hash)
            .await?;
        let Some(session) = found else {
            return Ok(None);
        };
        let idle = now - session.last_seen_at;
        if now >= session.expires_at || idle >= Duration::minutes(IDLE_MINUTES) {
            return Ok(None);
        }
        if idle >= Duration::seconds(TOUCH_EVERY_SECONDS) {
            let touch = Touch { token_hash, now };
            match transact(self.store.as_ref(), municipality, &touch).await {
                // Nobody is turned away because the note had to wait: the next request makes it.
                Ok(()) | Err(Failure::Refused(_)) => {}
                Err(fault @ Failure::Fault(_)) => return Err(fault),
            }
        }
        let proof = SignedIn::vouch(municipality, session.person).by(LiveSession {
            token_hash,
            stepped_up_at: session.stepped_up_at,
        });
        Ok(Some(proof))
    }

    /// Ends a session (ログアウト). Ending it twice is fine.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn sign_out(&self, municipality: MunicipalityId, secret: &str) -> Outcome<()> {
        transact(
            self.store.as_ref(),
            municipality,
            &End {
                token_hash: hash(secret),
            },
        )
        .await
    }
}

struct Touch {
    token_hash: [u8; 32],
    now: DateTime<Utc>,
}

#[async_trait]
impl Action for Touch {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        Ok(tx.touch_session(&self.token_hash, self.now).await?)
    }
}

struct End {
    token_hash: [u8; 32],
}

#[async_trait]
impl Action for End {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        tx.delete_session(&self.token_hash).await?;
        Ok(())
    }
}
