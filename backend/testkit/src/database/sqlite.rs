//! SQLite in a file: the only way it is used for real, so the only way it is tested.

use anyhow::{Context as _, Result};
use tempfile::TempDir;

/// A migrated file in a folder of its own.
pub(super) async fn create() -> Result<(String, TempDir)> {
    let folder = tempfile::Builder::new()
        .prefix("yoriai-test-")
        .tempdir()
        .context("making a folder for SQLite")?;
    let url = format!("sqlite://{}", folder.path().join("yoriai.db").display());
    store::migrate(&url).await?;
    Ok((url, folder))
}
