//! Beginning to sign in.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use contract::Call;

use super::{Doorkeeper, SignInStop, hash};
use crate::ports::identity::SignInAttempt;
use crate::ports::store::{AttemptRecord, Transaction};
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
