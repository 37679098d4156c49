//! Notices of the payment service (通知, webhook). None of them is believed further than as a reason
//! to look: they come late, twice, in any order, or not at all.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::ids::MunicipalityId;
use domain::payment::SessionId;

/// Something happened at the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentEvent {
    /// The service's id of the event: the inbox keeps each only once.
    pub id: String,
    /// The service's name for what happened, for logs and staff.
    pub name: String,
    /// When, by the service's clock.
    pub created: DateTime<Utc>,
    /// Whose booking it names, when it does.
    pub municipality: Option<MunicipalityId>,
    /// What to look at.
    pub subject: EventSubject,
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventSubject {
    /// A payment page.
    Session(SessionId),
    /// A refund, by the service's id.
    Refund(String),
    /// Something else, which staff may look up by the service's id.
    Other(Option<String>),
}

/// Why a notice is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefusal {
    /// No signature header, or none that can be read.
    #[error("the signature header is missing or malformed")]
    Header,
    /// Signed with none of our secrets, or changed on the way.
    #[error("the signature does not fit")]
    Signature,
    /// Signed too long ago, or in the future: a replay, or a clock that is off.
    #[error("signed {skew_s} s away from our clock")]
    Stale {
        /// The signature's time minus ours, seconds.
        skew_s: i64,
    },
    /// Test money for a live account, or the reverse.
    #[error("meant for the other mode")]
    Mode,
    /// It *is* from the service, and we cannot read it: keep the body and alert somebody.
    #[error("genuine, but not readable")]
    Unreadable(RawBody),
}

impl WebhookRefusal {
    /// The stable code for logs and metrics.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Header => "webhook.header",
            Self::Signature => "webhook.signature",
            Self::Stale { .. } => "webhook.stale",
            Self::Mode => "webhook.mode",
            Self::Unreadable(_) => "webhook.unreadable",
        }
    }
}

/// The bytes of a notice. They may hold a payer's name and address: `Debug` tells their number only.
#[derive(Clone, PartialEq, Eq)]
pub struct RawBody(pub Vec<u8>);

impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawBody({} bytes)", self.0.len())
    }
}
