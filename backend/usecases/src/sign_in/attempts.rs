//! Attempts (ログインの試行): kept when somebody leaves for an identity provider, taken when they come
//! back, once. Residents and staff leave by doors of their own; an attempt of the one is nothing at
//! the other.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use contract::Call;
use subtle::ConstantTimeEq;

use super::{Begun, SignInStop, hash};
use crate::ports::chance::Chance;
use crate::ports::identity::{Callback, IdentityProvider, SignInAttempt};
use crate::ports::store::{AttemptPurpose, AttemptRecord, Realm, Store, Transaction};
use crate::return_path::ReturnPath;
use crate::transact::{Abort, Action, transact};

/// How long somebody may take with the card, minutes.
pub(crate) const ATTEMPT_MINUTES: i64 = 10;

/// Keeps and takes attempts.
pub(crate) struct Attempts<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) chance: &'a dyn Chance,
}

impl Attempts<'_> {
    /// Keeps a new attempt, and says where to go. A `browser_secret` that is not ours is replaced.
    pub(crate) async fn keep(
        &self,
        call: &Call,
        provider: &dyn IdentityProvider,
        (realm, purpose): (Realm, AttemptPurpose),
        return_to: ReturnPath,
        browser_secret: Option<String>,
    ) -> Result<Begun, SignInStop> {
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
                realm,
                purpose,
                browser_hash: hash(&browser_secret),
                nonce: attempt.nonce.clone(),
                verifier: attempt.verifier.clone(),
                return_to: attempt.return_to.as_str().to_owned(),
                created_at: call.now(),
                expires_at: call.now() + Duration::minutes(ATTEMPT_MINUTES),
            },
        };
        transact(self.store, call.municipality(), &keep)
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

    /// Takes the attempt that an answer ends, if it is this realm's, this browser's, in time and in
    /// its session.
    pub(crate) async fn take(
        &self,
        call: &Call,
        realm: Realm,
        callback: &Callback,
        browser_secret: Option<&str>,
    ) -> Result<(SignInAttempt, AttemptPurpose), SignInStop> {
        let unknown = || SignInStop::StaleAttempt { return_to: None };
        let state = callback.state.as_deref().ok_or_else(unknown)?;
        let take = TakeAttempt {
            realm,
            state_hash: hash(state),
            now: call.now(),
        };
        let record = transact(self.store, call.municipality(), &take)
            .await
            .map_err(|failure| SignInStop::Failed {
                failure,
                return_to: None,
            })?
            .ok_or_else(unknown)?;
        let return_to = ReturnPath::parse(&record.return_to).unwrap_or_else(|_| ReturnPath::home());
        let same_browser = browser_secret
            .is_some_and(|secret| bool::from(record.browser_hash.ct_eq(&hash(secret))));
        if !same_browser {
            // Known by its `state` all the same: the card app may have come back to another browser
            // of the same phone, and there the person can begin again where they were.
            return Err(SignInStop::OtherBrowser { return_to });
        }
        if call.now() >= record.expires_at {
            return Err(SignInStop::StaleAttempt {
                return_to: Some(return_to),
            });
        }
        if !is_in_its_session(call, record.purpose) {
            return Err(SignInStop::OtherSession { return_to });
        }
        let attempt = SignInAttempt {
            state: state.to_owned(),
            nonce: record.nonce,
            verifier: record.verifier,
            return_to,
        };
        Ok((attempt, record.purpose))
    }
}

/// Whether the session that asks is the one the attempt belongs to, if it belongs to one.
fn is_in_its_session(call: &Call, purpose: AttemptPurpose) -> bool {
    match purpose {
        AttemptPurpose::SignIn => true,
        AttemptPurpose::StepUp(bound) | AttemptPurpose::Link(bound) => {
            let held = call.session().map(|session| session.token_hash);
            held == Some(bound.session_hash) && call.person() == Some(bound.person)
        }
    }
}

struct TakeAttempt {
    realm: Realm,
    state_hash: [u8; 32],
    now: DateTime<Utc>,
}

#[async_trait]
impl Action for TakeAttempt {
    type Output = Option<AttemptRecord>;

    async fn run(&self, tx: &mut dyn Transaction) -> Result<Self::Output, Abort> {
        Ok(tx
            .consume_attempt(self.realm, &self.state_hash, self.now)
            .await?)
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
