//! Signing in with the My Number card (マイナンバーカードによるログイン) at an external identity
//! provider, in our own words. The adapter speaks OpenID Connect; nothing here does.
//!
//! One provider stands for one municipality's registration: デジタル認証サービス gives each client
//! its own pairwise subject, so that towns cannot be linked (reference: DESIGN.md §7).

use std::error::Error;
use std::fmt;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};

use crate::ports::personal::Personal;
use crate::return_path::ReturnPath;

/// An identity provider (本人確認サービス) as one municipality is registered with it.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// The issuer, part of the key of every identity.
    fn issuer(&self) -> &str;

    /// Our client id at the issuer, part of the key of every identity.
    fn client_id(&self) -> &str;

    /// Where the browser goes to begin `attempt`.
    fn authorize_url(&self, attempt: &SignInAttempt) -> String;

    /// Turns what the browser brought back into the person on the card.
    ///
    /// The attempt must already have been consumed by the caller: a second call with the same
    /// attempt is refused by the provider, not by this function.
    ///
    /// # Errors
    /// [`SignInFailure`], which says who can do something about it.
    async fn redeem(
        &self,
        now: DateTime<Utc>,
        callback: &Callback,
        attempt: &SignInAttempt,
    ) -> Result<CardIdentity, SignInFailure>;
}

/// One attempt to sign in (ログインの試行): kept by us from the redirect to the callback, good for
/// one use. `state`, `nonce` and `verifier` are secrets of the attempt and never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInAttempt {
    /// Binds the callback to the browser that began.
    pub state: String,
    /// Binds the ID token to this attempt.
    pub nonce: String,
    /// The PKCE code verifier (RFC 7636); only its S256 hash leaves before the code is redeemed.
    pub verifier: String,
    /// Where the person was going, inside our own site.
    pub return_to: ReturnPath,
}

impl SignInAttempt {
    /// A fresh attempt from 96 random bytes: 256 bits each for state, nonce and verifier, in
    /// base64url, because the service allows printable ASCII only and trips over `;`.
    pub fn begin(random: [[u8; 32]; 3], return_to: ReturnPath) -> Self {
        let [state, nonce, verifier] = random.map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        Self {
            state,
            nonce,
            verifier,
            return_to,
        }
    }
}

impl fmt::Debug for SignInAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInAttempt")
            .field("return_to", &self.return_to)
            .finish_non_exhaustive()
    }
}

/// The query of the callback (`/auth/callback`) as the browser brought it. All of it is untrusted.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Callback {
    /// The one-shot code.
    pub code: Option<String>,
    /// Must equal the attempt's.
    pub state: Option<String>,
    /// The issuer as RFC 9207 gives it; checked when there, not required.
    pub iss: Option<String>,
    /// An OAuth error code instead of a code.
    pub error: Option<String>,
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("has_code", &self.code.is_some())
            .field("has_state", &self.state.is_some())
            .field("has_error", &self.error.is_some())
            .finish_non_exhaustive()
    }
}

/// The person on the card (カードの本人), as the provider vouches for it. The key of an identity is
/// (municipality, `issuer`, `client_id`, `subject`), never a name or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardIdentity {
    /// Who vouches.
    pub issuer: String,
    /// For which registration: the subject is pairwise.
    pub client_id: String,
    /// The pairwise subject (PPID). A pseudonym, still personal data.
    pub subject: Personal<String>,
    /// 氏名, as written on the card, 外字 and variation selectors included.
    pub name: Option<Personal<String>>,
    /// 住所, in one line.
    pub address: Option<Personal<String>>,
    /// 生年月日.
    pub birthdate: Option<Personal<Birthdate>>,
    /// 性別.
    pub gender: Option<Personal<Gender>>,
}

/// A date of birth (生年月日). Registers hold days that no calendar has (明治45年 月日不詳 is written
/// with zeros), so what cannot be read is kept as it came.
#[derive(Clone, PartialEq, Eq)]
pub enum Birthdate {
    /// A day of the calendar.
    Day(NaiveDate),
    /// Something else; age rules must ask the counter.
    Unclear(String),
}

/// Gender (性別) as the card says it: `1` and `2`, after JIS X 0303. Anything else is kept raw.
#[derive(Clone, PartialEq, Eq)]
pub enum Gender {
    /// 男
    Male,
    /// 女
    Female,
    /// Anything else, as it came.
    Other(String),
}

impl fmt::Debug for Birthdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Debug for Gender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Why nobody was signed in, by who can do something about it.
#[derive(Debug, thiserror::Error)]
pub enum SignInFailure {
    /// The person stopped (中止). A normal page with a way back, not an error.
    #[error("the person cancelled at the identity provider")]
    Cancelled,
    /// The code is spent or too old (back button, slow hands): offer to begin again.
    #[error("the code was already used or has expired")]
    StaleCode,
    /// What came back must not be believed. Neutral page, audit event with the code only.
    #[error("the answer was refused: {}", .0.code())]
    Rejected(Rejection),
    /// The browser came back with an error in the provider's name: try later. Never an alarm,
    /// because anybody can write one into the address of their own callback.
    #[error("the browser came back with {}", .0.code())]
    TurnedBack(TurnedBack),
    /// The provider cannot be reached or is failing: try later.
    #[error("the identity provider is not available")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// The provider itself tells us that it refuses *us*: alarm for the operator.
    #[error("the identity provider refuses this client: {0}")]
    Misconfigured(Misconfiguration),
}

