//! What is booked with a room (照明・冷暖房・備品・回数券).

use serde::{Deserialize, Serialize};

use super::when::Price;
use super::{DivisionPrices, Rounding, Row, Slug, TimeBand, When, is_false};
use crate::money::Yen;
use crate::quote::Component;

/// Something booked with the room (照明・冷暖房・備品).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FeeOption {
    /// Its slug, unique in the room.
    pub id: Slug,
    /// The name (「照明」).
    pub name: String,
    /// What it is: surcharges and reductions touch components.
    #[serde(default = "equipment", skip_serializing_if = "is_equipment")]
    pub component: Component,
    /// How it is priced.
    pub price: OptionPrice,
    /// How its amount is rounded, where it is a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounding>,
    /// When it is charged without being asked for (幌延町: 暖房 10月–4月).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<When>,
    /// How many can be had at most; 1 for a switch.
    pub max_quantity: u32,
    /// Options of the room that cannot be had with it: zones inside a whole (照明 全面と北).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<Slug>,
    /// The facility's stock that its pieces are taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<Slug>,
    /// The article.
    pub article: String,
    /// True when no source gives the price; shown as 見本.
    #[serde(default, skip_serializing_if = "is_false")]
    pub illustrative: bool,
}

const fn equipment() -> Component {
    Component::Equipment
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if wants a reference"
)]
const fn is_equipment(component: &Component) -> bool {
    matches!(component, Component::Equipment)
}

/// The price of an option, yen, as the table has it (tax inside, unless the tariff says otherwise).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OptionPrice {
    /// Per hour; a started hour counts as one.
    PerHour(Yen),
    /// Per started 30 minutes.
    PerHalfHour(Yen),
    /// Per hour, and for a last half hour a price of its own (美咲町: 1時間2,080円、30分1,030円).
    HourAndHalf {
        /// Yen for a whole hour.
        hour: Yen,
        /// Yen for a last started 30 minutes.
        half: Yen,
    },
    /// Per division or booking.
    PerUse(Yen),
    /// Per piece, however long (回数券・個人券).
    PerPiece(Yen),
    /// Per person who comes.
    PerPerson(Yen),
    /// By division, like a room (共和町: 暖房料).
    PerDivision(DivisionPrices),
    /// Per started hour, by the time of day; outside the bands nothing (西原町: 照明は18時から).
    PerHourByTime(Vec<TimeBand>),
    /// A share of the room's price (香美町: 冷暖房は基本使用料の3割).
    ShareOfRoom {
        /// Percent.
        percent: u32,
        /// Of the table's price, or of what the surcharges have made of it.
        #[serde(default, skip_serializing_if = "is_false")]
        after_surcharges: bool,
    },
    /// The first row that fits.
    Table(Vec<Row<OptionPrice>>),
}

impl Price for OptionPrice {
    fn table(&self) -> Option<&[Row<Self>]> {
        match self {
            Self::Table(rows) => Some(rows),
            _ => None,
        }
    }
}

impl OptionPrice {
    /// In steps of how many minutes it may be had for part of the time (照明を1時間だけ): as it is
    /// priced. `None` where it is for the whole time, or where its price depends on the time of day.
    #[must_use]
    pub fn part_minutes(&self) -> Option<u16> {
        match self {
            Self::PerHour(_) => Some(60),
            Self::PerHalfHour(_) | Self::HourAndHalf { .. } => Some(30),
            Self::Table(rows) => {
                let steps = rows.iter().map(|row| row.price.part_minutes());
                let steps: Option<Vec<u16>> = steps.collect();
                steps.and_then(|steps| steps.into_iter().max())
            }
            Self::PerUse(_)
            | Self::PerPiece(_)
            | Self::PerPerson(_)
            | Self::PerDivision(_)
            | Self::PerHourByTime(_)
            | Self::ShareOfRoom { .. } => None,
        }
    }
}

impl FeeOption {
    /// The questions whose answers can change what it costs.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Slug> {
        let rows = self.price.table().unwrap_or_default();
        let conditions = rows.iter().map(|row| &row.when).chain(&self.automatic);
        conditions.flat_map(When::attributes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_priced_by_time_may_be_had_for_part_of_it_in_the_steps_of_its_price() {
        let yen = Yen::new(200);
        let table = |prices: &[OptionPrice]| {
            let row = |price: &OptionPrice| Row {
                when: When::default(),
                price: price.clone(),
            };
            OptionPrice::Table(prices.iter().map(row).collect())
        };
        let (hour, half) = (OptionPrice::PerHour(yen), OptionPrice::PerHalfHour(yen));
        assert_eq!(hour.part_minutes(), Some(60));
        assert_eq!(half.part_minutes(), Some(30));
        assert_eq!(
            table(&[half.clone(), hour.clone()]).part_minutes(),
            Some(60)
        );
        assert_eq!(
            table(&[half, OptionPrice::PerUse(yen)]).part_minutes(),
            None
        );
        assert_eq!(OptionPrice::PerHourByTime(Vec::new()).part_minutes(), None);
    }
}
