//! How a call to the payment service fails, by what it means for the money.

/// Why there is no answer. Holds codes only: what the service writes in its errors may name the
/// payer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayFailure {
    /// Nobody knows whether it happened. Never treat it as "no".
    #[error("the outcome is unknown: {0}")]
    Unknown(Doubt),
    /// The service says no, and has not done it.
    #[error("the payment service refused: {code}")]
    Refused {
        /// The service's stable code.
        code: String,
    },
    /// Too many calls; it was not done, even after waiting between tries. Later.
    #[error("the payment service asks for patience")]
    RateLimited,
    /// The account or its key is not in order: alarm for the operator. It was not done.
    #[error("the payment service does not accept this account: {0}")]
    Misconfigured(Misconfiguration),
}

impl GatewayFailure {
    /// True when asking again later with the same request may help.
    #[must_use]
    pub const fn is_worth_repeating(&self) -> bool {
        match self {
            Self::Unknown(_) | Self::RateLimited | Self::Misconfigured(_) => true,
            Self::Refused { .. } => false,
        }
    }
}

/// Why the outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The connection failed, perhaps after the request had arrived.
    #[error("the connection failed")]
    Connection,
    /// The service or a proxy before it failed. A key keeps such an answer for a day.
    #[error("status {0}")]
    Server(u16),
    /// An answer that cannot be read: a proxy's page, half an object, a field missing.
    #[error("the answer cannot be read")]
    Unreadable,
    /// The first request with this key is still at work.
    #[error("the first request with this key is still at work")]
    StillRunning,
    /// The key has been used with other parameters: something was not frozen.
    #[error("the key was used with other parameters")]
    ParametersChanged,
    /// A list longer than we are willing to read.
    #[error("the list has no end")]
    Endless,
}

/// What an operator has to put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfiguration {
    /// The secret key is wrong, revoked or expired.
    #[error("the secret key is not accepted")]
    Key,
    /// The secret key may not do this.
    #[error("the secret key lacks a permission")]
    Permission,
    /// The request could not even be built.
    #[error("the request cannot be built")]
    Request,
}
