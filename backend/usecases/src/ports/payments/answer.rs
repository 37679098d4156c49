//! What the payment service answers.

use chrono::{DateTime, Utc};
use domain::ids::{MunicipalityId, PaymentId, RefundId};
use domain::payment::{RefundSeen, SessionSeen};

/// A payment page and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutAnswer {
    /// The page as the service shows it: amount, currency and mode are the service's, not what we
    /// asked for, so that a difference can be seen.
    pub seen: SessionSeen,
    /// Which attempt of ours it names. None: not ours, or its references contradict each other.
    pub payment: Option<PaymentId>,
    /// Whose booking it names.
    pub municipality: Option<MunicipalityId>,
    /// When it was opened, by the service's clock.
    pub created: DateTime<Utc>,
}

/// A refund and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundAnswer {
    /// The refund as the service shows it.
    pub seen: RefundSeen,
    /// Which refund of ours it names. None: made at the service's own screens (row 21).
    pub refund: Option<RefundId>,
    /// Which payment it belongs to, as the paid session named it.
    pub intent: Option<String>,
    /// How much, in the currency's smallest unit; yen have no other.
    pub amount: i64,
    /// Its currency, as the service spells it.
    pub currency: String,
    /// When it was asked for, by the service's clock.
    pub created: DateTime<Utc>,
}

/// What `yoriai doctor` can say of an account that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountCheck {
    /// True when it moves real money.
    pub live: bool,
    /// How many webhook secrets are configured: none means that no notice will be believed, two
    /// that a rotation is under way.
    pub webhook_secrets: usize,
    /// When something last happened in the account, within 30 days.
    pub last_event: Option<DateTime<Utc>>,
}
