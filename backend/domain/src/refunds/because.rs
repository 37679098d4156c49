//! For which reason something is given up, and what comes back for it.

use chrono::{DateTime, Utc};

use super::by_slot::{over_slots, refund_of_slots};
use super::{Reckoning, SlotPaid, reckoning, refund_by_override, refund_for_reason};
use crate::eligibility::RuleRefusal;
use crate::money::{Yen, YenOutOfRange};
use crate::town::Slug;

/// For which reason somebody gives a use up, as far as money goes (取消の理由).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Because {
    /// Their own convenience (自己都合).
    #[default]
    Own,
    /// One of the town's reasons (災害・雨天・やむを得ない理由).
    Reason(Slug),
    /// An amount out of the rule, for one of the reasons that the town has laid down for that.
    Override {
        /// The reason.
        reason: Slug,
        /// How much comes back, yen.
        amount: Yen,
    },
}

/// By which rule a refund was reckoned, as it is kept (還付の根拠).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// Their own convenience: the tiers (自己都合).
    Own,
    /// One of the town's reasons.
    Reason(Slug),
    /// An amount out of the rule.
    Override(Slug),
    /// The facility was the cause (施設の都合).
    Facility,
    /// A sale of a running slot that the counter took back (窓口の誤り).
    Slip,
    /// Time was given up, and the rule of changes gives nothing back for that (時間の短縮).
    Shorter,
}

impl Grounds {
    /// As it stands in the database.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Reason(_) => "reason",
            Self::Override(_) => "override",
            Self::Facility => "facility",
            Self::Slip => "slip",
            Self::Shorter => "shorter",
        }
    }

    /// The town's reason, where there is one (理由コード).
    #[must_use]
    pub const fn code(&self) -> Option<&Slug> {
        match self {
            Self::Reason(code) | Self::Override(code) => Some(code),
            Self::Own | Self::Facility | Self::Slip | Self::Shorter => None,
        }
    }

    /// From what stands in the database; `None` for what nobody has written.
    #[must_use]
    pub fn read(word: &str, code: Option<Slug>) -> Option<Self> {
        Some(match (word, code) {
            ("own", None) => Self::Own,
            ("reason", Some(code)) => Self::Reason(code),
            ("override", Some(code)) => Self::Override(code),
            ("facility", None) => Self::Facility,
            ("slip", None) => Self::Slip,
            ("shorter", None) => Self::Shorter,
            _ => return None,
        })
    }
}

impl From<&Because> for Grounds {
    fn from(because: &Because) -> Self {
        match because {
            Because::Own => Self::Own,
            Because::Reason(reason) => Self::Reason(reason.clone()),
            Because::Override { reason, .. } => Self::Override(reason.clone()),
        }
    }
}

/// Why a refund cannot be reckoned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReckoned {
    /// The rule says no.
    #[error(transparent)]
    Rule(#[from] RuleRefusal),
    /// The town has no such reason for that room.
    #[error("この室場では選べない理由です")]
    ReasonUnknown,
    /// The sums do not fit.
    #[error(transparent)]
    Sum(#[from] YenOutOfRange),
}

/// What comes back for the slots that are given up: one reckoning for each slot, or one in all for an
/// amount out of the rule; their sum is what comes back. A whole booking is one slot.
///
/// # Errors
/// [`NotReckoned`].
pub fn refund_because(
    slots: &[SlotPaid<'_>],
    because: &Because,
    now: DateTime<Utc>,
) -> Result<Vec<Reckoning>, NotReckoned> {
    match because {
        Because::Own => Ok(refund_of_slots(slots, now)?),
        Because::Reason(reason) => {
            let each = slots
                .iter()
                .map(|slot| {
                    refund_for_reason(slot.used, reason, slot.paid, now)?
                        .ok_or(NotReckoned::ReasonUnknown)
                })
                .collect::<Result<Vec<_>, NotReckoned>>()?;
            Ok(over_slots(slots, each)?)
        }
        Because::Override { reason, amount } => {
            let paid = Yen::sum(slots.iter().map(|slot| slot.paid))?;
            let rule = slots.first().map(|slot| &slot.used.facility.refund);
            let rule = rule.ok_or(NotReckoned::ReasonUnknown)?;
            Ok(vec![refund_by_override(rule, paid, *amount, reason)?])
        }
    }
}

/// What comes back where the rule of changes gives nothing for time that is given up (時間の短縮).
#[must_use]
pub fn refund_of_shortening(article: &str) -> Reckoning {
    let label = "時間の短縮（還付なし）".to_owned();
    reckoning(Yen::ZERO, 0, label, article)
}
