//! The card once more (本人の再確認), before what a stolen session must not do.

use async_trait::async_trait;
use contract::Call;

use super::Doorkeeper;
use super::enter::{Entered, needs_profile};
use super::reading::{key_of, read_again};
use crate::ports::identity::CardIdentity;
use crate::ports::store::{BoundTo, SessionRecord, Transaction};
use crate::trail;
use crate::transact::{Abort, Action};

/// What became of it.
pub(super) enum SteppedUp {
    /// A new session took the old one's place, for as long as that had left.
    Done(Entered),
    /// The card is not one of this person's. Nothing changed.
    OtherCard,
    /// The session ended meanwhile. Nothing changed.
    SessionOver,
}

/// Gives the session of whoever shows one of the own cards a new id, and notes when.
pub(super) struct StepUp<'a> {
    pub(super) door: &'a Doorkeeper,
    pub(super) call: &'a Call,
    pub(super) card: &'a CardIdentity,
    pub(super) bound: BoundTo,
    pub(super) session_hash: [u8; 32],
}

#[async_trait]
impl Action for StepUp<'_> {
    type Output = SteppedUp;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<SteppedUp, Abort> {
        let (old, me) = (&self.bound.session_hash, self.bound.person);
        let Some(session) = tx.session(old).await? else {
            return Ok(SteppedUp::SessionOver);
        };
        if tx.person_of(&key_of(self.card)).await? != Some(me) {
            return Ok(SteppedUp::OtherCard);
        }
        // Of two tabs that come back at once, one takes the old session's place.
        if !tx.delete_session(old).await? {
            return Ok(SteppedUp::SessionOver);
        }
        let person = read_again(self.door, self.call, tx, me, self.card).await?;
        let now = self.call.now();
        tx.insert_session(&SessionRecord {
            token_hash: self.session_hash,
            person: me,
            created_at: now,
            last_seen_at: now,
            expires_at: session.expires_at,
            stepped_up_at: Some(now),
        })
        .await?;
        let entry = trail::entry(self.door.chance.as_ref(), self.call, "sign_in.stepped_up")
            .about("person", me.0);
        tx.record(&entry).await?;
        Ok(SteppedUp::Done(Entered {
            ends_at: session.expires_at,
            needs_profile: needs_profile(&person),
        }))
    }
}
