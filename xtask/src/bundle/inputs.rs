//! What the bundle is made from, so that an unchanged tree is not built again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use cargo_metadata::DependencyKind;
use sha2::{Digest as _, Sha256};

use crate::place::Place;

/// One hash over every file that decides what `frontend/dist/` holds.
///
/// # Errors
/// When a file cannot be read.
pub fn fingerprint(place: &Place) -> Result<String> {
    let mut files = BTreeSet::new();
    for crate_folder in crates_in_the_browser(place) {
        files.extend(self::files(&crate_folder.join("src"))?);
        files.insert(crate_folder.join("Cargo.toml"));
    }
    for folder in ["frontend/style", "frontend/public", "xtask/src/bundle"] {
        files.extend(self::files(&place.path(folder))?);
    }
    files.extend([place.path("Cargo.toml"), place.path("Cargo.lock")]);

    let mut hash = Sha256::new();
    for file in files {
        let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        hash.update(place.show(&file));
        hash.update([0]);
        hash.update(Sha256::digest(content));
    }
    Ok(hex(&hash.finalize()))
}

/// The folders of `browser` and of our own crates it is built from.
fn crates_in_the_browser(place: &Place) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut open = vec!["browser".to_owned()];
    while let Some(name) = open.pop() {
        let Some(package) = place
            .workspace
            .packages
            .iter()
            .find(|package| package.name.as_str() == name)
        else {
            continue;
        };
        let Some(folder) = package.manifest_path.parent() else {
            continue;
        };
        if found.contains(&folder.to_path_buf().into_std_path_buf()) {
            continue;
        }
        found.push(folder.to_path_buf().into_std_path_buf());
        let ours = package
            .dependencies
            .iter()
            .filter(|one| one.path.is_some() && one.kind != DependencyKind::Development);
        open.extend(ours.map(|one| one.name.clone()));
    }
    found
}

/// Every file below `folder`, sorted; none when the folder does not exist.
///
/// # Errors
/// When a folder cannot be listed.
pub fn files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    if !folder.exists() {
        return Ok(found);
    }
    let listing = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    for entry in listing {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.insert(path);
        }
    }
    Ok(found)
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first eight bytes of a content's hash: what a file name or address carries.
#[must_use]
pub fn short_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content)).chars().take(16).collect()
}
