//! What the crates that bring C with them need beside the compiler.

use anyhow::Result;

use crate::{debian, process};

/// Makes sure that `make` is there: jemalloc is built with it.
///
/// # Errors
/// When it is missing and cannot be installed.
pub fn ready() -> Result<()> {
    if process::on_path("make").is_some() {
        return Ok(());
    }
    debian::install("make", &["make"])
}
