//! The binary `yoriai`: wiring, configuration, the API, webhooks, sign-in, the screens' host, the
//! worker and the command line.
//!
//! Knows every other crate and puts them together; axum's types stop here. Must not decide
//! anything: rules are `domain`'s, actions are `usecases`'. What is public is what the binary and
//! the tests of the whole application need.

pub mod cli;
mod config;
mod http;
mod system;
mod towns;
mod wiring;
mod worker;

pub use config::{Config, ConfigFault, Environment};
pub use http::{Assets, AssetsFault, document};
pub use wiring::{House, WiringFault};
pub use worker::{Pace, work};

/// Pages are thousands of short texts, and nine o'clock brings a thousand at once: glibc's allocator
/// spends a fifth of a page's time and keeps what the rush took (docs/計測.md). How it is set stands in
/// `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
