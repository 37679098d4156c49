//! A round of the worker over many things: what is broken or slow in one holds up none of the others.

use contract::{Failure, Fault, Outcome};
use tokio::task::{JoinError, JoinSet};

/// How many things of a round are under way at once. Few enough for the database's connections and
/// the payment service's limits, enough that one slow answer is not waited for by all.
const AT_ONCE: usize = 8;

/// Remembers the first fault of a round (巡回) and lets the round go on.
#[derive(Default)]
pub(crate) struct Round {
    first: Option<Failure>,
}

impl Round {
    /// Does the same with each of `items`, some of them side by side; what was done, in no order.
    pub(crate) async fn each<I, T, F>(&mut self, items: I, work: impl Fn(I::Item) -> F) -> Vec<T>
    where
        I: IntoIterator,
        F: Future<Output = Outcome<T>> + Send + 'static,
        T: Send + 'static,
    {
        let (mut under_way, mut done) = (JoinSet::new(), Vec::new());
        for item in items {
            if under_way.len() >= AT_ONCE
                && let Some(ended) = under_way.join_next().await
            {
                done.extend(self.note(joined(ended)));
            }
            under_way.spawn(work(item));
        }
        while let Some(ended) = under_way.join_next().await {
            done.extend(self.note(joined(ended)));
        }
        done
    }

    /// Takes in how one thing went. A refusal is the state of the world, and the next round looks
    /// again; a fault is logged here, because only the first one is handed on.
    pub(crate) fn note<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        match outcome {
            Ok(done) => Some(done),
            Err(Failure::Refused(_)) => None,
            Err(Failure::Fault(fault)) => {
                tracing::error!(error = %fault, "round.fault");
                self.first.get_or_insert(Failure::Fault(fault));
                None
            }
        }
    }

    /// The round is over.
    ///
    /// # Errors
    /// Its first fault.
    pub(crate) fn end<T>(self, done: T) -> Outcome<T> {
        self.first.map_or(Ok(done), Err)
    }
}

/// One that panicked is a fault like any other.
fn joined<T>(ended: Result<Outcome<T>, JoinError>) -> Outcome<T> {
    ended.unwrap_or_else(|error| Err(Fault::new("wait for a part of a round", error).into()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use contract::Refusal;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn what_is_slow_is_waited_for_by_nobody_else() {
        let (others_are_done, mut round) = (Arc::new(Notify::new()), Round::default());
        // The first waits for the last: one after the other they would wait for ever.
        let done = round
            .each(0..AT_ONCE, |n| {
                let others_are_done = Arc::clone(&others_are_done);
                async move {
                    if n == 0 {
                        others_are_done.notified().await;
                    } else if n == AT_ONCE - 1 {
                        others_are_done.notify_one();
                    }
                    Ok(n)
                }
            })
            .await;
        assert_eq!(done.len(), AT_ONCE);
        assert!(round.end(()).is_ok());
    }

    #[tokio::test]
    async fn what_is_broken_stops_nobody_else_and_is_told_once() {
        let mut round = Round::default();
        let done = round
            .each(0..40, |n: u32| async move {
                match n % 4 {
                    0 => Err(Fault::new("break", "on purpose").into()),
                    1 => Err(Refusal::Busy.into()),
                    2 => Ok(n),
                    _ => Ok(n + 1_000),
                }
            })
            .await;
        assert_eq!(done.len(), 20);
        assert!(matches!(round.end(()), Err(Failure::Fault(_))));
    }
}
