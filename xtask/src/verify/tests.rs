//! The Rust tests.

use std::process::Command;

use anyhow::Result;

use super::{cargo, postgres};
use crate::place::Place;
use crate::process;

/// Runs every test with nextest where it is installed, else with cargo's own runner. Either
/// prints its closing lines.
///
/// # Errors
/// When PostgreSQL's programs are missing and cannot be installed, or a test fails.
pub fn run(place: &Place) -> Result<()> {
    let path = postgres::Programs::get()?.search_path()?;
    let nextest = process::capture(process::cargo().args(["nextest", "--version"])).is_ok();
    if nextest {
        process::run(cargo(place).env("PATH", &path).args([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
        ]))?;
        // nextest does not know the examples in the documentation.
        return process::run(documentation(place).env("PATH", &path));
    }
    process::run(
        cargo(place)
            .env("PATH", &path)
            .args(["test", "--workspace", "--no-fail-fast"]),
    )
}

fn documentation(place: &Place) -> Command {
    let mut cargo = cargo(place);
    cargo.args(["test", "--workspace", "--doc", "--no-fail-fast"]);
    cargo
}
