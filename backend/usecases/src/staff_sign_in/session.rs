//! Sessions of staff (職員のログイン状態): found, kept awake, ended.

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use contract::{Failure, Outcome, StaffSignedIn};
use domain::ids::MunicipalityId;

use super::StaffDoor;
use crate::ports::store::{StaffSessionRecord, Transaction};
use crate::sign_in::hash;
use crate::transact::{Abort, Action, transact};

/// Without a request for this long a session of staff ends, minutes (identity.md §3): a counter's
/// screen is seen by whoever stands there.
pub const STAFF_IDLE_MINUTES: i64 = 15;

/// However busy, a session of staff ends after this, hours: a working day.
pub const STAFF_LIFETIME_HOURS: i64 = 8;

/// A session's last use is noted at most this often, so that reading pages does not write.
const TOUCH_EVERY_SECONDS: i64 = 60;

pub(super) fn lifetime() -> Duration {
    Duration::hours(STAFF_LIFETIME_HOURS)
}

impl StaffDoor {
    /// Who of the staff holds this session secret; `None` when nobody does any more, or they are let
    /// in no more.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn resume(
        &self,
        municipality: MunicipalityId,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Outcome<Option<StaffSignedIn>> {
        let Some(session) = self.live(municipality, secret, now).await? else {
            return Ok(None);
        };
        if now - session.last_seen_at >= Duration::seconds(TOUCH_EVERY_SECONDS) {
            let token_hash = session.token_hash;
            let touch = Touch { token_hash, now };
            match transact(self.store.as_ref(), municipality, &touch).await {
                // Nobody is turned away because the note had to wait: the next request makes it.
                Ok(()) | Err(Failure::Refused(_)) => {}
                Err(fault @ Failure::Fault(_)) => return Err(fault),
            }
        }
        Ok(Some(StaffSignedIn::vouch(municipality, session.staff)))
    }

    /// The same for a page that asks by itself: a session that nobody uses is not kept awake by it.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn glance(
        &self,
        municipality: MunicipalityId,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Outcome<Option<StaffSignedIn>> {
        let session = self.live(municipality, secret, now).await?;
        Ok(session.map(|session| StaffSignedIn::vouch(municipality, session.staff)))
    }

    /// The session of this secret, while it lasts and its holder is let in.
    async fn live(
        &self,
        municipality: MunicipalityId,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Outcome<Option<StaffSessionRecord>> {
        let reading = self.store.read(municipality).await?;
        let Some(session) = reading.staff_session(&hash(secret)).await? else {
            return Ok(None);
        };
        let idle = now - session.last_seen_at;
        if now >= session.expires_at || idle >= Duration::minutes(STAFF_IDLE_MINUTES) {
            return Ok(None);
        }
        let known = reading.staff(session.staff).await?;
        Ok(known.is_some_and(|staff| staff.active).then_some(session))
    }

    /// Ends a session (ログアウト). Ending it twice is fine.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn sign_out(&self, municipality: MunicipalityId, secret: &str) -> Outcome<()> {
        let end = End {
            token_hash: hash(secret),
        };
        transact(self.store.as_ref(), municipality, &end).await
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
        Ok(tx.touch_staff_session(&self.token_hash, self.now).await?)
    }
}

struct End {
    token_hash: [u8; 32],
}

#[async_trait]
impl Action for End {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        Ok(tx.delete_staff_session(&self.token_hash).await?)
    }
}
