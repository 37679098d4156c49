//! What Debian's package registry can supply when the machine lacks it.

use std::process::Command;

use anyhow::{Result, bail};
use nix::unistd::geteuid;

use crate::process;

/// Installs `packages` where this process may, else fails with the line to type.
///
/// # Errors
/// When the machine has no apt-get, the user is not root, or the installation fails. The
/// message says in one line what is missing and how to get it.
pub fn install(purpose: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if process::on_path("apt-get").is_none() {
        bail!("{purpose} is missing: install what Debian calls {list}");
    }
    if !geteuid().is_root() {
        bail!("{purpose} is missing: sudo apt-get install --no-install-recommends {list}");
    }
    println!("Installing {list} ({purpose}) …");
    if apt_get(packages).is_err() {
        // The usual cause: package lists that are empty or older than the archive.
        process::run(Command::new("apt-get").args(["update", "--quiet=2"]))?;
        apt_get(packages)?;
    }
    Ok(())
}

fn apt_get(packages: &[&str]) -> Result<()> {
    process::run(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "--quiet=2", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}
