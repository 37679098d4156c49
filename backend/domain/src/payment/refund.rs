//! Refunds (還付) as states: many per payment, never more than was paid.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Step;
use crate::ids::TransferOrderId;
use crate::money::{Yen, YenOutOfRange};

/// The state of one refund; instants are UTC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RefundState {
    /// Decided (還付決定); the service may not know yet.
    Requested {
        /// When.
        at: DateTime<Utc>,
    },
    /// Decided for money that came in cash: somebody comes for it (窓口還付待ち).
    DueInCash {
        /// When.
        at: DateTime<Utc>,
    },
    /// Paid out of a drawer (窓口還付済み).
    PaidInCash {
        /// When.
        at: DateTime<Utc>,
        /// The service's id, if it had failed there before.
        provider_id: Option<String>,
    },
    /// Goes to a bank account (口座振込), because it cannot go back the way the money came: it waits for
    /// the account, then for the next order.
    DueByTransfer {
        /// When.
        at: DateTime<Utc>,
        /// The service's id, if it had failed there before.
        provider_id: Option<String>,
        /// True once somebody has told which account.
        account_told: bool,
    },
    /// In an order to the bank (振込依頼中).
    InOrder {
        /// Which.
        order: TransferOrderId,
        /// When.
        at: DateTime<Utc>,
        /// The service's id, if it had failed there before.
        provider_id: Option<String>,
    },
    /// The bank sent it (振込済み).
    Transferred {
        /// By which order.
        order: TransferOrderId,
        /// When that was noted.
        at: DateTime<Utc>,
        /// The service's id, if it had failed there before.
        provider_id: Option<String>,
    },
    /// The service works on it.
    Pending {
        /// The service's id.
        provider_id: String,
        /// When that was seen.
        at: DateTime<Utc>,
        /// True when the payer must first tell a bank account.
        needs_payer: bool,
    },
    /// The money is on its way back (還付済み).
    Done {
        /// The service's id.
        provider_id: String,
        /// When that was seen.
        at: DateTime<Utc>,
    },
    /// It did not reach the payer, perhaps days after it was done: staff pay it back by hand.
    Failed {
        /// The service's id, if it ever had one.
        provider_id: Option<String>,
        /// When that was seen.
        at: DateTime<Utc>,
        /// The service's code, for staff.
        reason: String,
    },
}

/// A refund as the service shows it now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RefundSeen {
    /// The service's id.
    pub provider_id: String,
    /// How far it is.
    pub progress: RefundProgress,
}

/// How far a refund is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RefundProgress {
    /// Under way.
    Pending,
    /// The payer must first tell a bank account.
    NeedsPayer,
    /// On its way back.
    Succeeded,
    /// Failed or cancelled at the service.
    Failed {
        /// The service's code.
        reason: String,
    },
}

/// News that cannot be about this refund.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundFault {
    /// The refund has another id at the service.
    #[error("refund is {known} at the service and not {seen}")]
    OtherRefund {
        /// The one known.
        known: String,
        /// The one shown.
        seen: String,
    },
}

/// A refund that cannot be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefusal {
    /// 0 円 (還付なし).
    #[error("お返しする金額がありません")]
    NothingToReturn,
    /// More than is left of the payment (row 17).
    #[error("お返しできるのは{left}までです")]
    MoreThanPaid {
        /// What is left.
        left: Yen,
    },
    /// The payer's bank is asked about this payment: what went back by us might go back twice
    /// (row 22).
    #[error("カード会社への申立てが終わるまで返金できません")]
    Disputed,
    /// It goes back through the payment service or the bank, or went.
    #[error("この返金は窓口ではお渡しできません")]
    NotAtCounter,
    /// It does not wait for an account, or not any more.
    #[error("この返金は、いま口座への振込にできません")]
    NotByTransfer,
}

impl RefundRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingToReturn => "refund.nothing",
            Self::MoreThanPaid { .. } => "refund.more_than_paid",
            Self::Disputed => "refund.disputed",
            Self::NotAtCounter => "refund.not_at_counter",
            Self::NotByTransfer => "refund.not_by_transfer",
        }
    }
}

