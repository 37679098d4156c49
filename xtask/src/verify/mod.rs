//! `cargo verify`: every check and test, each under its heading and with its time.
//!
//! A failed step does not stop the ones after it, so that one run tells everything; the last
//! lines are the table of steps and, for each that failed, one sentence.

mod browser;
mod postgres;
mod stripe;
mod tests;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::place::Place;
use crate::{bundle, compiler, process, rules};

/// `cargo verify`
#[derive(clap::Args)]
pub struct Options {
    /// Only these, in this order; all of them when none is named
    steps: Vec<Step>,
}

/// One heading of `cargo verify`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// rustfmt, without changing anything
    Fmt,
    /// Who may import whom, lints taken by every crate, words that must not stand in sources
    Rules,
    /// The browser's half within its size budget
    Bundle,
    /// clippy over all targets, warnings are errors
    Clippy,
    /// All Rust tests, on SQLite and on a PostgreSQL of their own
    Test,
    /// The stand-in Stripe, driven by Stripe's official SDKs
    Stripe,
    /// The journeys in Chromium: phone and desktop, JavaScript on and off, both databases
    E2e,
}

/// wasm on resident pages (DESIGN.md §9): 80 KB, compressed with brotli.
const WASM_BUDGET: usize = 80_000;

/// Runs the steps.
///
/// # Errors
/// When something is missing, or a step failed; each is named with its reason in one line.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    compiler::ready()?;
    let steps = if options.steps.is_empty() {
        Step::value_variants()
    } else {
        options.steps.as_slice()
    };
    let mut outcomes = Vec::new();
    for step in steps {
        println!(
            "\n── {} {}",
            step.name(),
            "─".repeat(60 - step.name().len())
        );
        let begun = Instant::now();
        let outcome = step.run(place);
        if let Err(error) = &outcome {
            eprintln!("error: {error:#}");
        }
        outcomes.push((*step, begun.elapsed(), outcome));
    }
    summary(&outcomes)
}

impl Step {
    fn run(self, place: &Place) -> Result<()> {
        match self {
            Self::Fmt => process::run(cargo(place).args(["fmt", "--all", "--check"])),
            Self::Rules => rules::run(place),
            Self::Bundle => bundle_within_budget(place),
            Self::Clippy => process::run(cargo(place).args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])),
            Self::Test => tests::run(place),
            Self::Stripe => stripe::run(place),
            Self::E2e => browser::run(place),
        }
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// The cargo of this workspace.
fn cargo(place: &Place) -> std::process::Command {
    let mut cargo = process::cargo();
    cargo.current_dir(&place.root);
    cargo
}

/// Builds the programs that the last steps start, with the features the tests had, so that
/// nothing is compiled twice.
fn build_programs(place: &Place) -> Result<()> {
    process::run(cargo(place).args(["build", "--workspace", "--bins", "--tests"]))
}

fn bundle_within_budget(place: &Place) -> Result<()> {
    let manifest = bundle::run(place)?;
    let size = manifest.wasm()?.smallest();
    println!("wasm: {size} B of {WASM_BUDGET} B brotli");
    if size > WASM_BUDGET {
        bail!(
            "the wasm module is {} B over its budget (DESIGN.md §9)",
            size - WASM_BUDGET
        );
    }
    Ok(())
}

fn summary(outcomes: &[(Step, Duration, Result<()>)]) -> Result<()> {
    println!("\n── summary {}", "─".repeat(53));
    let mut failed = Vec::new();
    for (step, took, outcome) in outcomes {
        let name = step.name();
        let verdict = match outcome {
            Ok(()) => "ok",
            Err(error) => {
                failed.push(format!("{name}: {error:#}"));
                "FAILED"
            }
        };
        println!("{name:<8} {verdict:<7} {:>6.1} s", took.as_secs_f64());
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!(
        "{} of {} steps failed\n  {}",
        failed.len(),
        outcomes.len(),
        failed.join("\n  ")
    )
}
