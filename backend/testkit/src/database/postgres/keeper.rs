//! Who ends the cluster when the run is over.
//!
//! No test knows that it is the last, and a killed one cannot tidy up. So a small shell script,
//! started with the cluster and living beside it, looks every second whether any process that
//! noted its id still lives, and after a few seconds without one ends PostgreSQL by its process id
//! and removes the folder.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

/// Ends the cluster in `folder`, whose server is `postgres`, once nobody needs it.
pub(super) fn watch(folder: &Path, postgres: u32) -> Result<()> {
    Command::new("/bin/sh")
        .arg("-c")
        .arg(include_str!("keeper.sh"))
        .arg("yoriai-pg-keeper")
        .arg(folder)
        .arg(postgres.to_string())
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("starting the cluster's keeper")?;
    Ok(())
}
