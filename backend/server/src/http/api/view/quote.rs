//! Quotes.

use domain::quote::{Quote, QuoteLine};
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
    /// The price of one, yen, tax included.
    unit_yen: u32,
    /// What the line adds, yen, tax included.
    amount_yen: u32,
}

impl From<Quote> for QuoteAnswer {
    fn from(quote: Quote) -> Self {
        Self {
            total_yen: quote.total_yen.get(),
            tax_included_yen: quote.tax_included_yen.get(),
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
            quantity: line.quantity,
            unit_yen: line.unit_yen.get(),
            amount_yen: line.amount_yen.get(),
        }
    }
}
