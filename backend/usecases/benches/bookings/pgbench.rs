//! pgbench, on the same database with as many connections.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::script::Scripts;
use crate::{AT_ONCE, SECONDS};

/// Transactions a second. `round` keeps the ids of one run apart from those of another.
pub fn run(url: &str, scripts: &Scripts, round: u32) -> Result<f64> {
    let mut command = Command::new(testkit::postgres_program("pgbench")?);
    command
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={AT_ONCE}"))
        .arg(format!("--time={SECONDS}"))
        .args([
            "--define=n=0".to_owned(),
            format!("--define=base={}", (round + 2) * 100_000_000),
        ])
        .args(
            scripts
                .paths()
                .map(|path| format!("--file={}", path.display())),
        )
        .arg(url);
    let output = command.output().context("starting pgbench")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "pgbench failed: {error}");
    let (_, rate) = said
        .split_once("\ntps = ")
        .with_context(|| format!("no rate in {said}"))?;
    let rate = rate.split_whitespace().next().context("an empty rate")?;
    Ok(rate.parse()?)
}
