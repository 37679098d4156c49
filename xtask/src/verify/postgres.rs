//! PostgreSQL's programs, and a cluster for the browser tests.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nix::sys::signal::Signal;
use nix::unistd::{User, geteuid};

use crate::stack::{Database, Services, probe};
use crate::{debian, process};

const PATIENCE: Duration = Duration::from_secs(60);

/// The folder with `initdb` and `postgres`.
pub struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// Finds them in the search path or where Debian puts them, else installs them.
    ///
    /// # Errors
    /// When they are missing and cannot be installed.
    pub fn get() -> Result<Self> {
        if let Some(folder) = installed() {
            return Ok(Self { folder });
        }
        debian::install("PostgreSQL (initdb, postgres)", &["postgresql"])?;
        let folder = installed().context("PostgreSQL has no initdb: install its server")?;
        Ok(Self { folder })
    }

    /// The search path with them in it.
    ///
    /// # Errors
    /// When a folder's name cannot stand in a search path.
    pub fn search_path(&self) -> Result<OsString> {
        let earlier = env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.folder.clone()).chain(env::split_paths(&earlier));
        env::join_paths(folders).context("PATH")
    }
}

/// The newest folder that has both.
fn installed() -> Option<PathBuf> {
    let on_path = process::on_path("initdb").and_then(|file| file.parent().map(Path::to_owned));
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut debian: Vec<_> = versions
        .map(|version| version.path())
        .filter_map(|path| Some((path.file_name()?.to_str()?.parse::<u32>().ok()?, path)))
        .collect();
    debian.sort();
    on_path
        .into_iter()
        .chain(debian.into_iter().rev().map(|(_, path)| path.join("bin")))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// A running cluster. The services it was started with stop it; dropping it removes its data.
pub struct Cluster {
    port: u16,
    data: PathBuf,
}

impl Cluster {
    /// Starts one on a free loopback port with its data below `folder`.
    ///
    /// # Errors
    /// When the programs are missing, or the cluster does not start.
    pub fn start(services: &Services, folder: &Path) -> Result<Self> {
        let programs = Programs::get()?;
        // Not below the target folder: there the unprivileged user below may not look.
        let data = env::temp_dir().join(format!("yoriai-e2e-{}", std::process::id()));
        fs::create_dir(&data).with_context(|| format!("making {}", data.display()))?;
        let run_as = unprivileged()?;
        if let Some(user) = &run_as {
            chown(&data, Some(user.uid.as_raw()), Some(user.gid.as_raw()))?;
        }
        let command = |program: &str| {
            let mut command = Command::new(programs.folder.join(program));
            if let Some(user) = &run_as {
                command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
            }
            command.current_dir("/").arg("-D").arg(&data);
            command
        };
        process::capture(command("initdb").args(["--username", "yoriai", "--auth", "trust"]))?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        // SIGINT is the "fast" shutdown: it does not wait for clients to leave.
        services.start_until(
            Signal::SIGINT,
            "postgres",
            command("postgres")
                .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
                .args(["-c", "unix_socket_directories=", "-c", "fsync=off"]),
            folder.join("postgres.log"),
        )?;
        services.until(PATIENCE, || probe::listening(port))?;
        Ok(Self { port, data })
    }

    /// How `yoriai` reaches it.
    #[must_use]
    pub fn database(&self) -> Database {
        Database::Postgres(format!(
            "postgres://yoriai@127.0.0.1:{}/postgres",
            self.port
        ))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.data) {
            eprintln!("{} stays behind: {error}", self.data.display());
        }
    }
}

/// Who runs the cluster: PostgreSQL refuses root.
fn unprivileged() -> Result<Option<User>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    let user = User::from_name("postgres")?.or(User::from_name("nobody")?);
    Ok(Some(user.context(
        "no unprivileged user for PostgreSQL: adduser --system postgres",
    )?))
}
