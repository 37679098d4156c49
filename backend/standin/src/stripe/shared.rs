//! The world behind its lock, and the bells that wake who waits for a change.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::world::World;

/// What all connections share.
#[derive(Debug, Default)]
pub struct Shared {
    world: Mutex<World>,
    /// Rung when there may be something to deliver.
    pub work: Notify,
    /// Rung when a delivery ended.
    pub settled: Notify,
    /// Rung when hanging requests may go on.
    pub release: Notify,
    /// Where the world is kept across restarts.
    pub snapshot: Option<PathBuf>,
}

impl Shared {
    /// Shares a world.
    #[must_use]
    pub fn new(world: World, snapshot: Option<PathBuf>) -> Self {
        Self {
            world: Mutex::new(world),
            snapshot,
            ..Self::default()
        }
    }

    /// One atomic step, after whatever was due has happened.
    pub fn with<R>(&self, step: impl FnOnce(&mut World) -> R) -> R {
        let (result, work) = {
            let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
            world.tick();
            let before = world.webhooks.deliveries().len();
            let result = step(&mut world);
            (result, world.webhooks.deliveries().len() != before)
        };
        if work {
            self.work.notify_one();
        }
        result
    }
}
