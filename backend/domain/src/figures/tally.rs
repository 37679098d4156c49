//! What is counted of a room, a facility or a town in a month.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::Ratio;

/// How much of what was open was used (稼働), in days or in blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupancy {
    /// How many were open: offered, and not closed.
    pub open: u64,
    /// On how many of them a booking stood.
    pub booked: u64,
    /// On how many of them people were seen.
    pub checked_in: u64,
}

impl Occupancy {
    /// The share that was booked (稼働率・予約).
    #[must_use]
    pub const fn booked_share(self) -> Ratio {
        Ratio::new(self.booked, self.open)
    }

    /// The share on which people were seen (稼働率・入館).
    #[must_use]
    pub const fn checked_in_share(self) -> Ratio {
        Ratio::new(self.checked_in, self.open)
    }
}

/// The figures of one row (実績の一行); amounts in yen, tax included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Occupancy by days (日単位); of several rooms the days of each (延べ日数).
    pub days: Occupancy,
    /// Occupancy by blocks (区分単位).
    pub blocks: Occupancy,
    /// Bookings whose use lies in the month (予約件数).
    pub bookings: u64,
    /// Of these, with people seen (入館件数).
    pub checked_in: u64,
    /// Of these, noted as not come (無断不使用件数).
    pub no_shows: u64,
    /// Applications made online, of all that were accepted (オンライン申請率).
    pub online: Ratio,
    /// What came in (収納額).
    pub received_yen: u64,
    /// What was let off (減免額).
    pub reduced_yen: u64,
    /// What went back (還付額), less what came back of it; below 0 in a month in which only that was.
    pub refunded_yen: i64,
    /// Payments without cash, of all (キャッシュレス比率・件数).
    pub cashless_count: Ratio,
    /// Yen without cash, of all that came in (キャッシュレス比率・金額).
    pub cashless_yen: Ratio,
}

impl Tally {
    /// What came in less what went back (差引), yen; less than nothing in a month of refunds.
    #[must_use]
    pub fn net_yen(&self) -> i64 {
        let received = i64::try_from(self.received_yen).unwrap_or(i64::MAX);
        received.saturating_sub(self.refunded_yen)
    }

    /// The same row without its occupancy: of a room whose floor other rooms count.
    pub(super) fn without_floor(self) -> Self {
        Self {
            days: Occupancy::default(),
            blocks: Occupancy::default(),
            ..self
        }
    }
}

impl AddAssign for Occupancy {
    fn add_assign(&mut self, other: Self) {
        self.open += other.open;
        self.booked += other.booked;
        self.checked_in += other.checked_in;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.days += other.days;
        self.blocks += other.blocks;
        self.bookings += other.bookings;
        self.checked_in += other.checked_in;
        self.no_shows += other.no_shows;
        self.online += other.online;
        self.received_yen += other.received_yen;
        self.reduced_yen += other.reduced_yen;
        self.refunded_yen += other.refunded_yen;
        self.cashless_count += other.cashless_count;
        self.cashless_yen += other.cashless_yen;
    }
}