/// What can still be given back of a payment: what was paid less every refund that has not failed.
///
/// One that was only asked for may ask for more than there is, when somebody gave the same money
/// back at the service's own screens meanwhile (row 21): then nothing is left, and the service will
/// say no to ours.
///
/// Nor is anything left where more went back than came: somebody paid out at the counter what was
/// sent back at those screens a minute later. People see both, and nothing follows by itself.
///
/// # Errors
/// [`YenOutOfRange`] when the refunds cannot be summed up.
pub fn refundable<'a>(
    paid: Yen,
    refunds: impl IntoIterator<Item = (Yen, &'a RefundState)>,
) -> Result<Yen, YenOutOfRange> {
    let standing = refunds
        .into_iter()
        .filter(|(_, state)| !matches!(state, RefundState::Failed { .. }))
        .map(|(amount, _)| amount);
    let gone = Yen::sum(standing)?;
    paid.minus(gone.min(paid))
}

/// A new refund of `amount`, out of what [`refundable`] says is `left` (row 17). The caller holds
/// the payment's lock, so that two refunds at once cannot both fit.
///
/// # Errors
/// [`RefundRefusal`].
pub fn request_refund(
    amount: Yen,
    left: Yen,
    now: DateTime<Utc>,
) -> Result<RefundState, RefundRefusal> {
    check(amount, left)?;
    Ok(RefundState::Requested { at: now })
}

/// A new refund of money that came in cash: as [`request_refund`], but nobody is asked to send it.
///
/// # Errors
/// [`RefundRefusal`].
pub fn owe_in_cash(
    amount: Yen,
    left: Yen,
    now: DateTime<Utc>,
) -> Result<RefundState, RefundRefusal> {
    check(amount, left)?;
    Ok(RefundState::DueInCash { at: now })
}

/// A new refund that goes to a bank account: as [`request_refund`], where the payment service gives
/// nothing back any more.
///
/// # Errors
/// [`RefundRefusal`].
pub fn owe_by_transfer(
    amount: Yen,
    left: Yen,
    now: DateTime<Utc>,
) -> Result<RefundState, RefundRefusal> {
    check(amount, left)?;
    Ok(RefundState::DueByTransfer {
        at: now,
        provider_id: None,
        account_told: false,
    })
}

fn check(amount: Yen, left: Yen) -> Result<(), RefundRefusal> {
    if amount.is_zero() {
        return Err(RefundRefusal::NothingToReturn);
    }
    if amount > left {
        return Err(RefundRefusal::MoreThanPaid { left });
    }
    Ok(())
}

impl RefundState {
    /// A refund that we never asked for, made at the service's own screens (row 21). It is a fact,
    /// so nothing can refuse it; what becomes of the reservation, staff decide.
    #[must_use]
    pub fn found(seen: &RefundSeen, now: DateTime<Utc>) -> Self {
        seen.as_state(now)
    }

    /// Paid out of a drawer (窓口還付): one that waits for it, or one that the service could not
    /// bring to the payer (row 20). `left` is what [`refundable`] says without this one, if it failed.
    ///
    /// # Errors
    /// [`RefundRefusal::NotAtCounter`]; [`RefundRefusal::MoreThanPaid`] when another refund was made
    /// in the place of one that failed.
    pub fn pay_in_cash(
        self,
        amount: Yen,
        left: Yen,
        now: DateTime<Utc>,
    ) -> Result<Self, RefundRefusal> {
        match self {
            Self::DueInCash { .. } => Ok(Self::PaidInCash {
                at: now,
                provider_id: None,
            }),
            Self::DueByTransfer { provider_id, .. } => Ok(Self::PaidInCash {
                at: now,
                provider_id,
            }),
            // What failed is not counted as given back, so it has to fit again.
            Self::Failed { .. } if amount > left => Err(RefundRefusal::MoreThanPaid { left }),
            Self::Failed { provider_id, .. } => Ok(Self::PaidInCash {
                at: now,
                provider_id,
            }),
            Self::Requested { .. }
            | Self::InOrder { .. }
            | Self::Transferred { .. }
            | Self::Pending { .. }
            | Self::Done { .. }
            | Self::PaidInCash { .. } => Err(RefundRefusal::NotAtCounter),
        }
    }

