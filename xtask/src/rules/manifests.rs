//! What a `Cargo.toml` must say so that the workspace's lints reach its crate.

use std::fs;

use anyhow::{Context as _, Result};

use crate::place::Place;

/// The crates that do not take the workspace's lints, each as a sentence.
///
/// # Errors
/// When a manifest cannot be read.
pub fn breaches(place: &Place) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for package in &place.workspace.packages {
        let path = package.manifest_path.as_std_path();
        let manifest =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        if !takes_the_lints(&manifest) {
            let shown = place.show(path);
            breaches.push(format!("{shown}: no `[lints] workspace = true`"));
        }
    }
    Ok(breaches)
}

fn takes_the_lints(manifest: &str) -> bool {
    manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[lints]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .any(|line| line == "workspace = true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_forgets_the_lints_is_seen() {
        assert!(takes_the_lints("[package]\n[lints]\nworkspace = true\n"));
        assert!(!takes_the_lints(
            "[package]\n[dependencies]\nworkspace = true\n"
        ));
        assert!(!takes_the_lints(
            "[lints]\n[dependencies]\nworkspace = true\n"
        ));
    }
}
