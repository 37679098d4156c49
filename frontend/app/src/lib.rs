//! The screens (画面): shell, pages, forms, parts, islands, text.
//!
//! Knows `contract` and `domain` and how a page looks; must not know axum, databases or Stripe.
//! Pages are rendered on the server and work without JavaScript: forms post to the page's own
//! address, and a refusal renders the same page again with the values kept. Islands only add
//! comfort, and nothing but them reaches the browser.

// The type of a page is the tree of its parts.
#![recursion_limit = "512"]

pub mod islands;

#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod links;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(test)]
mod source_rules;
#[cfg(all(test, feature = "ssr"))]
mod test_render;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
mod visit;

#[cfg(feature = "ssr")]
pub use app::App;
#[cfg(feature = "ssr")]
pub use forms::{Answers, FormState, Values};
#[cfg(feature = "ssr")]
pub use pages::{book_again, closure_wish, sale_cancel_wish, slots_wish, study_fees, tell_account};
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use visit::{Bundle, FormSeed, Host, Visit};
