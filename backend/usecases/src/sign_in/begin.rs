//! Beginning to sign in.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use contract::{Action as Doing, Call, LiveSession, Refusal};

use super::{Doorkeeper, SignInStop, hash};
use crate::authority::signed_in;
use crate::ports::identity::SignInAttempt;
use crate::ports::store::{AttemptPurpose, AttemptRecord, BoundTo, Transaction};
use crate::return_path::ReturnPath;
use crate::transact::{Abort, Action, transact};

/// How long somebody may take with the card, minutes.
pub(crate) const ATTEMPT_MINUTES: i64 = 10;

/// What the browser gets: where to go, and the secret that proves it is the same browser after.
pub struct Begun {
    /// The provider's page.
    pub authorize_url: String,
    /// For a cookie of the browser that began; never logged.
    pub browser_secret: String,
}

impl Doorkeeper {
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
        self.attempt(call, AttemptPurpose::SignIn, return_to, browser_secret)
            .await
    }

    /// Asks whoever is signed in for one of their cards once more (本人の再確認).
    ///
    /// # Errors
    /// As [`Self::begin`]; [`Refusal::SignInRequired`] without a session.
    pub async fn begin_step_up(
        &self,
        call: &Call,
        return_to: ReturnPath,
        browser_secret: Option<String>,
    ) -> Result<Begun, SignInStop> {
        let bound = bound_to(call, call.session(), Refusal::SignInRequired);
        let bound = bound.map_err(|refusal| refused(refusal, &return_to))?;
        let purpose = AttemptPurpose::StepUp(bound);
        self.attempt(call, purpose, return_to, browser_secret).await
    }

    /// Asks whoever showed their card again a moment ago for another one of theirs (カードの追加).
    ///
    /// # Errors
    /// As [`Self::begin`]; [`Refusal::StepUpRequired`] when that was too long ago.
    pub async fn begin_link(
        &self,
        call: &Call,
        return_to: ReturnPath,
        browser_secret: Option<String>,
    ) -> Result<Begun, SignInStop> {
        let bound = bound_to(call, call.stepped_up(), Refusal::StepUpRequired);
        let bound = bound.map_err(|refusal| refused(refusal, &return_to))?;
        let purpose = AttemptPurpose::Link(bound);
        self.attempt(call, purpose, return_to, browser_secret).await
    }

    async fn attempt(
        &self,
        call: &Call,
        purpose: AttemptPurpose,
        return_to: ReturnPath,
        browser_secret: Option<String>,
    ) -> Result<Begun, SignInStop> {
        let Some(provider) = self.providers.of(call.municipality()) else {
            return Err(SignInStop::no_provider(return_to));
        };
        let secrets = [
            self.chance.secret(),
            self.chance.secret(),
            self.chance.secret(),
        ];
        let attempt = SignInAttempt::begin(secrets, return_to);
        let browser_secret = browser_secret
            .filter(|known| is_secret(known))
            .unwrap_or_else(|| URL_SAFE_NO_PAD.encode(self.chance.secret()));
        let keep = KeepAttempt {
            record: AttemptRecord {
                state_hash: hash(&attempt.state),
                purpose,
                browser_hash: hash(&browser_secret),
                nonce: attempt.nonce.clone(),
                verifier: attempt.verifier.clone(),
                return_to: attempt.return_to.as_str().to_owned(),
                created_at: call.now(),
                expires_at: call.now() + Duration::minutes(ATTEMPT_MINUTES),
            },
        };
        transact(self.store.as_ref(), call.municipality(), &keep)
            .await
            .map_err(|failure| SignInStop::Failed {
                failure,
                return_to: Some(attempt.return_to.clone()),
            })?;
        Ok(Begun {
            authorize_url: provider.authorize_url(&attempt),
            browser_secret,
        })
    }
}

/// The session that an attempt is to belong to, if whoever asks may manage their cards in it.
fn bound_to(
    call: &Call,
    session: Option<LiveSession>,
    otherwise: Refusal,
) -> Result<BoundTo, Refusal> {
    let person = signed_in(call, Doing::ManageOwnProfile)?;
    let session_hash = session.ok_or(otherwise)?.token_hash;
    Ok(BoundTo {
        session_hash,
        person,
    })
}

fn refused(refusal: Refusal, return_to: &ReturnPath) -> SignInStop {
    SignInStop::Failed {
        failure: refusal.into(),
        return_to: Some(return_to.clone()),
    }
}

/// 256 bits, as we give them: an empty cookie, or one that somebody made up by hand, binds nothing.
fn is_secret(text: &str) -> bool {
    URL_SAFE_NO_PAD
        .decode(text)
        .is_ok_and(|bytes| bytes.len() == 32)
}

struct KeepAttempt {
    record: AttemptRecord,
}

#[async_trait]
impl Action for KeepAttempt {
    type Output = ();

    async fn run(&self, tx: &mut dyn Transaction) -> Result<(), Abort> {
        Ok(tx.insert_attempt(&self.record).await?)
    }
}
