//! The transitions. Each consumes the state and gives the next, with the movement to keep.

use chrono::{DateTime, Utc};

use super::{
    CashCount, CashInDrawer, Change, ClosedTill, Difference, Movement, OpenTill, TillRefusal,
    TillState, change,
};
use crate::civil;
use crate::ids::{PaymentId, RefundId};
use crate::money::Yen;

/// The most that is put into a drawer to give change from at once, yen.
pub const MOST_FLOAT: Yen = Yen::new(1_000_000);

/// How many letters a reason may have: four lines of the day sheet (収入日計表).
pub const LONGEST_REASON: usize = 200;

impl TillState {
    /// A drawer opened with `float` (釣銭準備金). With 0 円 nothing has moved yet.
    ///
    /// # Errors
    /// [`TillRefusal::BadFloat`] past [`MOST_FLOAT`].
    pub fn open(float: Yen, now: DateTime<Utc>) -> Result<(Self, Option<Movement>), TillRefusal> {
        check_float(float)?;
        let cash = CashInDrawer {
            float,
            ..CashInDrawer::default()
        };
        let till = OpenTill {
            opened_at: now,
            cash,
        };
        let movement = (!float.is_zero()).then_some(Movement::Float { amount: float });
        Ok((Self::Open(till), movement))
    }

    /// More to give change from (釣銭準備金の補充).
    ///
    /// # Errors
    /// [`TillRefusal::NothingDue`], [`TillRefusal::BadFloat`], and as [`Self::receive`].
    pub fn add_float(
        self,
        amount: Yen,
        now: DateTime<Utc>,
    ) -> Result<(Self, Movement), TillRefusal> {
        let till = self.of_today(now)?;
        check_float(amount)?;
        if amount.is_zero() {
            return Err(TillRefusal::NothingDue);
        }
        till.moved(Movement::Float { amount })
    }

    /// Cash for a payment (現金収納): `tendered` is handed over for `due`.
    ///
    /// # Errors
    /// As [`change`]; [`TillRefusal::Closed`], [`TillRefusal::OtherDay`] when the till is an
    /// earlier day's, [`TillRefusal::TooMuch`].
    pub fn receive(
        self,
        payment: PaymentId,
        due: Yen,
        tendered: Yen,
        now: DateTime<Utc>,
    ) -> Result<(Self, Movement, Change), TillRefusal> {
        let till = self.of_today(now)?;
        let change = change(due, tendered)?;
        let (till, movement) = till.moved(Movement::Received {
            payment,
            amount: due,
            tendered,
        })?;
        Ok((till, movement, change))
    }

    /// A refund in cash (現金還付).
    ///
    /// # Errors
    /// [`TillRefusal::NothingDue`] for 0 円, [`TillRefusal::NotEnough`] when there is not as much
    /// in the drawer, and as [`Self::receive`].
    pub fn pay_out(
        self,
        refund: RefundId,
        amount: Yen,
        now: DateTime<Utc>,
    ) -> Result<(Self, Movement), TillRefusal> {
        let till = self.of_today(now)?;
        if amount.is_zero() {
            return Err(TillRefusal::NothingDue);
        }
        let there = till.cash.expected();
        if amount > there {
            return Err(TillRefusal::NotEnough { there });
        }
        till.moved(Movement::PaidOut { refund, amount })
    }

    /// Counted and locked (締め), on the same day or later. Over or short needs a reason
    /// (scenario 30).
    ///
    /// # Errors
    /// [`TillRefusal::ReasonMissing`], [`TillRefusal::ReasonTooLong`], [`TillRefusal::Closed`].
    pub fn close(
        self,
        counted: CashCount,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, TillRefusal> {
        let Self::Open(OpenTill { opened_at, cash }) = self else {
            return Err(TillRefusal::Closed);
        };
        let reason = reason.trim();
        let difference = Difference::between(cash.expected(), counted.total());
        if difference != Difference::Even && reason.is_empty() {
            return Err(TillRefusal::ReasonMissing {
                difference_yen: difference.as_i64(),
            });
        }
        if reason.chars().count() > LONGEST_REASON {
            return Err(TillRefusal::ReasonTooLong {
                most: LONGEST_REASON,
            });
        }
        Ok(Self::Closed(ClosedTill {
            opened_at,
            closed_at: now,
            cash,
            counted,
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
        }))
    }

    fn of_today(self, now: DateTime<Utc>) -> Result<OpenTill, TillRefusal> {
        let date = self.date();
        match self {
            Self::Closed(_) => Err(TillRefusal::Closed),
            // 3/31 23:30 belongs to 3/31 and to the old year; 0:00 is another drawer (scenario 56).
            Self::Open(_) if civil::date_at(now) != date => Err(TillRefusal::OtherDay { date }),
            Self::Open(till) => Ok(till),
        }
    }
}

impl OpenTill {
    fn moved(self, movement: Movement) -> Result<(TillState, Movement), TillRefusal> {
        let cash = self.cash.after(&movement)?;
        Ok((TillState::Open(Self { cash, ..self }), movement))
    }
}

fn check_float(amount: Yen) -> Result<(), TillRefusal> {
    if amount <= MOST_FLOAT {
        Ok(())
    } else {
        Err(TillRefusal::BadFloat { most: MOST_FLOAT })
    }
}
