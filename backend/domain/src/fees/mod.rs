//! Fees (使用料): a request and a town's tariffs make a quote, always the same one.
//!
//! Amounts are whole yen with the tax inside. Every rounding happens where an ordinance says so and
//! is visible in a line. Nothing is summed, multiplied or swapped that the ordinance does not state
//! (domain.md A2).

mod bill;
mod cases;
mod circumstances;
mod divisions;
mod exact;
mod finish;
mod options;
mod quoting;
mod reductions;
mod refusal;
pub mod request;
mod room;
mod stock;
mod surcharges;
mod tariff;

#[cfg(test)]
mod tests;

pub(crate) use cases::rows_seen;
pub use options::automatic_options;
pub use quoting::{TAX_PERCENT, quote, quote_for_town, tax_inside};
pub use refusal::QuoteRefusal;
pub use request::{AttributeValue, BasisDates, OptionRequest, QuoteRequest};
pub use room::room_price;
pub use stock::{StockClaim, StockShort, free_pieces, stock_claims, stock_fits};
pub use tariff::tariff_in_force;
