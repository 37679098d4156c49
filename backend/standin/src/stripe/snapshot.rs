//! The optional JSON file that keeps the objects across restarts of a demo.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::shared::Shared;
use super::world::World;

/// Reads the world back, or begins a new one when there is no file yet.
///
/// # Errors
/// When the file cannot be read or is not a snapshot.
pub fn load(path: &Path) -> anyhow::Result<World> {
    if !path.exists() {
        return Ok(World::default());
    }
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| {
        format!(
            "{} is not a snapshot; delete it to begin anew",
            path.display()
        )
    })
}

/// Writes the world when it changed since `saved`. A crash leaves the old file whole.
///
/// # Errors
/// When the file cannot be written.
pub fn save_if_changed(shared: &Shared, saved: &mut u64) -> anyhow::Result<()> {
    let Some(path) = &shared.snapshot else {
        return Ok(());
    };
    let text = shared.with(|world| {
        if world.revision == *saved {
            return Ok(None);
        }
        *saved = world.revision;
        serde_json::to_vec(world).map(Some)
    })?;
    if let Some(text) = text {
        let fresh = path.with_extension("new");
        fs::write(&fresh, text)?;
        fs::rename(fresh, path)?;
    }
    Ok(())
}
