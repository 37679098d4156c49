//! Chance that repeats itself.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use usecases::ports::chance::Chance;
use uuid::{Builder, Uuid};

/// Chance (乱数) from a seed: the same calls in the same order give the same answers. Clones draw
/// from the same row.
#[derive(Clone, Debug)]
pub struct TestChance(Arc<Mutex<StdRng>>);

impl TestChance {
    /// Chance from this seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    fn draw<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Chance for TestChance {
    fn secret(&self) -> [u8; 32] {
        self.draw(|rng| rng.random())
    }

    fn id(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let random = self.draw(|rng| rng.random());
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn below(&self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        self.draw(|rng| rng.random_range(0..bound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_tells_the_same_story() {
        let story = |seed| {
            let chance = TestChance::seeded(seed);
            let id = chance.id(DateTime::UNIX_EPOCH);
            (chance.secret(), id, chance.below(1_000_000))
        };
        assert_eq!(story(1), story(1));
        assert_ne!(story(1), story(2));
    }

    #[test]
    fn ids_sort_by_when_they_were_made() {
        let chance = TestChance::seeded(1);
        let at = |millis| chance.id(DateTime::from_timestamp_millis(millis).unwrap());
        let ids = [at(1_000), at(1_001), at(2_000), at(1_800_000_000_000)];
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}
