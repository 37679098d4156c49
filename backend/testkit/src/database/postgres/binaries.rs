//! Where PostgreSQL's programs are, and as whom they run.

use std::env;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use nix::unistd::{Uid, User};

/// What to do where there is no PostgreSQL.
const HOW_TO_INSTALL: &str =
    "PostgreSQL 15 or newer is missing: `apt-get install postgresql` (or put its bin in PATH)";

/// The folder that has `initdb` and `postgres`: one of PATH, else the newest of Debian's.
pub(super) fn folder() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = env::split_paths(&path).find(|folder| is_complete(folder));
    in_path.or_else(newest_of_debian).context(HOW_TO_INSTALL)
}

/// One of PostgreSQL's programs (`pgbench`).
///
/// # Errors
/// When it is not there; the message says how to get it.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = env::split_paths(&path).map(|folder| folder.join(name));
    let of_debian = newest_of_debian().map(|folder| folder.join(name));
    in_path
        .chain(of_debian)
        .find(|program| program.is_file())
        .with_context(|| format!("{name}: {HOW_TO_INSTALL}"))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres"]
        .iter()
        .all(|program| folder.join(program).is_file())
}

/// `/usr/lib/postgresql/15/bin`, by number.
fn newest_of_debian() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .filter_map(|version| {
            let version = version.ok()?;
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .filter(|(_number, folder)| is_complete(folder))
        .max()
        .map(|(_number, folder)| folder)
}

/// Whom PostgreSQL runs as: it refuses root, so there it is the user its package made.
pub(super) struct Owner(Option<User>);

impl Owner {
    /// The unprivileged user.
    pub(super) fn find() -> Result<Self> {
        if !Uid::effective().is_root() {
            return Ok(Self(None));
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = User::from_name(name)? {
                return Ok(Self(Some(user)));
            }
        }
        anyhow::bail!("PostgreSQL refuses to run as root, and there is no user `postgres`")
    }

    /// Gives a folder to that user.
    pub(super) fn own(&self, folder: &Path) -> Result<()> {
        match &self.0 {
            Some(user) => {
                let (uid, gid) = (Some(user.uid.as_raw()), Some(user.gid.as_raw()));
                Ok(std::os::unix::fs::chown(folder, uid, gid)?)
            }
            None => Ok(()),
        }
    }

    /// Makes a command run as that user.
    pub(super) fn run_as<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        match &self.0 {
            Some(user) => command.uid(user.uid.as_raw()).gid(user.gid.as_raw()),
            None => command,
        }
    }
}
