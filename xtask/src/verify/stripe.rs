//! The stand-in Stripe against people who know Stripe better than we do.

use std::process::Command;

use anyhow::Result;

use super::{browser, build_programs};
use crate::place::Place;
use crate::process;

/// Has Stripe's official SDKs drive the stand-in.
///
/// # Errors
/// When Node.js is missing or an SDK finds the stand-in wanting.
pub fn run(place: &Place) -> Result<()> {
    browser::node()?;
    build_programs(place)?;
    process::run(
        Command::new("node")
            .current_dir(&place.root)
            .arg("e2e/stripe-sdk/run.mjs")
            .arg(place.binary("standin")),
    )
}
