//! Whether the people came: check-in, no-show, completion, and taking a mistake back.

use chrono::{DateTime, Duration, Utc};

use super::{ReservationRefusal, ReservationState};
use crate::span::Span;

/// How long before the start people are let in where nothing else is said, minutes: time to find
/// the room and to open it.
pub const EARLY_CHECK_IN_MINUTES: u16 = 60;

impl ReservationState {
    /// The people have come (入館): from `early_minutes` before the start until the end.
    ///
    /// # Errors
    /// [`ReservationRefusal::TooEarly`] before that, [`ReservationRefusal::TooLate`] from the end
    /// on, [`ReservationRefusal::WrongState`] unless confirmed.
    pub fn check_in(
        self,
        now: DateTime<Utc>,
        span: Span,
        early_minutes: u16,
    ) -> Result<Self, ReservationRefusal> {
        let Self::Confirmed { at: confirmed_at } = self else {
            return Err(self.refuse());
        };
        let from = span.start().instant() - Duration::minutes(i64::from(early_minutes));
        let until = span.end().instant();
        if now < from {
            return Err(ReservationRefusal::TooEarly { from });
        }
        if now >= until {
            return Err(ReservationRefusal::TooLate { until });
        }
        Ok(Self::CheckedIn {
            at: now,
            confirmed_at,
        })
    }

    /// They had not come: somebody else was let in under their name (入館の取消し).
    ///
    /// # Errors
    /// [`ReservationRefusal::WrongState`] unless checked in.
    pub fn undo_check_in(self) -> Result<Self, ReservationRefusal> {
        match self {
            Self::CheckedIn { confirmed_at, .. } => Ok(Self::Confirmed { at: confirmed_at }),
            other => Err(other.refuse()),
        }
    }

    /// Used (利用済み), once the time is over; places without a desk never check anybody in.
    ///
    /// # Errors
    /// [`ReservationRefusal::TooEarly`] before the end, [`ReservationRefusal::WrongState`] unless
    /// confirmed or checked in.
    pub fn complete(self, now: DateTime<Utc>, span: Span) -> Result<Self, ReservationRefusal> {
        let (confirmed_at, checked_in_at) = match self {
            Self::Confirmed { at } => (at, None),
            Self::CheckedIn { at, confirmed_at } => (confirmed_at, Some(at)),
            other => return Err(other.refuse()),
        };
        let from = span.end().instant();
        if now < from {
            return Err(ReservationRefusal::TooEarly { from });
        }
        Ok(Self::Completed {
            at: now,
            confirmed_at,
            checked_in_at,
        })
    }

    /// Nobody came (無断不使用), from the start on. The floor stays theirs: whoever is late still
    /// has it, see [`Self::undo_no_show`].
    ///
    /// # Errors
    /// [`ReservationRefusal::TooEarly`] before the start, [`ReservationRefusal::WrongState`] unless
    /// confirmed.
    pub fn no_show(self, now: DateTime<Utc>, span: Span) -> Result<Self, ReservationRefusal> {
        let Self::Confirmed { at: confirmed_at } = self else {
            return Err(self.refuse());
        };
        let from = span.start().instant();
        if now < from {
            return Err(ReservationRefusal::TooEarly { from });
        }
        Ok(Self::NoShow {
            at: now,
            confirmed_at,
        })
    }

    /// They came after all, or had called in time (無断不使用の取消し; scenario 49).
    ///
    /// # Errors
    /// [`ReservationRefusal::WrongState`] unless noted as not come.
    pub fn undo_no_show(self) -> Result<Self, ReservationRefusal> {
        match self {
            Self::NoShow { confirmed_at, .. } => Ok(Self::Confirmed { at: confirmed_at }),
            other => Err(other.refuse()),
        }
    }
}