    /// Whether an account may be told for it (還付口座の届出): it waits for one, for somebody to come
    /// for it in cash, or could not be brought to the payer.
    #[must_use]
    pub const fn takes_an_account(&self) -> bool {
        matches!(
            self,
            Self::DueInCash { .. } | Self::DueByTransfer { .. } | Self::Failed { .. }
        )
    }

    /// Somebody told which account it is to go to. `left` as for [`Self::pay_in_cash`].
    ///
    /// # Errors
    /// [`RefundRefusal::NotByTransfer`]; [`RefundRefusal::MoreThanPaid`] when another refund was made
    /// in the place of one that failed.
    pub fn tell_account(
        self,
        amount: Yen,
        left: Yen,
        now: DateTime<Utc>,
    ) -> Result<Self, RefundRefusal> {
        let (at, provider_id) = match self {
            Self::DueInCash { .. } => (now, None),
            Self::DueByTransfer {
                at, provider_id, ..
            } => (at, provider_id),
            Self::Failed { .. } if amount > left => {
                return Err(RefundRefusal::MoreThanPaid { left });
            }
            Self::Failed { provider_id, .. } => (now, provider_id),
            Self::Requested { .. }
            | Self::PaidInCash { .. }
            | Self::InOrder { .. }
            | Self::Transferred { .. }
            | Self::Pending { .. }
            | Self::Done { .. } => return Err(RefundRefusal::NotByTransfer),
        };
        Ok(Self::DueByTransfer {
            at,
            provider_id,
            account_told: true,
        })
    }

    /// Taken into an order to the bank.
    ///
    /// # Errors
    /// [`RefundRefusal::NotByTransfer`] unless its account is known and no order has it.
    pub fn enter_order(
        self,
        order: TransferOrderId,
        now: DateTime<Utc>,
    ) -> Result<Self, RefundRefusal> {
        match self {
            Self::DueByTransfer {
                account_told: true,
                provider_id,
                ..
            } => Ok(Self::InOrder {
                order,
                at: now,
                provider_id,
            }),
            _ => Err(RefundRefusal::NotByTransfer),
        }
    }

    /// Its order was taken back: it waits for the next one.
    ///
    /// # Errors
    /// [`RefundRefusal::NotByTransfer`] unless it is in an order.
    pub fn leave_order(self, now: DateTime<Utc>) -> Result<Self, RefundRefusal> {
        match self {
            Self::InOrder { provider_id, .. } => Ok(Self::DueByTransfer {
                at: now,
                provider_id,
                account_told: true,
            }),
            _ => Err(RefundRefusal::NotByTransfer),
        }
    }

    /// The bank carried its order out.
    ///
    /// # Errors
    /// [`RefundRefusal::NotByTransfer`] unless it is in that order.
    pub fn transferred(
        self,
        by: TransferOrderId,
        now: DateTime<Utc>,
    ) -> Result<Self, RefundRefusal> {
        match self {
            Self::InOrder {
                order, provider_id, ..
            } if order == by => Ok(Self::Transferred {
                order,
                at: now,
                provider_id,
            }),
            _ => Err(RefundRefusal::NotByTransfer),
        }
    }

    /// The bank sent it back (振込不能・組戻し): it waits for another account.
    ///
    /// # Errors
    /// [`RefundRefusal::NotByTransfer`] unless it was sent by that order.
    pub fn sent_back(self, by: TransferOrderId, now: DateTime<Utc>) -> Result<Self, RefundRefusal> {
        match self {
            Self::Transferred {
                order, provider_id, ..
            } if order == by => Ok(Self::DueByTransfer {
                at: now,
                provider_id,
                account_told: false,
            }),
            _ => Err(RefundRefusal::NotByTransfer),
        }
    }

