//! What the pretend identity provider can be told to do wrong.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing to do wrong. As JSON: `{"fault": "wrong_nonce"}`, `{"fault": "fail", "at": "token",
/// "status": 500}`. The table in [`super`] says what each is for.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The callback carries another attempt's `state`.
    StateSwap,
    /// The callback carries the `iss` of another issuer.
    MixupIss,
    /// The callback carries our own `iss`, as RFC 9207 asks.
    OwnIss,
    /// The callback carries an error instead of a code.
    AuthorizeError {
        /// The OAuth error code.
        error: String,
        /// Free text; may hold HTML.
        #[serde(default)]
        description: String,
    },

    /// The ID token is unsigned.
    AlgNone,
    /// The ID token is signed with HS256, keyed with our public key.
    AlgHs256,
    /// The ID token is signed with RS256 by a key that is in the JWKS.
    AlgRs256,
    /// The ID token is signed by a stranger's key under our `kid`.
    ForeignKey,
    /// The ID token is signed by a stranger's key that rides along in `jwk`, `jku` and `x5u`.
    EmbeddedJwk,
    /// The ID token is signed by the key that two rotations ago was withdrawn.
    WithdrawnKey,
    /// The ID token names a key that is not in the JWKS.
    UnknownKid,
    /// The ID token names no key.
    NoKid,
    /// The ID token asks for an extension that nobody knows (`crit`).
    Critical,

    /// `nonce` is another one.
    WrongNonce,
    /// `nonce` is missing.
    NoNonce,
    /// `aud` is another client.
    WrongAud,
    /// `aud` is an array of us and somebody else.
    ExtraAud,
    /// `iss` is another issuer.
    WrongIss,
    /// `iss` ends in a slash.
    SlashIss,
    /// `iss` has the other scheme, http for https.
    SchemeIss,
    /// `exp` passed an hour ago.
    Expired,
    /// `iat` lies an hour ahead.
    FutureIat,
    /// `iat` lies 30 seconds ahead, as honest clocks do.
    #[serde(rename = "skew_30s")]
    Skew30s,
    /// `at_hash` is another token's.
    WrongAtHash,
    /// `at_hash` is missing.
    NoAtHash,
    /// `acr` is `aal1` whatever was asked.
    LowAcr,
    /// The ID token is 2 MB long.
    HugeIdToken,
    /// A JSON merge patch (RFC 7396) over the ID token's claims.
    Claims {
        /// The patch; `null` removes.
        patch: Value,
    },

    /// The token endpoint answers with an OAuth error.
    TokenError {
        /// For example `invalid_grant`.
        error: String,
    },
    /// The token response grants these scopes only.
    Scope {
        /// Space-separated.
        granted: String,
    },

    /// Userinfo speaks of somebody else.
    OtherSub,
    /// Userinfo says no `sub`.
    NoSub,
    /// A JSON merge patch over userinfo.
    Userinfo {
        /// The patch; `null` removes.
        patch: Value,
    },

    /// The endpoint answers with this status.
    Fail {
        /// Where.
        at: Endpoint,
        /// The HTTP status.
        status: u16,
    },
    /// The endpoint never answers.
    Hang {
        /// Where.
        at: Endpoint,
    },
    /// The endpoint sends its body one byte every 50 ms.
    Drip {
        /// Where.
        at: Endpoint,
    },
    /// The endpoint's body never ends.
    Endless {
        /// Where.
        at: Endpoint,
    },
    /// The endpoint's body is padded with 10 MB.
    Huge {
        /// Where.
        at: Endpoint,
    },
    /// The endpoint redirects to this address.
    Redirect {
        /// Where.
        at: Endpoint,
        /// To where.
        to: String,
    },
}

/// The endpoints that a relying party calls itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `/protocol/openid-connect/token`
    Token,
    /// `/protocol/openid-connect/userinfo`
    Userinfo,
    /// `/protocol/openid-connect/certs`
    Certs,
}

/// The moment at which a fault takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    Callback,
    IdToken,
    TokenGrant,
    UserinfoClaims,
    Body(Endpoint),
}

impl Fault {
    const fn site(&self) -> Site {
        match self {
            Self::StateSwap | Self::MixupIss | Self::OwnIss | Self::AuthorizeError { .. } => {
                Site::Callback
            }
            Self::AlgNone
            | Self::AlgHs256
            | Self::AlgRs256
            | Self::ForeignKey
            | Self::EmbeddedJwk
            | Self::WithdrawnKey
            | Self::UnknownKid
            | Self::NoKid
            | Self::Critical
            | Self::WrongNonce
            | Self::NoNonce
            | Self::WrongAud
            | Self::ExtraAud
            | Self::WrongIss
            | Self::SlashIss
            | Self::SchemeIss
            | Self::Expired
            | Self::FutureIat
            | Self::Skew30s
            | Self::WrongAtHash
            | Self::NoAtHash
            | Self::LowAcr
            | Self::HugeIdToken
            | Self::Claims { .. } => Site::IdToken,
            Self::TokenError { .. } | Self::Scope { .. } => Site::TokenGrant,
            Self::OtherSub | Self::NoSub | Self::Userinfo { .. } => Site::UserinfoClaims,
            Self::Fail { at, .. }
            | Self::Hang { at }
            | Self::Drip { at }
            | Self::Endless { at }
            | Self::Huge { at }
            | Self::Redirect { at, .. } => Site::Body(*at),
        }
    }
}

/// A fault and how often it still happens.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Switch {
    /// What to do wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// How many times; without it, until taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

/// The switches that are on.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Vec<Switch>>);

impl Faults {
    pub(super) fn add(&self, switch: Switch) {
        self.locked().push(switch);
    }

    pub(super) fn clear(&self) {
        self.locked().clear();
    }

    pub(super) fn list(&self) -> Vec<Switch> {
        self.locked().clone()
    }

    /// The faults that take effect at `site` now; each of them is one time less.
    pub(super) fn at(&self, site: Site) -> Vec<Fault> {
        let mut switches = self.locked();
        let mut active = Vec::new();
        switches.retain_mut(|switch| {
            if switch.fault.site() != site {
                return true;
            }
            active.push(switch.fault.clone());
            match &mut switch.times {
                None => true,
                Some(times) => {
                    *times = times.saturating_sub(1);
                    *times > 0
                }
            }
        });
        active
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Vec<Switch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_for_one_time_is_gone_after_it_and_a_standing_one_stays() {
        let faults = Faults::default();
        faults.add(Switch {
            fault: Fault::WrongNonce,
            times: Some(1),
        });
        faults.add(Switch {
            fault: Fault::LowAcr,
            times: None,
        });
        assert_eq!(faults.at(Site::Callback), []);
        assert_eq!(faults.at(Site::IdToken), [Fault::WrongNonce, Fault::LowAcr]);
        assert_eq!(faults.at(Site::IdToken), [Fault::LowAcr]);
    }

    #[test]
    fn switches_are_read_from_plain_json() {
        let switch: Switch =
            serde_json::from_str(r#"{"fault": "fail", "at": "token", "status": 500, "times": 2}"#)
                .unwrap();
        assert_eq!(
            switch.fault,
            Fault::Fail {
                at: Endpoint::Token,
                status: 500
            }
        );
        assert_eq!(switch.times, Some(2));
        let skew: Switch = serde_json::from_str(r#"{"fault": "skew_30s"}"#).unwrap();
        assert_eq!(
            skew,
            Switch {
                fault: Fault::Skew30s,
                times: None
            }
        );
    }
}
