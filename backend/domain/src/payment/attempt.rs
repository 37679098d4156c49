//! One attempt to pay (決済): from the frozen request to money, or to nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Means, PaymentMethod, Step, Voucher};
use crate::money::Yen;

/// The payment service's name for a checkout session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub String);

/// The state of one attempt to pay; instants are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AttemptState {
    /// Key and parameters are stored; the service may or may not know of it yet.
    Creating,
    /// The payment page is open.
    Open {
        /// The session.
        session: SessionId,
        /// Where the payer goes.
        url: String,
        /// When the service closes it by itself.
        expires_at: DateTime<Utc>,
    },
    /// A voucher was issued, and the money is still to come (払込待ち, row 6). Nothing can call it
    /// back.
    Awaiting {
        /// The session.
        session: SessionId,
        /// What the payer takes to the store, and until when.
        voucher: Voucher,
    },
    /// The money came (収納).
    Paid {
        /// The session.
        session: SessionId,
        /// What refunds are made against.
        intent: String,
        /// When the payer entrusted it: the day it counts as paid (地方自治法231条の2の5).
        entrusted_at: DateTime<Utc>,
        /// By what. None for means we have no word for.
        #[serde(default)]
        method: Option<PaymentMethod>,
    },
    /// Cash came at the counter (現金収納). No page was ever opened for it.
    PaidInCash {
        /// When: it counts as paid and is the town's at that moment.
        at: DateTime<Utc>,
    },
    /// The page closed or its voucher ran out, without money.
    Expired {
        /// The session.
        session: SessionId,
        /// When that was seen.
        at: DateTime<Utc>,
    },
    /// The service refused to open a page.
    Failed {
        /// When.
        at: DateTime<Utc>,
        /// The service's code, for staff.
        reason: String,
    },
    /// What the service shows is not what was asked for; people must look (隔離).
    Quarantined {
        /// The session.
        session: SessionId,
        /// When.
        at: DateTime<Utc>,
        /// What differs.
        why: Mismatch,
    },
}

/// What the service shows differs from what was asked for (row 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mismatch {
    /// Another amount.
    Amount,
    /// Not yen.
    Currency,
    /// Test money for a live booking, or the reverse.
    Mode,
}

/// What was asked for, frozen with the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// The amount, yen, tax included.
    pub amount: Yen,
    /// True for real money.
    pub live: bool,
}

/// A session as the service shows it now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionSeen {
    /// The session.
    pub session: SessionId,
    /// Its amount in the currency's smallest unit; yen have no other.
    pub amount: i64,
    /// Its currency, as the service spells it.
    pub currency: String,
    /// True for real money.
    pub live: bool,
    /// How far it is.
    pub progress: SessionProgress,
}

/// How far a session is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SessionProgress {
    /// The page waits for the payer.
    Open {
        /// Where the payer goes.
        url: String,
        /// When the service closes it by itself.
        expires_at: DateTime<Utc>,
    },
    /// Finished, but the money is still to come (row 6).
    CompleteUnpaid {
        /// What the payer takes to the store, and until when.
        voucher: Voucher,
    },
    /// Finished and paid.
    CompletePaid {
        /// What refunds are made against.
        intent: String,
        /// When the payer entrusted the money.
        entrusted_at: DateTime<Utc>,
        /// By what. None for means we have no word for.
        method: Option<PaymentMethod>,
    },
    /// Closed without money: the page ran out or was closed, or its voucher ran out (row 8).
    Expired,
}

/// News that cannot be about this attempt: a bug or a forgery, never the payer's mistake.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttemptFault {
    /// The attempt has another session.
    #[error("attempt belongs to session {} and not to {}", .known.0, .seen.0)]
    OtherSession {
        /// The attempt's.
        known: SessionId,
        /// The one shown.
        seen: SessionId,
    },
}

impl AttemptState {
    /// Cash for what is owed (現金収納). The caller holds the reservation's lock and has asked
    /// [`super::plan`], so that no page is open and nothing was paid.
    #[must_use]
    pub const fn paid_in_cash(now: DateTime<Utc>) -> Self {
        Self::PaidInCash { at: now }
    }

