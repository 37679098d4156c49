//! Coming back from the identity provider.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::Call;

use super::enter::{Enter, Entered};
use super::show::{Show, Shown};
use super::step_up::{StepUp, SteppedUp};
use super::{Doorkeeper, SignInStop, hash};
use crate::ports::identity::{Callback, CardIdentity};
use crate::ports::store::{AttemptPurpose, BoundTo, Realm};
use crate::return_path::ReturnPath;
use crate::transact::{Action, transact};

/// How an attempt ended well.
pub enum Ended {
    /// Somebody is in, or showed their card again: either way in a new session.
    LetIn(Finished),
    /// A card was shown to be added, and waits for a yes.
    CardShown {
        /// Where the yes is given.
        return_to: ReturnPath,
    },
    /// A card was shown to be added that is theirs already.
    CardKnown,
}

/// Somebody is in.
pub struct Finished {
    /// The session's secret, for the cookie; never logged.
    pub session_secret: String,
    /// When the session ends whatever happens, UTC.
    pub ends_at: DateTime<Utc>,
    /// Where they were going.
    pub return_to: ReturnPath,
    /// True while there is no way to reach them: booking needs an address and a number.
    pub needs_profile: bool,
}

impl Doorkeeper {
    /// Ends an attempt: checks the answer, finds or enters the person, opens a new session.
    /// `former_secret` is a session the browser still has; it ends here. An attempt that belongs to
    /// a session is ended in that one only. Who came in is audited, and so is an answer that was not
    /// believed.
    ///
    /// # Errors
    /// [`SignInStop`]; the attempt is used up in every case.
    pub async fn finish(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
        former_secret: Option<&str>,
    ) -> Result<Ended, SignInStop> {
        let outcome = self
            .end(call, callback, browser_secret, former_secret)
            .await;
        match outcome {
            Ok(ended) => Ok(ended),
            Err(stop) => Err(self.noted(call, stop).await),
        }
    }

    async fn end(
        &self,
        call: &Call,
        callback: &Callback,
        browser_secret: Option<&str>,
        former_secret: Option<&str>,
    ) -> Result<Ended, SignInStop> {
        let (attempt, purpose) = self
            .attempts()
            .take(call, Realm::Resident, callback, browser_secret)
            .await?;
        let return_to = attempt.return_to.clone();
        let Some(provider) = self.providers.of(call.municipality()) else {
            return Err(SignInStop::no_provider(return_to));
        };
        let card = match provider.redeem(call.now(), callback, &attempt).await {
            Ok(card) => card,
            Err(failure) => return Err(SignInStop::of(failure, return_to)),
        };
        match purpose {
            AttemptPurpose::SignIn => self.let_in(call, &card, former_secret, return_to).await,
            AttemptPurpose::StepUp(bound) => self.step_up(call, &card, bound, return_to).await,
            AttemptPurpose::Link(bound) => self.show(call, &card, bound, return_to).await,
        }
    }

    async fn let_in(
        &self,
        call: &Call,
        card: &CardIdentity,
        former_secret: Option<&str>,
        return_to: ReturnPath,
    ) -> Result<Ended, SignInStop> {
        let session_secret = URL_SAFE_NO_PAD.encode(self.chance.secret());
        let enter = Enter {
            door: self,
            call,
            card,
            session_hash: hash(&session_secret),
            former_hash: former_secret.map(hash),
        };
        let Entered {
            ends_at,
            needs_profile,
        } = self.act(call, &enter, &return_to).await?;
        Ok(Ended::LetIn(Finished {
            session_secret,
            ends_at,
            return_to,
            needs_profile,
        }))
    }

    async fn step_up(
        &self,
        call: &Call,
        card: &CardIdentity,
        bound: BoundTo,
        return_to: ReturnPath,
    ) -> Result<Ended, SignInStop> {
        let session_secret = URL_SAFE_NO_PAD.encode(self.chance.secret());
        let step_up = StepUp {
            door: self,
            call,
            card,
            bound,
            session_hash: hash(&session_secret),
        };
        match self.act(call, &step_up, &return_to).await? {
            SteppedUp::Done(Entered {
                ends_at,
                needs_profile,
            }) => Ok(Ended::LetIn(Finished {
                session_secret,
                ends_at,
                return_to,
                needs_profile,
            })),
            SteppedUp::OtherCard => Err(SignInStop::OtherCard { return_to }),
            SteppedUp::SessionOver => Err(SignInStop::OtherSession { return_to }),
        }
    }

    async fn show(
        &self,
        call: &Call,
        card: &CardIdentity,
        bound: BoundTo,
        return_to: ReturnPath,
    ) -> Result<Ended, SignInStop> {
        let show = Show {
            door: self,
            call,
            card,
            bound,
        };
        match self.act(call, &show, &return_to).await? {
            Shown::Kept => Ok(Ended::CardShown { return_to }),
            Shown::Known => Ok(Ended::CardKnown),
            Shown::NotTheirs => Err(SignInStop::NotTheirs { return_to }),
            Shown::SessionOver => Err(SignInStop::OtherSession { return_to }),
        }
    }

    /// Runs an action; what breaks still knows where the person was going.
    async fn act<A: Action>(
        &self,
        call: &Call,
        action: &A,
        return_to: &ReturnPath,
    ) -> Result<A::Output, SignInStop> {
        transact(self.store.as_ref(), call.municipality(), action)
            .await
            .map_err(|failure| SignInStop::Failed {
                failure,
                return_to: Some(return_to.clone()),
            })
    }
}
