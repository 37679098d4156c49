//! The real clock and real chance, everywhere else parameters; and how an error is told in a line.

use chrono::{DateTime, SubsecRound, Utc};
use rand::{Rng, RngExt};
use usecases::ports::chance::{Chance, Clock};
use uuid::{Builder, Uuid};

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// The operating system's chance, through a generator that reseeds itself from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemChance;

#[expect(clippy::disallowed_methods, reason = "the one place that draws chance")]
fn generator() -> impl Rng {
    rand::rng()
}

impl Chance for SystemChance {
    fn secret(&self) -> [u8; 32] {
        generator().random()
    }

    fn id(&self, now: DateTime<Utc>) -> Uuid {
        let milliseconds = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(milliseconds, &generator().random()).into_uuid()
    }

    fn below(&self, bound: u32) -> u32 {
        if bound == 0 {
            0
        } else {
            generator().random_range(0..bound)
        }
    }
}

/// An error and what caused it, in one line; nothing twice where an error tells its cause itself.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| {
        let cause = cause.to_string();
        if line.ends_with(&cause) {
            line
        } else {
            format!("{line}: {cause}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once_whoever_tells_it() {
        let cause = || std::io::Error::other("refused");
        let silent = contract::Fault::new("calling", cause());
        let told = contract::Fault::new("calling: refused", cause());
        for fault in [silent, told] {
            assert_eq!(chain(&fault), "calling: refused");
        }
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let (first, second) = (SystemChance.id(at(1_000)), SystemChance.id(at(1_001)));
        assert!(first < second);
        assert_eq!(first.get_version_num(), 7);
    }
}