    /// When the money came, if it did: the day it counts as paid (収納日).
    #[must_use]
    pub const fn paid_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Paid { entrusted_at, .. } => Some(*entrusted_at),
            Self::PaidInCash { at } => Some(*at),
            Self::Creating
            | Self::Open { .. }
            | Self::Awaiting { .. }
            | Self::Expired { .. }
            | Self::Failed { .. }
            | Self::Quarantined { .. } => None,
        }
    }

    /// True once the money came.
    #[must_use]
    pub const fn is_paid(&self) -> bool {
        self.paid_at().is_some()
    }

    /// True for cash: nothing here is ever asked of the payment service.
    #[must_use]
    pub const fn is_cash(&self) -> bool {
        matches!(self, Self::PaidInCash { .. })
    }

    /// What the money came as; nothing before it came.
    #[must_use]
    pub fn means(&self) -> Option<Means> {
        match self {
            Self::Paid { method, .. } => Some(method.map_or(Means::Online, Means::Service)),
            Self::PaidInCash { .. } => Some(Means::Cash),
            Self::Creating
            | Self::Open { .. }
            | Self::Awaiting { .. }
            | Self::Expired { .. }
            | Self::Failed { .. }
            | Self::Quarantined { .. } => None,
        }
    }

    /// The session, once the service has told it.
    #[must_use]
    pub const fn session(&self) -> Option<&SessionId> {
        match self {
            Self::Open { session, .. }
            | Self::Awaiting { session, .. }
            | Self::Paid { session, .. }
            | Self::Expired { session, .. }
            | Self::Quarantined { session, .. } => Some(session),
            Self::Creating | Self::PaidInCash { .. } | Self::Failed { .. } => None,
        }
    }

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Open { .. } => "open",
            Self::Awaiting { .. } => "awaiting",
            Self::Paid { .. } | Self::PaidInCash { .. } => "paid",
            Self::Expired { .. } => "expired",
            Self::Failed { .. } => "failed",
            Self::Quarantined { .. } => "quarantined",
        }
    }

    /// The voucher, while it waits for its money.
    #[must_use]
    pub const fn voucher(&self) -> Option<&Voucher> {
        match self {
            Self::Awaiting { voucher, .. } => Some(voucher),
            Self::Creating
            | Self::Open { .. }
            | Self::Paid { .. }
            | Self::PaidInCash { .. }
            | Self::Expired { .. }
            | Self::Failed { .. }
            | Self::Quarantined { .. } => None,
        }
    }

    /// True while its reservation's floor must be kept: the page or its voucher may still be paid,
    /// or nobody knows, or people must look first (row 9). At most one attempt of a reservation is so.
    #[must_use]
    pub const fn may_still_bring_money(&self) -> bool {
        match self {
            Self::Creating
            | Self::Open { .. }
            | Self::Awaiting { .. }
            | Self::Quarantined { .. } => true,
            Self::Paid { .. }
            | Self::PaidInCash { .. }
            | Self::Expired { .. }
            | Self::Failed { .. } => false,
        }
    }

    /// What the service shows now, taken in: news moves the state forward, anything older or known
    /// already changes nothing. Late money is taken in from every state that has none.
    ///
    /// # Errors
    /// [`AttemptFault::OtherSession`].
    pub fn observe(
        self,
        seen: &SessionSeen,
        expected: Expected,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, AttemptFault> {
        if let Some(known) = self.session().filter(|known| **known != seen.session) {
            return Err(AttemptFault::OtherSession {
                known: known.clone(),
                seen: seen.session.clone(),
            });
        }
        let next = seen.as_state(expected, now);
        Ok(if next.rank() > self.rank() {
            Step::Moved(next)
        } else {
            Step::Unchanged(self)
        })
    }

    /// The service refused to open a page (row 4); what is known of a session stands.
    #[must_use]
    pub fn reject(self, reason: &str, now: DateTime<Utc>) -> Step<Self> {
        match self {
            Self::Creating => Step::Moved(Self::Failed {
                at: now,
                reason: reason.to_owned(),
            }),
            known => Step::Unchanged(known),
        }
    }

    /// How final a state is. Money outranks its absence; a mismatch outranks everything, so that
    /// no confirmation follows it. Cash is no business of the payment service: no news of it are.
    const fn rank(&self) -> u8 {
        match self {
            Self::Creating => 0,
            Self::Open { .. } => 1,
            Self::Awaiting { .. } => 2,
            Self::Failed { .. } | Self::Expired { .. } => 3,
            Self::Paid { .. } => 4,
            Self::Quarantined { .. } => 5,
            Self::PaidInCash { .. } => u8::MAX,
        }
    }
}

impl SessionSeen {
    fn mismatch(&self, expected: Expected) -> Option<Mismatch> {
        if self.live != expected.live {
            Some(Mismatch::Mode)
        } else if !self.currency.eq_ignore_ascii_case("jpy") {
            Some(Mismatch::Currency)
        } else if self.amount != expected.amount.as_i64() {
            Some(Mismatch::Amount)
        } else {
            None
        }
    }

    fn as_state(&self, expected: Expected, now: DateTime<Utc>) -> AttemptState {
        let session = self.session.clone();
        if let Some(why) = self.mismatch(expected) {
            return AttemptState::Quarantined {
                session,
                at: now,
                why,
            };
        }
        match &self.progress {
            SessionProgress::Open { url, expires_at } => AttemptState::Open {
                session,
                url: url.clone(),
                expires_at: *expires_at,
            },
            SessionProgress::CompleteUnpaid { voucher } => AttemptState::Awaiting {
                session,
                voucher: voucher.clone(),
            },
            SessionProgress::CompletePaid {
                intent,
                entrusted_at,
                method,
            } => AttemptState::Paid {
                session,
                intent: intent.clone(),
                entrusted_at: *entrusted_at,
                method: *method,
            },
            SessionProgress::Expired => AttemptState::Expired { session, at: now },
        }
    }
}
