//! The worker's loop (ワーカー): due jobs, lapsed holds, the poller, again and again.
//!
//! Several may run at once: a job is leased by a row lock, everything else is idempotent. What it
//! does is [`usecases::Worker`]'s; here is only when.

use std::time::Duration;

use contract::{Failure, Outcome};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use usecases::Worker;

/// How often the worker looks (巡回の間隔).
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For due jobs and lapsed holds, when there is nothing to do.
    pub idle: Duration,
    /// For payments and refunds of which no news came.
    pub poll: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(1),
            poll: Duration::from_secs(60),
        }
    }
}

/// Works until `stop` says so. A job that has begun is finished first.
pub async fn work(worker: &Worker, pace: Pace, mut stop: watch::Receiver<bool>) {
    let mut jobs = Round::new("jobs");
    let mut lapsed = Round::new("lapsed");
    let mut poll = Round::new("poll");
    let mut next_poll = Instant::now();
    while !*stop.borrow() {
        let found = jobs.note(worker.run_due_jobs().await).unwrap_or(0);
        lapsed.note(worker.release_lapsed().await);
        if Instant::now() >= next_poll {
            poll.note(worker.poll_payments().await);
            next_poll = Instant::now() + pace.poll;
        }
        if found == 0 {
            tokio::select! {
                () = sleep(pace.idle) => {}
                // A sender that is gone has nothing more to say than stop.
                _stopped = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}

/// One kind of round: says once that it fails, and once that it works again.
struct Round {
    what: &'static str,
    failing: bool,
}

impl Round {
    const fn new(what: &'static str) -> Self {
        Self {
            what,
            failing: false,
        }
    }

    fn note<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        match outcome {
            Ok(done) => {
                if std::mem::take(&mut self.failing) {
                    tracing::info!(round = self.what, "worker.recovered");
                }
                Some(done)
            }
            Err(failure) => {
                if !std::mem::replace(&mut self.failing, true) {
                    let fault = chain(&failure);
                    tracing::error!(round = self.what, fault, "worker.failing");
                }
                None
            }
        }
    }
}

fn chain(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.code().to_owned(),
        Failure::Fault(fault) => crate::system::chain(fault),
    }
}
