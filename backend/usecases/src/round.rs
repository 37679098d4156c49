//! A round of the worker over many things: what is broken in one holds up none of the others.

use contract::{Failure, Outcome};

/// Remembers the first fault of a round (巡回) and lets the round go on.
#[derive(Default)]
pub(crate) struct Round {
    first: Option<Failure>,
}

impl Round {
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
