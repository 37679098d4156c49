//! Beginning to sign in.

use contract::{Action as Doing, Call, LiveSession, Refusal};

use super::{Doorkeeper, SignInStop};
use crate::authority::signed_in;
use crate::ports::store::{AttemptPurpose, BoundTo, Realm};
use crate::return_path::ReturnPath;

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
        let aim = (Realm::Resident, purpose);
        self.attempts()
            .keep(call, provider.as_ref(), aim, return_to, browser_secret)
            .await
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
