//! The transitions. Each consumes the state and gives the next, or says why not.

use chrono::{DateTime, Utc};

use super::{CancelledBy, Held, ReleaseReason, ReservationRefusal, ReservationState};
use crate::span::Span;

impl ReservationState {
    /// A new hold (仮押さえ) of `minutes` from `now`.
    #[must_use]
    pub fn hold(now: DateTime<Utc>, minutes: u16) -> Self {
        Self::Held(Held::start(now, minutes))
    }

    /// The hold, extended once (延長).
    ///
    /// # Errors
    /// As [`Held::extend`]; [`ReservationRefusal::WrongState`] when it is no hold.
    pub fn extend(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        match self {
            Self::Held(held) => held.extend(now).map(Self::Held),
            other => Err(other.refuse()),
        }
    }

    /// Applied for; somebody must decide (審査へ).
    ///
    /// # Errors
    /// Unless it is a hold that has not lapsed.
    pub fn submit_for_review(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        self.live_hold(now)?;
        Ok(Self::AwaitingReview { since: now })
    }

    /// Applied for or approved; the fee is due (支払いへ).
    ///
    /// # Errors
    /// Unless it is a hold that has not lapsed, or waits for review.
    pub fn await_payment(
        self,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<Self, ReservationRefusal> {
        match self {
            Self::AwaitingReview { .. } => Ok(Self::AwaitingPayment { due }),
            other => {
                other.live_hold(now)?;
                Ok(Self::AwaitingPayment { due })
            }
        }
    }

    /// Confirmed without money: the fee is 0 円 (無料・全額免除).
    ///
    /// # Errors
    /// Unless it is a hold or waits for a payment and has not lapsed, or waits for review. Who was
    /// exempted at the counter after opening a payment page has nothing to pay any more.
    pub fn confirm_free(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        match self {
            Self::AwaitingReview { .. } => Ok(Self::Confirmed { at: now }),
            Self::AwaitingPayment { due } if now >= due => {
                Err(ReservationRefusal::HoldLapsed { until: due })
            }
            Self::AwaitingPayment { .. } => Ok(Self::Confirmed { at: now }),
            other => {
                other.live_hold(now)?;
                Ok(Self::Confirmed { at: now })
            }
        }
    }

    /// Confirmed by money. The due date does not matter: while the state waits, its floor was
    /// kept, so money that came in time or just after it finds what it paid for.
    ///
    /// # Errors
    /// [`ReservationRefusal::WrongState`] unless held or awaiting payment; what then happens to the
    /// money is [`crate::payment::land`]'s answer.
    pub fn confirm_paid(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        match self {
            Self::Held(_) | Self::AwaitingPayment { .. } => Ok(Self::Confirmed { at: now }),
            other => Err(other.refuse()),
        }
    }

    /// Kept until a voucher has run out (row 6); never shorter than before.
    ///
    /// # Errors
    /// [`ReservationRefusal::WrongState`] unless it awaits payment.
    pub fn keep_for_voucher(self, until: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        match self {
            Self::AwaitingPayment { due } => Ok(Self::AwaitingPayment {
                due: due.max(until),
            }),
            other => Err(other.refuse()),
        }
    }

    /// Confirmed by late money after its floor had lapsed (再取得). The caller has claimed the
    /// floor again in the same transaction (payments.md §3 row 11).
    ///
    /// # Errors
    /// [`ReservationRefusal::WrongState`] unless released.
    pub fn rebook(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        match self {
            Self::Released { .. } => Ok(Self::Confirmed { at: now }),
            other => Err(other.refuse()),
        }
    }

    /// Lapsed (失効). The caller knows that its checkout is dead.
    ///
    /// # Errors
    /// [`ReservationRefusal::NotLapsed`] before the time, [`ReservationRefusal::WrongState`] when
    /// nothing can lapse.
    pub fn release(self, now: DateTime<Utc>) -> Result<Self, ReservationRefusal> {
        let (until, why) = match &self {
            Self::Held(held) => (held.until(), ReleaseReason::HoldLapsed),
            Self::AwaitingPayment { due } => (*due, ReleaseReason::PaymentLapsed),
            other => return Err(other.refuse()),
        };
        if now < until {
            return Err(ReservationRefusal::NotLapsed { until });
        }
        Ok(Self::Released { at: now, why })
    }

    /// Given up (取消). The caller knows that its checkout is dead, or has asked for the refund.
    ///
    /// Nobody can cancel once the time of use has begun (松前町 domain.md A4), but for the town, as
    /// long as nobody has come, and for the counter, as long as the time lasts, with what it sold or
    /// holds after the beginning: a slip at the counter must not stay in the books.
    ///
    /// # Errors
    /// [`ReservationRefusal::AlreadyStarted`], [`ReservationRefusal::ReasonMissing`] when the
    /// counter or the town cancels without a word, [`ReservationRefusal::WrongState`] when there is
    /// nothing to cancel.
    pub fn cancel(
        self,
        now: DateTime<Utc>,
        span: Span,
        by: CancelledBy,
        reason: &str,
    ) -> Result<Self, ReservationRefusal> {
        let reason = reason.trim();
        match &self {
            Self::Held(_)
            | Self::AwaitingReview { .. }
            | Self::AwaitingPayment { .. }
            | Self::Confirmed { .. } => {}
            other => return Err(other.refuse()),
        }
        let start = span.start().instant();
        match by {
            CancelledBy::Resident if now >= start => {
                Err(ReservationRefusal::AlreadyStarted { start })
            }
            CancelledBy::Counter if now >= start && !self.can_be_undone(now, span) => {
                Err(ReservationRefusal::AlreadyStarted { start })
            }
            CancelledBy::Counter | CancelledBy::Facility if reason.is_empty() => {
                Err(ReservationRefusal::ReasonMissing)
            }
            CancelledBy::Resident | CancelledBy::Counter | CancelledBy::Facility => {
                Ok(Self::Cancelled {
                    at: now,
                    by,
                    reason: reason.to_owned(),
                })
            }
        }
    }

    /// Whether [`Self::cancel`] would do it, given a reason.
    #[must_use]
    pub fn can_be_cancelled(&self, now: DateTime<Utc>, span: Span, by: CancelledBy) -> bool {
        self.clone().cancel(now, span, by, "given").is_ok()
    }

    /// Not permitted (不許可).
    ///
    /// # Errors
    /// [`ReservationRefusal::ReasonMissing`], or [`ReservationRefusal::WrongState`] unless it waits
    /// for review.
    pub fn refuse_permission(
        self,
        now: DateTime<Utc>,
        reason: &str,
    ) -> Result<Self, ReservationRefusal> {
        match self {
            Self::AwaitingReview { .. } if reason.trim().is_empty() => {
                Err(ReservationRefusal::ReasonMissing)
            }
            Self::AwaitingReview { .. } => Ok(Self::Refused {
                at: now,
                reason: reason.trim().to_owned(),
            }),
            other => Err(other.refuse()),
        }
    }

    /// True for what was confirmed after its time had begun, as only the counter does (当日の途中から
    /// の受付).
    #[must_use]
    pub fn began_before_it_was_sold(&self, span: Span) -> bool {
        matches!(self, Self::Confirmed { at } if *at >= span.start().instant())
    }

    /// True while the counter may take back what it sells of a running slot.
    fn can_be_undone(&self, now: DateTime<Utc>, span: Span) -> bool {
        let unsold = !matches!(self, Self::Confirmed { .. });
        now < span.end().instant() && (unsold || self.began_before_it_was_sold(span))
    }

    fn live_hold(&self, now: DateTime<Utc>) -> Result<(), ReservationRefusal> {
        match self {
            Self::Held(held) if held.has_lapsed(now) => Err(ReservationRefusal::HoldLapsed {
                until: held.until(),
            }),
            Self::Held(_) => Ok(()),
            other => Err(other.refuse()),
        }
    }

    pub(super) const fn refuse(&self) -> ReservationRefusal {
        ReservationRefusal::WrongState { is: self.name() }
    }
}
