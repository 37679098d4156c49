//! Where things lie: the clone, the build folder, and the cache that outlives a clone.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use cargo_metadata::{Metadata, MetadataCommand};

/// The folders the tasks work in, and what cargo says about the workspace.
pub struct Place {
    /// The clone's top folder.
    pub root: PathBuf,
    /// Outside the clone: builds that are dear to repeat. `YORIAI_CACHE`, or `~/.cache/yoriai`.
    pub cache: PathBuf,
    /// Cargo's target folder of the host builds.
    pub target: PathBuf,
    /// The workspace without its outside dependencies.
    pub workspace: Metadata,
}

impl Place {
    /// Asks cargo where the workspace is.
    ///
    /// # Errors
    /// When cargo cannot read the workspace or there is no home folder for the cache.
    pub fn find() -> Result<Self> {
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest_dir
            .parent()
            .context("xtask lies in the workspace")?
            .to_owned();
        let workspace = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .no_deps()
            .exec()
            .context("reading the workspace")?;
        let target = workspace.target_directory.clone().into_std_path_buf();
        Ok(Self {
            root,
            cache: cache()?,
            target,
            workspace,
        })
    }

    /// The binary `name` of a debug build of the host.
    #[must_use]
    pub fn binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// A path inside the clone.
    #[must_use]
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// How `path` is shown: relative to the clone where it lies inside it.
    #[must_use]
    pub fn show(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

fn cache() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("YORIAI_CACHE") {
        return Ok(PathBuf::from(folder));
    }
    let home = env::home_dir().context("no home folder: set YORIAI_CACHE to a folder")?;
    Ok(home.join(".cache").join("yoriai"))
}
