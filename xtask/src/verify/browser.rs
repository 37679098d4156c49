//! The journeys in Chromium, on both databases.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::{build_programs, postgres};
use crate::place::Place;
use crate::stack::{Database, Ports, Services, Stack};
use crate::{bundle, debian, process};

/// The oldest Node.js that the tests run on.
const LEAST_NODE: u32 = 20;
/// The specs that also run on PostgreSQL; everything runs on SQLite.
const ON_BOTH: &str = "@journey";

/// Runs every spec on SQLite, and the journeys on PostgreSQL too.
///
/// # Errors
/// When Node.js, Chromium or fonts are missing and cannot be installed, or a spec fails.
pub fn run(place: &Place) -> Result<()> {
    node()?;
    chromium()?;
    packages(&place.path("e2e"))?;
    process::run(npm(&place.path("e2e")).args(["run", "--silent", "check"]))?;
    bundle::run(place)?;
    build_programs(place)?;

    let services = Services::supervised()?;
    playwright(place, &services, "sqlite", Database::Sqlite, &[])?;
    let folder = fresh(place, "postgres-cluster")?;
    let cluster = postgres::Cluster::start(&services, &folder)?;
    let outcome = playwright(
        place,
        &services,
        "postgres",
        cluster.database(),
        &["--grep", ON_BOTH],
    );
    services.stop();
    outcome
}

/// Starts a stack of its own and runs the specs against it.
fn playwright(
    place: &Place,
    services: &Services,
    name: &str,
    database: Database,
    arguments: &[&str],
) -> Result<()> {
    println!("{name}:");
    let folder = fresh(place, name)?;
    let stack = Stack::start(place, services, &folder, database, &Ports::any()?)?;
    let outcome = process::run(
        Command::new("node")
            .current_dir(place.path("e2e"))
            .args(["node_modules/@playwright/test/cli.js", "test"])
            .args(arguments)
            .env("YORIAI_ADDRESSES", Stack::announcement(&folder)),
    );
    drop(stack);
    outcome.with_context(|| format!("on {name}; logs are in {}", folder.join("log").display()))
}

/// An empty folder for one run.
fn fresh(place: &Place, name: &str) -> Result<PathBuf> {
    let folder = place.target.join("e2e").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Asks for Node.js and npm.
///
/// # Errors
/// When they are missing or too old.
pub fn node() -> Result<()> {
    let version = process::capture(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .unwrap_or_default();
    if major.parse::<u32>().unwrap_or(0) < LEAST_NODE || process::on_path("npm").is_none() {
        bail!("Node.js {LEAST_NODE} or newer with npm is missing: install it from nodejs.org");
    }
    Ok(())
}

fn chromium() -> Result<()> {
    // The names that playwright.config.ts looks for.
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ];
    if !names.iter().any(|name| process::on_path(name).is_some()) {
        debian::install("Chromium", &["chromium"])?;
    }
    let japanese = process::capture(Command::new("fc-list").arg(":lang=ja")).unwrap_or_default();
    if japanese.is_empty() {
        debian::install("a Japanese font", &["fontconfig", "fonts-noto-cjk"])?;
    }
    Ok(())
}

/// `npm ci` where the lock file changed since the last one.
fn packages(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context("reading package-lock.json")?;
    let installed = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    process::run(npm(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(installed, lock).context("noting what npm installed")
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    // Chromium comes from Debian: its download site is no package registry.
    npm.current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", OsString::from("1"));
    npm
}
