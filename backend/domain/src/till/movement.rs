//! What goes into a drawer and out of it (現金の出入り).

use serde::{Deserialize, Serialize};

use super::TillRefusal;
use crate::ids::{PaymentId, RefundId};
use crate::money::{Yen, YenOutOfRange};

/// One movement of cash (現金の出入り), yen, never 0. Of one payment and of one refund there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "movement", rename_all = "snake_case")]
pub enum Movement {
    /// Money to give change from (釣銭準備金), at the opening or later.
    Float {
        /// How much was put in.
        amount: Yen,
    },
    /// Cash came for a payment (現金収納).
    Received {
        /// Which payment.
        payment: PaymentId,
        /// What was owed and stays in the drawer.
        amount: Yen,
        /// What was handed over (預り金).
        tendered: Yen,
    },
    /// A refund was paid out (現金還付).
    PaidOut {
        /// Which refund.
        refund: RefundId,
        /// How much.
        amount: Yen,
    },
}

impl Movement {
    /// What was handed back of it (釣銭), yen; 0 for all but a payment.
    #[must_use]
    pub fn change(&self) -> Yen {
        match self {
            Self::Received {
                amount, tendered, ..
            } => tendered.minus(*amount).unwrap_or(Yen::ZERO),
            Self::Float { .. } | Self::PaidOut { .. } => Yen::ZERO,
        }
    }
}

/// What the movements of a till make (引出しの現金), yen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashInDrawer {
    /// What was put in to give change from (釣銭準備金).
    pub float: Yen,
    /// What came for payments (現金収納).
    pub received: Yen,
    /// What was paid out for refunds (現金還付).
    pub paid_out: Yen,
}

impl CashInDrawer {
    /// The sums of movements, in any order.
    ///
    /// # Errors
    /// [`YenOutOfRange`] past 4,294,967,295 円.
    pub fn of<'a>(
        movements: impl IntoIterator<Item = &'a Movement>,
    ) -> Result<Self, YenOutOfRange> {
        movements
            .into_iter()
            .try_fold(Self::default(), |cash, movement| cash.with(movement))
    }

    /// What there should be (あるべき現金), yen: 0 rather than less, which no till comes to.
    #[must_use]
    pub fn expected(self) -> Yen {
        let inside = u64::from(self.float.get()) + u64::from(self.received.get());
        let left = inside.saturating_sub(u64::from(self.paid_out.get()));
        Yen::new(u32::try_from(left).unwrap_or(u32::MAX))
    }

    /// What there would be after a movement.
    pub(super) fn after(self, movement: &Movement) -> Result<Self, TillRefusal> {
        let next = self.with(movement).map_err(|_much| TillRefusal::TooMuch)?;
        // The sum of the two has to fit as well.
        next.float
            .plus(next.received)
            .map_err(|_much| TillRefusal::TooMuch)?;
        Ok(next)
    }

    fn with(self, movement: &Movement) -> Result<Self, YenOutOfRange> {
        Ok(match movement {
            Movement::Float { amount } => Self {
                float: self.float.plus(*amount)?,
                ..self
            },
            Movement::Received { amount, .. } => Self {
                received: self.received.plus(*amount)?,
                ..self
            },
            Movement::PaidOut { amount, .. } => Self {
                paid_out: self.paid_out.plus(*amount)?,
                ..self
            },
        })
    }
}