/// An error that a browser brought back instead of a code (RFC 6749 §4.1.2.1), as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnedBack {
    /// The provider found our request wrong.
    InvalidRequest,
    /// We may not ask for a code.
    UnauthorizedClient,
    /// We asked for an attribute that is not ours to ask for.
    InvalidScope,
    /// We asked for something other than a code.
    UnsupportedResponseType,
    /// The provider broke.
    ServerError,
    /// The provider is busy or being maintained.
    TemporarilyUnavailable,
}

impl TurnedBack {
    /// The standard's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }
}

/// What was wrong with an answer that must not be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rejection {
    /// `state` missing or not the attempt's.
    State,
    /// The callback's `iss` names another issuer (mix-up, RFC 9207).
    CallbackIssuer,
    /// Neither code nor error, or both.
    CallbackShape,
    /// An error code that we do not know.
    ProviderError,
    /// The ID token or userinfo is not of the agreed shape, or too large.
    Malformed,
    /// Not the pinned signature algorithm.
    Algorithm,
    /// No key of the issuer's has that id.
    UnknownKey,
    /// The signature does not fit.
    Signature,
    /// `iss` is not the issuer, to the letter.
    Issuer,
    /// `aud` is not us and us alone.
    Audience,
    /// `exp` has passed.
    Expired,
    /// `iat` or `nbf` lies in the future.
    NotYetValid,
    /// `nonce` missing or not the attempt's.
    Nonce,
    /// `at_hash` missing or not the access token's.
    AccessTokenHash,
    /// `acr` is below what was asked.
    AssuranceLevel,
    /// `sub` missing, or userinfo speaks of another one.
    Subject,
}

impl Rejection {
    /// The stable code for audit entries and metrics.
    pub const fn code(self) -> &'static str {
        match self {
            Self::State => "sign_in.state",
            Self::CallbackIssuer => "sign_in.callback_issuer",
            Self::CallbackShape => "sign_in.callback_shape",
            Self::ProviderError => "sign_in.provider_error",
            Self::Malformed => "sign_in.malformed",
            Self::Algorithm => "sign_in.algorithm",
            Self::UnknownKey => "sign_in.unknown_key",
            Self::Signature => "sign_in.signature",
            Self::Issuer => "sign_in.issuer",
            Self::Audience => "sign_in.audience",
            Self::Expired => "sign_in.expired",
            Self::NotYetValid => "sign_in.not_yet_valid",
            Self::Nonce => "sign_in.nonce",
            Self::AccessTokenHash => "sign_in.access_token_hash",
            Self::AssuranceLevel => "sign_in.assurance_level",
            Self::Subject => "sign_in.subject",
        }
    }
}

/// What an operator has to put right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfiguration {
    /// The token endpoint answered with this OAuth error code (`invalid_client`, …).
    #[error("{0}")]
    Refused(String),
    /// The same while our clocks disagree by this many seconds (ours minus theirs), which is the
    /// likelier cause: the client assertion lives for a minute.
    #[error("{error}, and our clock is {ahead_s} s ahead of theirs")]
    ClockSkew {
        /// The OAuth error code.
        error: String,
        /// Ours minus theirs, in seconds.
        ahead_s: i64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_carries_three_unlike_secrets_of_256_bits_and_shows_none() {
        let attempt = SignInAttempt::begin([[1; 32], [2; 32], [3; 32]], ReturnPath::home());
        for secret in [&attempt.state, &attempt.nonce, &attempt.verifier] {
            assert_eq!(
                secret.len(),
                43,
                "RFC 7636 §4.1 asks for 43 to 128 characters"
            );
            assert!(!format!("{attempt:?}").contains(secret.as_str()));
        }
        assert_ne!(attempt.state, attempt.nonce);
        assert_ne!(attempt.nonce, attempt.verifier);
    }

    #[test]
    fn a_card_identity_prints_no_personal_data() {
        let identity = CardIdentity {
            issuer: "https://idp.example".into(),
            client_id: "RP1".into(),
            subject: Personal::new("ppid-secret".into()),
            name: Some(Personal::new("山田 花子".into())),
            address: Some(Personal::new("精華町光台".into())),
            birthdate: Some(Personal::new(Birthdate::Unclear("19120000".into()))),
            gender: Some(Personal::new(Gender::Female)),
        };
        let printed = format!("{identity:?}");
        for secret in ["ppid-secret", "山田", "光台", "1912", "Female"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}