    /// When the money went back, if it did (還付日).
    #[must_use]
    pub const fn returned_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Done { at, .. } | Self::PaidInCash { at, .. } | Self::Transferred { at, .. } => {
                Some(*at)
            }
            Self::Requested { .. }
            | Self::DueInCash { .. }
            | Self::DueByTransfer { .. }
            | Self::InOrder { .. }
            | Self::Pending { .. }
            | Self::Failed { .. } => None,
        }
    }

    /// The service's id, once it has one.
    #[must_use]
    pub fn provider_id(&self) -> Option<&str> {
        match self {
            Self::Requested { .. } | Self::DueInCash { .. } => None,
            Self::Pending { provider_id, .. } | Self::Done { provider_id, .. } => Some(provider_id),
            Self::Failed { provider_id, .. }
            | Self::PaidInCash { provider_id, .. }
            | Self::DueByTransfer { provider_id, .. }
            | Self::InOrder { provider_id, .. }
            | Self::Transferred { provider_id, .. } => provider_id.as_deref(),
        }
    }

    /// As it stands in the database and in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "requested",
            Self::DueInCash { .. } => "due_in_cash",
            Self::PaidInCash { .. } => "paid_in_cash",
            Self::DueByTransfer { .. } => "due_by_transfer",
            Self::InOrder { .. } => "in_order",
            Self::Transferred { .. } => "transferred",
            Self::Pending { .. } => "pending",
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
        }
    }

    /// True while the payment service has to be asked about it: until it is done or has failed.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Self::Requested { .. } | Self::Pending { .. })
    }

    /// What the service shows now, taken in (rows 18–20): a failure is news even after success.
    ///
    /// # Errors
    /// [`RefundFault::OtherRefund`].
    pub fn observe(self, seen: &RefundSeen, now: DateTime<Utc>) -> Result<Step<Self>, RefundFault> {
        if let Some(known) = self
            .provider_id()
            .filter(|known| *known != seen.provider_id)
        {
            return Err(RefundFault::OtherRefund {
                known: known.to_owned(),
                seen: seen.provider_id.clone(),
            });
        }
        let next = seen.as_state(now);
        Ok(if next.rank() > self.rank() {
            Step::Moved(next)
        } else {
            Step::Unchanged(self)
        })
    }

    /// The service refused it outright.
    #[must_use]
    pub fn reject(self, reason: &str, now: DateTime<Utc>) -> Step<Self> {
        match self {
            Self::Requested { .. } => Step::Moved(Self::Failed {
                provider_id: None,
                at: now,
                reason: reason.to_owned(),
            }),
            known => Step::Unchanged(known),
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Requested { .. } => 0,
            Self::Pending {
                needs_payer: false, ..
            } => 1,
            Self::Pending {
                needs_payer: true, ..
            } => 2,
            Self::Done { .. } => 3,
            Self::Failed { .. } => 4,
            // Drawer and bank are no business of the service.
            Self::DueInCash { .. }
            | Self::PaidInCash { .. }
            | Self::DueByTransfer { .. }
            | Self::InOrder { .. }
            | Self::Transferred { .. } => u8::MAX,
        }
    }
}

impl RefundSeen {
    fn as_state(&self, now: DateTime<Utc>) -> RefundState {
        let provider_id = self.provider_id.clone();
        match &self.progress {
            RefundProgress::Pending => RefundState::Pending {
                provider_id,
                at: now,
                needs_payer: false,
            },
            RefundProgress::NeedsPayer => RefundState::Pending {
                provider_id,
                at: now,
                needs_payer: true,
            },
            RefundProgress::Succeeded => RefundState::Done {
                provider_id,
                at: now,
            },
            RefundProgress::Failed { reason } => RefundState::Failed {
                provider_id: Some(provider_id),
                at: now,
                reason: reason.clone(),
            },
        }
    }
}
