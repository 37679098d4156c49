//! The run's own PostgreSQL cluster.
//!
//! nextest gives every test its own process, `cargo test` its own thread; either way all tests of
//! one run share one cluster, in a folder named after the run. Whoever comes first makes it, under
//! a file lock; everybody notes their process id in it; [`super::keeper`] ends it when the last of
//! them is gone. It listens on a Unix socket in that folder and nowhere else.

use std::env;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::os::unix::process::{CommandExt as _, parent_id};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal;
use nix::unistd::{Pid, Uid};

use super::Durability;
use super::binaries::{self, Owner};
use super::{connect, keeper};

/// The database that every test's database is a clone of.
pub(super) const TEMPLATE: &str = "yoriai_template";

/// The cluster's superuser.
const USER: &str = "yoriai";

/// How long starting and joining may take, on a machine that is busy with other builds.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(50);

/// Settings of every cluster.
const SETTINGS: [&str; 3] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=1000",
];

/// Settings of a cluster that nobody will miss: nothing is forced to disk, because no test here is
/// about power cuts.
const FORGETFUL: [&str; 4] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
];

/// Settings of a cluster that keeps what it was told, as a small server of a town has them.
const DURABLE: [&str; 2] = ["fsync=on", "shared_buffers=512MB"];

/// A cluster that runs at least as long as this process.
pub(super) struct Cluster {
    folder: PathBuf,
    durability: Durability,
}

/// What came of trying to join.
enum Joined {
    Yes,
    /// The folder is going or was made anew meanwhile: look again.
    Again,
}

impl Cluster {
    /// Joins the run's cluster, and makes it if this process is the first.
    pub(super) async fn join(durability: Durability) -> Result<Self> {
        let kind = match durability {
            Durability::Process => "",
            Durability::PowerCut => "-kept",
        };
        let cluster = Self {
            folder: env::temp_dir().join(format!("yoriai-pg-{}{kind}", run_key())),
            durability,
        };
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            match cluster.try_to_join().await? {
                Joined::Yes => return Ok(cluster),
                Joined::Again => tokio::time::sleep(PAUSE).await,
            }
        }
        bail!(
            "no PostgreSQL within {PATIENCE:?}: see {}",
            cluster.folder.display()
        )
    }

    /// A database's URL.
    pub(super) fn url(&self, database: &str) -> String {
        let socket = self.server().display().to_string().replace('/', "%2F");
        format!("postgres://{USER}@localhost/{database}?host={socket}")
    }

    async fn try_to_join(&self) -> Result<Joined> {
        self.make_folder()?;
        let path = self.folder.join("lock");
        let Some(lock) = gone_is_none(File::create(&path))? else {
            return Ok(Joined::Again);
        };
        // Waiting for a lock holds up a thread, so it gets one of its own.
        let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await??;
        if !is_still(&lock, &path)? {
            return Ok(Joined::Again);
        }
        let me = self.folder.join("users").join(process::id().to_string());
        if gone_is_none(File::create(me))?.is_none() || self.folder.join("closing").exists() {
            return Ok(Joined::Again);
        }
        if !self.is_ready() {
            self.start().await?;
        }
        Ok(Joined::Yes)
    }

    /// The run's folder, ours alone.
    fn make_folder(&self) -> Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o711)
            .create(self.folder.join("users"))
            .with_context(|| format!("making {}", self.folder.display()))?;
        let owner = fs::metadata(&self.folder)?.uid();
        ensure!(
            owner == Uid::effective().as_raw(),
            "{} is another user's",
            self.folder.display()
        );
        Ok(())
    }

    fn server(&self) -> PathBuf {
        self.folder.join("server")
    }

    /// True when it was made whole and its process lives.
    fn is_ready(&self) -> bool {
        let Ok(pid) = fs::read_to_string(self.folder.join("ready")) else {
            return false;
        };
        pid.trim()
            .parse()
            .is_ok_and(|pid| signal::kill(Pid::from_raw(pid), None).is_ok())
    }

    /// Makes the cluster and its template, under the lock.
    async fn start(&self) -> Result<()> {
        let bin = binaries::folder()?;
        let owner = Owner::find()?;
        let server = self.server();
        if server.exists() {
            // What a run of the same key left when the machine went down.
            fs::remove_dir_all(&server)?;
        }
        fs::create_dir(&server)?;
        owner.own(&server)?;
        self.initdb(&bin, &owner)?;
        let mut postgres = self.postgres(&bin, &owner)?;
        // From here on the keeper ends it, whatever becomes of this process.
        keeper::watch(&self.folder, postgres.id())?;
        self.until_it_answers(&mut postgres).await?;
        super::administer(self, &format!("CREATE DATABASE {TEMPLATE}")).await?;
        store::migrate(&self.url(TEMPLATE)).await?;
        fs::write(self.folder.join("ready"), postgres.id().to_string())?;
        Ok(())
    }

    fn initdb(&self, bin: &Path, owner: &Owner) -> Result<()> {
        let mut command = Command::new(bin.join("initdb"));
        command
            .args(["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=trust"])
            .arg(format!("--username={USER}"))
            .arg("--pgdata")
            .arg(self.server().join("data"))
            .current_dir(self.server())
            .stdin(Stdio::null());
        let output = owner.run_as(&mut command).output()?;
        ensure!(
            output.status.success(),
            "initdb failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }

    /// In a process group of its own, so that Ctrl-C in the terminal does not reach it, and with
    /// none of the test's pipes, so that nobody waits for them.
    fn postgres(&self, bin: &Path, owner: &Owner) -> Result<Child> {
        let server = self.server();
        let log = File::create(self.log())?;
        let mut command = Command::new(bin.join("postgres"));
        command
            .arg("-D")
            .arg(server.join("data"))
            .arg("-k")
            .arg(&server)
            .args(self.settings().flat_map(|setting| ["-c", setting]))
            .current_dir(&server)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        owner
            .run_as(&mut command)
            .spawn()
            .context("starting PostgreSQL")
    }

    fn settings(&self) -> impl Iterator<Item = &'static str> {
        let own: &[&str] = match self.durability {
            Durability::Process => &FORGETFUL,
            Durability::PowerCut => &DURABLE,
        };
        SETTINGS.iter().chain(own).copied()
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// What it has logged so far.
    pub(super) fn read_log(&self) -> Result<String> {
        fs::read_to_string(self.log()).context("reading PostgreSQL's log")
    }

    async fn until_it_answers(&self, postgres: &mut Child) -> Result<()> {
        let started = Instant::now();
        loop {
            let error = match connect(&self.url("postgres")).await {
                Ok(connection) => return Ok(connection.close().await?),
                Err(error) => error,
            };
            if postgres.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.log()).unwrap_or_default();
                return Err(error).with_context(|| format!("PostgreSQL does not start: {log}"));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// What all tests of a run share and no other run has: nextest's run id, else the process that
/// started us (`cargo test`). Short, because a socket's path has room for 107 bytes.
fn run_key() -> String {
    match env::var("NEXTEST_RUN_ID") {
        Ok(id) => id
            .chars()
            .filter(char::is_ascii_hexdigit)
            .take(12)
            .collect(),
        Err(_no_nextest) => parent_id().to_string(),
    }
}

/// Nothing where the folder went away meanwhile.
fn gone_is_none(made: io::Result<File>) -> Result<Option<File>> {
    match made {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// True while the locked file is the one that others would lock.
fn is_still(lock: &File, path: &Path) -> Result<bool> {
    let held = lock.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((held.dev(), held.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}
