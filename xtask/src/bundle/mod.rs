//! `cargo bundle`: `frontend/` becomes `frontend/dist/`.
//!
//! The browser crate goes through a wasm compiler and wasm-bindgen, the styles into one file,
//! the public files across; everything is precompressed and listed in `manifest.json`, the only
//! file the server has to read to know what it serves. No wasm-opt: the module gets smaller,
//! but its compressed form larger, and Debian's version breaks it.

mod compress;
mod inputs;
mod manifest;
mod styles;
mod wasm;
mod wasm_toolchain;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

pub use inputs::files;
use manifest::Entry;
pub use manifest::Manifest;

use crate::place::Place;

/// Makes `frontend/dist/` fit its inputs; does nothing when it already does.
///
/// # Errors
/// When a wasm compiler is missing and cannot be installed, the browser crate does not build,
/// a style sheet does not parse, or files cannot be written.
pub fn run(place: &Place) -> Result<Manifest> {
    let dist = place.path("frontend/dist");
    let inputs = inputs::fingerprint(place)?;
    if let Some(manifest) = Manifest::read(&dist, &inputs) {
        println!("Bundle is up to date: {}", manifest.summary());
        return Ok(manifest);
    }

    let module = wasm::build(place)?;
    if dist.exists() {
        fs::remove_dir_all(&dist).with_context(|| format!("emptying {}", place.show(&dist)))?;
    }
    fs::create_dir_all(dist.join("pkg"))?;
    wasm::bind(&module, &dist.join("pkg"))?;
    let sheet = styles::bundle(&place.path("frontend/style"), &dist)?;
    copy(&place.path("frontend/public"), &dist)?;

    let mut manifest = Manifest::new(inputs);
    for file in inputs::files(&dist)? {
        let path = file
            .strip_prefix(&dist)?
            .to_string_lossy()
            .replace('\\', "/");
        let logical = if path == sheet {
            styles::LOGICAL_NAME.to_owned()
        } else {
            path.clone()
        };
        let sizes = compress::beside(&file)?;
        manifest.add(logical, Entry { path, sizes });
    }
    manifest.write(&dist)?;
    println!("Bundle: {}", manifest.summary());
    Ok(manifest)
}

/// Copies the files of a folder and its subfolders; a missing folder has none.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in inputs::files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &target).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(())
}
