//! The worker's loops (ワーカー): mail, money, lapsed holds, unpaid fees, the poller, the purge, each
//! again and again.
//!
//! They go on side by side, because some ask the payment service, which may take minutes to say
//! nothing, and mail must not wait for that. Several workers may run at once: a job is leased by a
//! row lock, everything else is idempotent. What is done is [`usecases::Worker`]'s; here is only
//! when.

use std::time::Duration;

use contract::{Failure, Outcome};
use tokio::sync::watch;
use tokio::time::sleep;
use usecases::Worker;
use usecases::ports::store::Lane;

/// How often what is kept too long is thrown away: retention is counted in hours.
const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// How often the worker looks (巡回の間隔).
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For due jobs, lapsed holds and unpaid fees, when there is nothing to do.
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

/// Works until `stop` says so. A round that has begun is finished first.
pub async fn work(worker: &Worker, pace: Pace, stop: watch::Receiver<bool>) {
    let idle = pace.idle;
    tokio::join!(
        again("mail", idle, stop.clone(), || worker.run_lane(Lane::Mail)),
        again("money", idle, stop.clone(), || worker.run_lane(Lane::Money)),
        again("lapsed", idle, stop.clone(), || nothing_more(
            worker.release_lapsed()
        )),
        again("unpaid", idle, stop.clone(), || nothing_more(
            worker.release_unpaid()
        )),
        again("poll", pace.poll, stop.clone(), || nothing_more(
            worker.poll_payments()
        )),
        again("filing", pace.poll, stop.clone(), || worker.file_people()),
        again("completing", pace.poll, stop.clone(), || worker
            .complete_past()),
        again("undecided", pace.poll, stop.clone(), || worker
            .let_go_undecided()),
        again("purge", PURGE_EVERY, stop, || nothing_more(worker.purge())),
    );
}

/// Goes round until `stop` says so: at once while there is something to do, else after a pause.
async fn again<F: Future<Output = Outcome<u32>>>(
    what: &'static str,
    pause: Duration,
    mut stop: watch::Receiver<bool>,
    round: impl Fn() -> F,
) {
    let mut health = Health::of(what);
    while !*stop.borrow() {
        let found = health.note(round().await).unwrap_or(0);
        if found == 0 {
            tokio::select! {
                () = sleep(pause) => {}
                // A sender that is gone has nothing more to say than stop.
                _stopped = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}

/// A round that sees to everything there is leaves nothing to do at once.
async fn nothing_more<T>(round: impl Future<Output = Outcome<T>>) -> Outcome<u32> {
    round.await.map(|_done| 0)
}

/// How one kind of round fares: says once that it fails, and once that it works again.
struct Health {
    what: &'static str,
    failing: bool,
}

impl Health {
    const fn of(what: &'static str) -> Self {
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
