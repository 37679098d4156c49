//! Control totals (検算): the sum under a column of a table, so that no figure of it can change
//! unseen.
//!
//! What is added up is every figure that is an amount of yen: prices (0円 too), the least and the
//! most, surcharges in yen, and the amounts that conditions compare (入場料2,000円以上). Percentages
//! and units of rounding are no amounts.

use super::when::Price;
use super::{
    Addition, DivisionPrices, FeeOption, HourlyPrice, OptionPrice, Reduction, Room, RoomPrice,
    Surcharge, Tariff, TimeBand, Town, When,
};
use crate::fees::AttributeValue;
use crate::money::{SignedYen, Yen};

/// The figures met so far, and what they come to.
#[derive(Default)]
struct Column {
    met: bool,
    sum: i64,
}

impl Column {
    fn number(&mut self, number: u64) {
        self.met = true;
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.sum = self.sum.saturating_add(number);
    }

    fn yen(&mut self, yen: Yen) {
        self.number(u64::from(yen.get()));
    }

    fn total(self) -> Option<SignedYen> {
        self.met.then_some(SignedYen::new(self.sum))
    }

    fn when(&mut self, when: &When) {
        for range in when.amount.values() {
            for end in [range.at_least, range.at_most].into_iter().flatten() {
                self.number(end);
            }
        }
    }

    fn divisions(&mut self, prices: &DivisionPrices) {
        prices.yen.values().for_each(|yen| self.yen(*yen));
        prices.runs.iter().for_each(|run| self.yen(run.yen));
        for charge in [&prices.between, &prices.extension].into_iter().flatten() {
            if let HourlyPrice::Yen(yen) = charge.per_hour {
                self.yen(yen);
            }
        }
    }

    fn bands(&mut self, bands: &[TimeBand]) {
        bands.iter().for_each(|band| self.yen(band.yen));
    }

    /// A price, or every row of its table.
    fn price<P: Price>(&mut self, price: &P, single: fn(&mut Self, &P)) {
        match price.table() {
            Some(rows) => {
                for row in rows {
                    self.when(&row.when);
                    self.price(&row.price, single);
                }
            }
            None => single(self, price),
        }
    }

    fn room_price(&mut self, price: &RoomPrice) {
        match price {
            RoomPrice::Free {} | RoomPrice::ShareOfAmount { .. } | RoomPrice::Table(_) => {}
            RoomPrice::PerHour { yen, .. }
            | RoomPrice::PerHalfHour { yen }
            | RoomPrice::PerUse { yen, .. }
            | RoomPrice::PerPerson { yen, .. } => self.yen(*yen),
            RoomPrice::PerHourByTime(bands) => self.bands(bands),
            RoomPrice::PerDivision(prices) => self.divisions(prices),
        }
    }

    fn option_price(&mut self, price: &OptionPrice) {
        match price {
            OptionPrice::ShareOfRoom { .. } | OptionPrice::Table(_) => {}
            OptionPrice::PerHour(yen)
            | OptionPrice::PerHalfHour(yen)
            | OptionPrice::PerUse(yen)
            | OptionPrice::PerPiece(yen)
            | OptionPrice::PerPerson(yen) => self.yen(*yen),
            OptionPrice::HourAndHalf { hour, half } => {
                self.yen(*hour);
                self.yen(*half);
            }
            OptionPrice::PerDivision(prices) => self.divisions(prices),
            OptionPrice::PerHourByTime(bands) => self.bands(bands),
        }
    }

    fn option(&mut self, option: &FeeOption) {
        self.price(&option.price, Self::option_price);
        option.automatic.iter().for_each(|when| self.when(when));
    }

    fn surcharge(&mut self, surcharge: &Surcharge) {
        self.when(&surcharge.when);
        if let Addition::Yen(yen) = surcharge.add {
            self.yen(yen);
        }
    }
}

impl Tariff {
    /// What its figures come to, with those of its surcharges; none where it has none.
    #[must_use]
    pub fn control_total(&self) -> Option<SignedYen> {
        let mut column = Column::default();
        column.price(&self.price, Column::room_price);
        for bound in [self.minimum_yen, self.maximum_yen].into_iter().flatten() {
            column.yen(bound);
        }
        let surcharges = self.surcharges.iter();
        surcharges.for_each(|surcharge| column.surcharge(surcharge));
        column.total()
    }
}

impl Room {
    /// What the figures of all its options come to; none where they have none.
    #[must_use]
    pub fn options_control_total(&self) -> Option<SignedYen> {
        let mut column = Column::default();
        self.options.iter().for_each(|option| column.option(option));
        column.total()
    }
}

impl Reduction {
    /// What the figures of its conditions come to; none where they have none.
    #[must_use]
    pub fn control_total(&self) -> Option<SignedYen> {
        let mut column = Column::default();
        let exclusions = self.excluded.iter();
        exclusions.for_each(|exclusion| column.when(&exclusion.when));
        column.total()
    }
}

impl Town {
    /// What the amounts come to that its examples ask with (入場料 …); none where they ask with none.
    /// What the examples must cost is reckoned anyway, and not among them.
    #[must_use]
    pub fn examples_control_total(&self) -> Option<SignedYen> {
        let mut column = Column::default();
        let requests = self.examples.iter().map(|example| &example.request);
        for answer in requests.flat_map(|request| request.attributes.values()) {
            if let AttributeValue::Amount(amount) = answer {
                column.number(*amount);
            }
        }
        column.total()
    }
}
