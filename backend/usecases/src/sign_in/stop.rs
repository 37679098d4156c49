//! Why nobody is in, and where the person may go on all the same.

use std::error::Error;

use contract::Failure;

use crate::ports::identity::{Misconfiguration, Rejection, SignInFailure, TurnedBack};
use crate::return_path::ReturnPath;

/// Why nobody is in (ログインできなかった理由). Whoever handles it logs it once.
#[derive(Debug, thiserror::Error)]
pub enum SignInStop {
    /// 中止: a page like any other, with a way to go on.
    #[error("cancelled at the provider")]
    Cancelled {
        /// Where they were going.
        return_to: ReturnPath,
    },
    /// The attempt is unknown, used up or too old.
    #[error("no such attempt any more")]
    StaleAttempt {
        /// Where they were going, if the attempt was known at all.
        return_to: Option<ReturnPath>,
    },
    /// Another browser began the attempt: the card app came back to the wrong one, or somebody
    /// wants to slip their own sign-in to somebody else.
    #[error("another browser began this attempt")]
    OtherBrowser {
        /// Where whoever began was going.
        return_to: ReturnPath,
    },
    /// The attempt belongs to a session that is over, or to another one.
    #[error("another session began this attempt")]
    OtherSession {
        /// Where whoever began was going.
        return_to: ReturnPath,
    },
    /// Asked for their card once more, somebody showed another one.
    #[error("not the card of whoever is signed in")]
    OtherCard {
        /// Where they were going.
        return_to: ReturnPath,
    },
    /// The card to be added is another resident's, or another human's.
    #[error("the card is somebody else's")]
    NotTheirs {
        /// Where they were going.
        return_to: ReturnPath,
    },
    /// The staff's issuer knows them, and nobody has given them a role.
    #[error("nobody has given them a role")]
    NoRole {
        /// Where they were going.
        return_to: ReturnPath,
    },
    /// The answer cannot be trusted.
    #[error("the answer was refused: {}", .rejection.code())]
    Rejected {
        /// What was wrong with it.
        rejection: Rejection,
        /// Where they were going.
        return_to: ReturnPath,
    },
    /// The browser came back with an error in the provider's name, which anybody can write.
    #[error("the browser came back with {}", .error.code())]
    TurnedBack {
        /// The error.
        error: TurnedBack,
        /// Where they were going.
        return_to: ReturnPath,
    },
    /// The provider does not answer, or there is none.
    #[error("the provider is not available")]
    Unavailable {
        /// Where they were going.
        return_to: ReturnPath,
        /// What the provider's silence was like; `None` when the municipality has no provider.
        /// Holds addresses of the configuration, nothing of a person.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// The provider refuses us. To the person it is unavailable, to the operator an alarm.
    #[error("the provider refuses this client")]
    Misconfigured {
        /// Where they were going.
        return_to: ReturnPath,
        /// What to put right.
        source: Misconfiguration,
    },
    /// Something of ours broke, or was too busy.
    #[error("{failure}")]
    Failed {
        /// What.
        failure: Failure,
        /// Where they were going, if that was known by then.
        return_to: Option<ReturnPath>,
    },
}

impl SignInStop {
    /// Where the person was going, so that trying again does not lose the booking.
    #[must_use]
    pub const fn return_to(&self) -> Option<&ReturnPath> {
        match self {
            Self::Cancelled { return_to }
            | Self::OtherBrowser { return_to }
            | Self::OtherSession { return_to }
            | Self::OtherCard { return_to }
            | Self::NotTheirs { return_to }
            | Self::NoRole { return_to }
            | Self::Rejected { return_to, .. }
            | Self::TurnedBack { return_to, .. }
            | Self::Unavailable { return_to, .. }
            | Self::Misconfigured { return_to, .. } => Some(return_to),
            Self::StaleAttempt { return_to } | Self::Failed { return_to, .. } => return_to.as_ref(),
        }
    }

    pub(crate) const fn no_provider(return_to: ReturnPath) -> Self {
        Self::Unavailable {
            return_to,
            source: None,
        }
    }

    pub(crate) fn of(failure: SignInFailure, return_to: ReturnPath) -> Self {
        match failure {
            SignInFailure::Cancelled => Self::Cancelled { return_to },
            SignInFailure::StaleCode => Self::StaleAttempt {
                return_to: Some(return_to),
            },
            SignInFailure::Rejected(rejection) => Self::Rejected {
                rejection,
                return_to,
            },
            SignInFailure::TurnedBack(error) => Self::TurnedBack { error, return_to },
            SignInFailure::Unavailable(source) => Self::Unavailable {
                return_to,
                source: Some(source),
            },
            SignInFailure::Misconfigured(source) => Self::Misconfigured { return_to, source },
        }
    }
}
