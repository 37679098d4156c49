//! The browser crate, compiled and bound.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::wasm_toolchain::{TARGET, Toolchain};
use crate::place::Place;
use crate::process;

/// Compiles `frontend/browser` and gives the module.
///
/// # Errors
/// When there is no wasm compiler or the crate does not build.
pub fn build(place: &Place) -> Result<PathBuf> {
    let toolchain = Toolchain::get(place)?;
    println!("Building the browser's half with {} …", toolchain.label());
    // Not the host's folder: another compiler, and its artefacts would be evicted by ours.
    let target = place.cache.join("wasm-target");
    let mut cargo = process::cargo();
    cargo
        .current_dir(&place.root)
        .args([
            "build",
            "--package",
            "browser",
            "--profile",
            "wasm",
            "--target",
            TARGET,
        ])
        .env("CARGO_TARGET_DIR", &target)
        // Flags meant for the host's compiler.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    toolchain.configure(&mut cargo);
    process::run(&mut cargo)?;
    Ok(target.join(TARGET).join("wasm").join("browser.wasm"))
}

/// Writes `browser.js` and `browser_bg.wasm`, the names Leptos asks for, into `folder`.
///
/// # Errors
/// When wasm-bindgen does not understand the module.
pub fn bind(module: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("browser")
        .generate(folder)
        .with_context(|| format!("binding {}", module.display()))?;
    fs::metadata(folder.join("browser_bg.wasm")).context("wasm-bindgen wrote no module")?;
    Ok(())
}
