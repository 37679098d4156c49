//! Quotes.

use domain::money::Yen;
use domain::quote::{self, Quote, QuoteLine};
use serde::Serialize;
use utoipa::ToSchema;

/// What it costs (料金内訳); always the sum of its lines.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct QuoteAnswer {
    /// Yen, tax included.
    total_yen: u32,
    /// The tax inside the total, yen.
    tax_included_yen: u32,
    /// The first day of the tariff that priced it.
    #[schema(example = "2025-07-01")]
    tariff_version: String,
    /// What would be owed without the reduction, yen, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreduced_yen: Option<u32>,
    /// The lines, in the order they are read.
    lines: Vec<QuoteLineAnswer>,
}

/// One line of a quote.
#[derive(Serialize, ToSchema)]
pub(super) struct QuoteLineAnswer {
    /// What is charged.
    #[schema(example = "体育館（全面） 18:00–20:00")]
    label: String,
    /// The article that says so.
    #[schema(example = "条例第8条第2項 別表1")]
    basis: String,
    /// How many of `unit_yen`.
    quantity: u32,
    /// What it is for: `room`, `air`, `light`, `equipment`, or `rounding`.
    component: Component,
    /// The price of one, yen, tax included; negative where the line takes away.
    unit_yen: i64,
    /// What the line adds, yen, tax included; negative where it takes away.
    amount_yen: i64,
}

/// What a line is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Component {
    /// The room itself.
    Room,
    /// Heating and cooling.
    Air,
    /// Lighting.
    Light,
    /// Equipment, tickets and the rest.
    Equipment,
    /// What rounding takes or adds.
    Rounding,
}

impl From<quote::Component> for Component {
    fn from(component: quote::Component) -> Self {
        match component {
            quote::Component::Room => Self::Room,
            quote::Component::Air => Self::Air,
            quote::Component::Light => Self::Light,
            quote::Component::Equipment => Self::Equipment,
            quote::Component::Rounding => Self::Rounding,
        }
    }
}

impl From<Quote> for QuoteAnswer {
    fn from(quote: Quote) -> Self {
        Self {
            total_yen: quote.total_yen.get(),
            tax_included_yen: quote.tax_included_yen.get(),
            unreduced_yen: quote.unreduced_yen.map(Yen::get),
            tariff_version: quote.tariff_version,
            lines: quote.lines.into_iter().map(QuoteLineAnswer::from).collect(),
        }
    }
}

impl From<QuoteLine> for QuoteLineAnswer {
    fn from(line: QuoteLine) -> Self {
        Self {
            label: line.label,
            basis: line.basis,
            component: line.component.into(),
            quantity: line.quantity,
            unit_yen: line.unit_yen.get(),
            amount_yen: line.amount_yen.get(),
        }
    }
}
