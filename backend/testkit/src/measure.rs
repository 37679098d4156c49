//! What a program of figures needs: how long things took, and how that spreads.

use std::fmt;
use std::time::{Duration, Instant};

/// Starts when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long ago that was.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// How long each of many tries took.
#[derive(Clone, Debug, Default)]
pub struct Spread(Vec<Duration>);

impl Spread {
    /// How many tries there were.
    #[must_use]
    pub fn tries(&self) -> usize {
        self.0.len()
    }

    /// The time that `per_mille` of 1,000 tries do not exceed: 500 is the median, 990 the p99.
    /// Nothing where nothing was tried.
    #[must_use]
    pub fn percentile(&self, per_mille: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        let place = (sorted.len() * per_mille).div_ceil(1_000).saturating_sub(1);
        sorted.get(place.min(last)).copied().unwrap_or_default()
    }

    /// Half of the tries were faster.
    #[must_use]
    pub fn median(&self) -> Duration {
        self.percentile(500)
    }
}

impl FromIterator<Duration> for Spread {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        Self(times.into_iter().collect())
    }
}

impl Extend<Duration> for Spread {
    fn extend<I: IntoIterator<Item = Duration>>(&mut self, times: I) {
        self.0.extend(times);
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, p95, p99, most] = [500, 950, 990, 1_000].map(|per| self.percentile(per));
        write!(
            f,
            "median {median:.1?}, p95 {p95:.1?}, p99 {p99:.1?}, max {most:.1?} ({} tries)",
            self.tries()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let spread: Spread = (1..=200).rev().map(Duration::from_millis).collect();
        let millis = |per| spread.percentile(per).as_millis();
        assert_eq!([500, 990, 1_000].map(millis), [100, 198, 200]);
        assert_eq!(Spread::default().median(), Duration::ZERO);
    }
}
