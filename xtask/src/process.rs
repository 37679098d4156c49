//! Running other programs: standard input closed, failures told in one line.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The cargo that runs this task.
#[must_use]
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` with its output shown.
///
/// # Errors
/// When it cannot be started or does not exit with 0.
pub fn run(command: &mut Command) -> Result<()> {
    let said = shown(command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start `{said}`"))?;
    if !status.success() {
        bail!("`{said}` failed: {status}");
    }
    Ok(())
}

/// Runs `command` and gives its standard output, trimmed.
///
/// # Errors
/// When it cannot be started, does not exit with 0 (its standard error is in the message), or
/// does not print UTF-8.
pub fn capture(command: &mut Command) -> Result<String> {
    let said = shown(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{said}`"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{said}` failed: {}: {}", output.status, complaint.trim());
    }
    Ok(String::from_utf8(output.stdout)
        .context("its output is not UTF-8")?
        .trim()
        .to_owned())
}

/// Every file called `program` in the search path, in its order.
#[must_use]
pub fn all_on_path(program: &str) -> Vec<PathBuf> {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .filter(|file| file.is_file())
        .collect()
}

/// The first file called `program` in the search path.
#[must_use]
pub fn on_path(program: &str) -> Option<PathBuf> {
    all_on_path(program).into_iter().next()
}

/// The command line as a person would type it, without paths and environment.
fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_owned();
    std::iter::once(name.as_os_str())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
