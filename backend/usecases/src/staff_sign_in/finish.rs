//! Coming back from the staff's identity provider.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::{Actor, Call};
use domain::ids::StaffId;

use super::{StaffDoor, session};
use crate::ports::identity::Callback;
use crate::ports::store::{IdentityKey, Realm, StaffSessionRecord, Transaction};
use crate::return_path::ReturnPath;
use crate::sign_in::{SignInStop, hash};
use crate::trail;
use crate::transact::{Abort, Action, transact};

/// Somebody of the staff is in.
pub struct StaffFinished {
    /// The session's secret, for the cookie; never logged.
    pub session_secret: String,
    /// Where they were going.
    pub return_to: ReturnPath,
}

impl StaffDoor {
    /// Ends an attempt: checks the answer and opens a session for somebody who has a role.
    /// `former_secret` is a session the browser still has; it ends here. Nobody is entered: whoever
    /// has no role here is told so, and is nobody.
    ///
    /// # Errors
    /// [`SignInStop`]; the attempt is used up in every case.
    pub async fn finish(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
        former_secret: Option<&str>,
    ) -> Result<StaffFinished, SignInStop> {
        let outcome = self
            .let_in(call, callback, browser_secret, former_secret)
            .await;
        match outcome {
            Ok(finished) => Ok(finished),
            Err(stop) => {
                let house = self.attempts();
                let action = "staff_sign_in.refused";
                Err(self.notes.note(&house, call, action, stop).await)
            }
        }
    }

    async fn let_in(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
        former_secret: Option<&str>,
    ) -> Result<StaffFinished, SignInStop> {
        let (attempt, _only_signing_in) = self
            .attempts()
            .take(call, Realm::Staff, callback, browser_secret)
            .await?;
        let return_to = attempt.return_to.clone();
        let Some(provider) = self.providers.of_staff(call.municipality()) else {
            return Err(SignInStop::no_provider(return_to));
        };
        let who = match provider.redeem(call.now(), callback, &attempt).await {
            Ok(who) => who,
            Err(failure) => return Err(SignInStop::of(failure, return_to)),
        };
        let session_secret = URL_SAFE_NO_PAD.encode(self.chance.secret());
        let enter = Enter {
            door: self,
            call,
            identity: IdentityKey {
                issuer: who.issuer,
                client_id: who.client_id,
                subject: who.subject.into_revealed(),
            },
            session_hash: hash(&session_secret),
            former_hash: former_secret.map(hash),
        };
        match transact(self.store.as_ref(), call.municipality(), &enter).await {
            Ok(true) => Ok(StaffFinished {
                session_secret,
                return_to,
            }),
            Ok(false) => Err(SignInStop::NoRole { return_to }),
            Err(failure) => Err(SignInStop::Failed {
                failure,
                return_to: Some(return_to),
            }),
        }
    }
}

struct Enter<'a> {
    door: &'a StaffDoor,
    call: &'a Call,
    identity: IdentityKey,
    session_hash: [u8; 32],
    former_hash: Option<[u8; 32]>,
}

#[async_trait]
impl Action for Enter<'_> {
    /// False for somebody who has no role.
    type Output = bool;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<bool, Abort> {
        let Some(staff) = tx.staff_of(&self.identity).await? else {
            return Ok(false);
        };
        if tx.grants(staff).await?.is_empty() {
            return Ok(false);
        }
        if let Some(former) = &self.former_hash {
            tx.delete_staff_session(former).await?;
        }
        let now = self.call.now();
        tx.insert_staff_session(&StaffSessionRecord {
            token_hash: self.session_hash,
            staff,
            created_at: now,
            last_seen_at: now,
            expires_at: now + session::lifetime(),
        })
        .await?;
        self.record(tx, staff).await?;
        Ok(true)
    }
}

impl Enter<'_> {
    async fn record(&self, tx: &mut dyn Transaction, staff: StaffId) -> Result<(), Abort> {
        let chance = self.door.chance.as_ref();
        let mut entry =
            trail::entry(chance, self.call, "staff_sign_in.done").about("staff", staff.0);
        // The call was still a visitor's.
        entry.actor = Actor::Staff(staff);
        Ok(tx.record(&entry).await?)
    }
}
