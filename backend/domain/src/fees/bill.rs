//! The bill while it is reckoned: exact items, each of a component.

use super::QuoteRefusal;
use super::exact::Exact;
use crate::money::YenOutOfRange;
use crate::quote::Component;

/// One item, exact.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) label: String,
    pub(super) basis: String,
    pub(super) component: Component,
    pub(super) quantity: u32,
    pub(super) unit: Exact,
    pub(super) amount: Exact,
}

impl Item {
    /// So many at so much.
    pub(super) fn of(
        label: String,
        basis: &str,
        component: Component,
        quantity: u32,
        unit: Exact,
    ) -> Result<Self, YenOutOfRange> {
        Ok(Self {
            label,
            basis: basis.to_owned(),
            component,
            quantity,
            unit,
            amount: unit.times(quantity)?,
        })
    }

    /// One amount.
    pub(super) fn lump(
        label: impl Into<String>,
        basis: &str,
        component: Component,
        amount: Exact,
    ) -> Self {
        Self {
            label: label.into(),
            basis: basis.to_owned(),
            component,
            quantity: 1,
            unit: amount,
            amount,
        }
    }

    /// Every amount of it changed in the same way.
    pub(super) fn changed(
        mut self,
        change: impl Fn(Exact) -> Result<Exact, YenOutOfRange>,
    ) -> Result<Self, YenOutOfRange> {
        self.unit = change(self.unit)?;
        self.amount = change(self.amount)?;
        Ok(self)
    }
}

/// The items so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Bill {
    pub(super) items: Vec<Item>,
}

impl Bill {
    pub(super) fn sum_of(&self, component: Component) -> Result<Exact, YenOutOfRange> {
        let of = |item: &&Item| item.component == component;
        Exact::sum(self.items.iter().filter(of).map(|item| item.amount))
    }

    /// Adds an item. One that takes away takes no more than its component has come to, and one of
    /// nothing is not written.
    pub(super) fn add_change(&mut self, item: Item) -> Result<(), QuoteRefusal> {
        let there_is = self.sum_of(item.component)?.at_least(Exact::ZERO)?;
        let amount = item.amount.at_least(there_is.times(-1)?)?;
        if !amount.is_zero() {
            let clipped = Item {
                unit: amount,
                amount,
                quantity: 1,
                ..item
            };
            self.items.push(clipped);
        }
        Ok(())
    }

    /// The items in the order they are read: the room and what is added to it, then the rest.
    pub(super) fn in_reading_order(&mut self) {
        self.items.sort_by_key(|item| item.component);
    }
}
