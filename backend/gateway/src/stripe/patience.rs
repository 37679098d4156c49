//! How often and how long a call is tried, and how it waits in between.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use async_trait::async_trait;

/// How much is done before an outcome is called unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Tries in all; at least one is made.
    pub tries: u32,
    /// Bound of one try, from connecting to the last byte. Stripe's client has none of its own.
    pub per_try: Duration,
    /// Bound of everything, waiting included: a person sits in front of the page.
    pub total: Duration,
    /// Wait before the second try; doubled before every further one.
    pub first_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 3,
            per_try: Duration::from_secs(10),
            total: Duration::from_secs(25),
            first_wait: Duration::from_millis(500),
        }
    }
}

impl Patience {
    /// The wait before try number `number` (the second is 1), spread by up to a half so that a
    /// thousand payers at 9:00 do not come back together. The spread follows from `who`: no chance
    /// is needed for it.
    pub(super) fn wait(&self, number: u32, who: &str) -> Duration {
        let doubled = 2_u32.saturating_pow(number.saturating_sub(1));
        let wait = self.first_wait.saturating_mul(doubled);
        let mut hasher = DefaultHasher::new();
        (who, number).hash(&mut hasher);
        let spread = u32::try_from(hasher.finish() % 51).unwrap_or_default();
        wait.saturating_add(wait.saturating_mul(spread) / 100)
    }
}

/// Waits between two tries.
#[async_trait]
pub trait Pause: Send + Sync {
    /// Comes back after about `wait`.
    async fn pause(&self, wait: Duration);
}

/// Waits for real.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioPause;

#[async_trait]
impl Pause for TokioPause {
    async fn pause(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_spread_but_never_by_more_than_a_half() {
        let patience = Patience::default();
        for (number, least) in [(1, 500), (2, 1_000), (3, 2_000)] {
            let waits: Vec<Duration> = (0..100)
                .map(|who| patience.wait(number, &format!("payment:{who}")))
                .collect();
            for wait in &waits {
                assert!(
                    (least..=least * 3 / 2).contains(&wait.as_millis()),
                    "{wait:?}"
                );
            }
            let first = waits.first().unwrap();
            assert!(
                waits.iter().any(|wait| wait != first),
                "a thousand payers come back at once"
            );
        }
    }
}
