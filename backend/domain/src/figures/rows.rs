//! The plain rows that figures are made of.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::RoomOffer;
use crate::money::Yen;
use crate::payment::Means;
use crate::reservation::{Channel, ReservationState};
use crate::span::Span;
use crate::town::Slug;

/// All rows of a month. Rows of other months may be among them; each is counted by its own day.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// What each room offers, in the order in which rooms are read; one per room.
    pub offers: &'a [RoomOffer],
    /// What closures took.
    pub closed: &'a [ClosedFloor],
    /// The bookings used or made in the month, those that were given up as well.
    pub bookings: &'a [BookingRow],
    /// What moved in the month.
    pub money: &'a [MoneyRow],
}

/// Which room a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomRef {
    /// The facility.
    pub facility: Slug,
    /// The room.
    pub room: Slug,
}

/// Floor that a closure took (休館・公用).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedFloor {
    /// Its units.
    pub units: BTreeSet<Slug>,
    /// Its time.
    pub span: Span,
}

/// A reservation as far as figures ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingRow {
    /// What was booked.
    pub of: RoomRef,
    /// The units it claims or claimed.
    pub units: BTreeSet<Slug>,
    /// Its time.
    pub span: Span,
    /// What became of it.
    pub attendance: Attendance,
    /// Where it was made.
    pub channel: Channel,
    /// The day it was made, in Japan, if it was ever permitted; `None` of holds that lapsed and of
    /// what nobody decided yet.
    pub accepted_on: Option<NaiveDate>,
}

/// What became of a booking (利用の有無).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// People were seen.
    CheckedIn,
    /// It stands, and nobody was looked for: still to come, or a place without a desk.
    Unseen,
    /// Noted as not come.
    NoShow,
    /// It does not stand: not permitted yet, or given up.
    Gone,
}

impl Attendance {
    /// By the state.
    #[must_use]
    pub const fn of(state: &ReservationState) -> Self {
        match state {
            ReservationState::CheckedIn { .. }
            | ReservationState::Completed {
                checked_in_at: Some(_),
                ..
            } => Self::CheckedIn,
            ReservationState::Confirmed { .. }
            | ReservationState::Completed {
                checked_in_at: None,
                ..
            } => Self::Unseen,
            ReservationState::NoShow { .. } => Self::NoShow,
            ReservationState::Held(_)
            | ReservationState::AwaitingReview { .. }
            | ReservationState::AwaitingPayment { .. }
            | ReservationState::Released { .. }
            | ReservationState::Cancelled { .. }
            | ReservationState::Refused { .. } => Self::Gone,
        }
    }

    /// True while it stands on its floor.
    #[must_use]
    pub const fn stands(self) -> bool {
        !matches!(self, Self::Gone)
    }
}

/// Money that moved for a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyRow {
    /// For what.
    pub of: RoomRef,
    /// The day, in Japan.
    pub on: NaiveDate,
    /// What moved.
    pub money: Money,
}

/// What moved, yen, tax included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// It came in (収納).
    Received {
        /// As what.
        means: Means,
        /// How much.
        amount: Yen,
    },
    /// It went back (還付).
    Refunded {
        /// How much.
        amount: Yen,
    },
    /// A refund that had been paid out came back and is owed again (還付不能).
    CameBack {
        /// How much.
        amount: Yen,
    },
    /// It was let off (減免).
    Reduced {
        /// How much.
        amount: Yen,
    },
}
