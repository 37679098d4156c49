//! `frontend/dist/manifest.json`: what the bundle holds, for the server and the size budget.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::compress::Sizes;
use super::inputs::short_hash;

/// The wasm module's logical name.
pub const WASM: &str = "pkg/browser_bg.wasm";

/// Everything in `frontend/dist/`.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    /// Changes when the content of `pkg/` does; for addresses such as `/pkg/{version}/browser.js`
    /// that may be cached for ever.
    pub pkg_version: String,
    /// By logical name, the name that does not change with the content.
    pub files: BTreeMap<String, Entry>,
    /// The fingerprint of what the bundle was made from.
    inputs: String,
}

/// One file.
#[derive(Serialize, Deserialize)]
pub struct Entry {
    /// Relative to `frontend/dist/`.
    pub path: String,
    /// In bytes.
    #[serde(flatten)]
    pub sizes: Sizes,
}

impl Manifest {
    pub(super) fn new(inputs: String) -> Self {
        Self {
            pkg_version: String::new(),
            files: BTreeMap::new(),
            inputs,
        }
    }

    /// The manifest of an earlier bundle if it was made from these inputs and is still whole.
    pub(super) fn read(dist: &Path, inputs: &str) -> Option<Self> {
        let text = fs::read_to_string(dist.join("manifest.json")).ok()?;
        let manifest: Self = serde_json::from_str(&text).ok()?;
        let whole = manifest
            .files
            .values()
            .all(|entry| dist.join(&entry.path).is_file());
        (manifest.inputs == inputs && whole).then_some(manifest)
    }

    pub(super) fn add(&mut self, logical: String, entry: Entry) {
        self.files.insert(logical, entry);
    }

    /// Written last: a bundle without it is not finished.
    pub(super) fn write(&mut self, dist: &Path) -> Result<()> {
        let mut content = Vec::new();
        for (logical, entry) in &self.files {
            if logical.starts_with("pkg/") {
                content.extend(fs::read(dist.join(&entry.path))?);
            }
        }
        self.pkg_version = short_hash(&content);
        let text = serde_json::to_string_pretty(self)?;
        fs::write(dist.join("manifest.json"), text + "\n").context("writing the manifest")
    }

    /// The wasm module's sizes in bytes.
    ///
    /// # Errors
    /// When the bundle has no wasm module.
    pub fn wasm(&self) -> Result<&Sizes> {
        let entry = self
            .files
            .get(WASM)
            .with_context(|| format!("the bundle lacks {WASM}"))?;
        Ok(&entry.sizes)
    }

    /// The figures somebody wants to see, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        for (name, entry) in &self.files {
            let loaded_by_pages = [".wasm", ".js", ".css"]
                .iter()
                .any(|extension| name.ends_with(extension));
            if loaded_by_pages {
                let sizes = &entry.sizes;
                parts.push(format!(
                    "{name} {} B ({} B brotli)",
                    sizes.raw,
                    sizes.smallest()
                ));
            }
        }
        parts.join(", ")
    }
}
