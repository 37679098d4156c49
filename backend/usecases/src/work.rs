//! The worker's hands (ワーカー): due jobs, lapsed holds, the poller.
//!
//! Several workers may run at once: a job is leased, everything else is idempotent.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use contract::{Call, Failure, Outcome};
use domain::ids::{MunicipalityId, RequestId};

use crate::desk::Desk;
use crate::payments::PolledPayments;
use crate::ports::chance::Clock;
use crate::ports::mail::Mailer;
use crate::ports::store::{Job, JobEnd, JobKind};
use crate::round::Round;

mod mail;

/// A job may take this long before another worker may try it, seconds.
const LEASE_SECONDS: i64 = 120;

/// How many jobs are leased at once.
const AT_ONCE: u32 = 16;

/// After so many tries a job waits for a person; with the pauses below that is about two days.
const TRIES: u32 = 60;

/// The longest pause between tries, seconds.
const LONGEST_PAUSE_SECONDS: i64 = 3600;

/// Does what was asked for in the outbox.
pub struct Worker {
    desk: Arc<Desk>,
    mailer: Arc<dyn Mailer>,
    clock: Arc<dyn Clock>,
}

/// How one job went.
enum Went {
    Done,
    /// Not yet; the reason has no personal data in it.
    NotYet(String),
    /// Never.
    Never(String),
}

impl Worker {
    /// A worker on these adapters.
    #[must_use]
    pub fn new(desk: Arc<Desk>, mailer: Arc<dyn Mailer>, clock: Arc<dyn Clock>) -> Self {
        Self {
            desk,
            mailer,
            clock,
        }
    }

    /// Runs the jobs that are due; how many there were. Again at once when there were any.
    ///
    /// # Errors
    /// When the store fails; a job's own failure is noted on the job.
    pub async fn run_due_jobs(&self) -> Outcome<u32> {
        let now = self.clock.now();
        let until = now + Duration::seconds(LEASE_SECONDS);
        let jobs = self.desk.store.lease_jobs(now, until, AT_ONCE).await?;
        let count = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        for job in jobs {
            let end = self.run(&job).await;
            let now = self.clock.now();
            self.desk
                .store
                .end_job(job.municipality, job.id, now, end)
                .await?;
        }
        Ok(count)
    }

    /// Lets go of what lapsed, in every municipality; how many were.
    ///
    /// # Errors
    /// When the store fails or an account is not accepted; everything else was let go all the same.
    pub async fn release_lapsed(&self) -> Outcome<u32> {
        let (mut released, mut round) = (0, Round::default());
        for town in self.desk.store.municipalities().await? {
            let of_town = self.desk.release_lapsed(&self.call(town.id)).await;
            released += round.note(of_town).unwrap_or(0);
        }
        round.end(released)
    }

    /// Asks about everything that may still move, in every municipality.
    ///
    /// # Errors
    /// When the store fails or an account is not accepted; all others were asked all the same.
    pub async fn poll_payments(&self) -> Outcome<PolledPayments> {
        let (mut sum, mut round) = (PolledPayments::default(), Round::default());
        for town in self.desk.store.municipalities().await? {
            let of_town = self.desk.poll(&self.call(town.id)).await;
            let polled = round.note(of_town).unwrap_or_default();
            sum.payments += polled.payments;
            sum.refunds += polled.refunds;
        }
        round.end(sum)
    }

    fn call(&self, municipality: MunicipalityId) -> Call {
        let now = self.clock.now();
        Call::system(municipality, RequestId(self.desk.chance.id(now)), now)
    }

    async fn run(&self, job: &Job) -> JobEnd {
        let call = self.call(job.municipality);
        let went = match self.attempt(&call, &job.kind).await {
            Ok(went) => went,
            Err(Failure::Refused(refusal)) => Went::NotYet(refusal.code().to_owned()),
            Err(Failure::Fault(fault)) => Went::NotYet(chain(&fault)),
        };
        match went {
            Went::Done => JobEnd::Done,
            Went::NotYet(error) if job.attempts < TRIES => JobEnd::Again {
                at: again_at(call.now(), job.attempts),
                error,
            },
            Went::NotYet(error) | Went::Never(error) => {
                tracing::error!(job.id = %job.id, error, "job.given_up");
                JobEnd::GivenUp { error }
            }
        }
    }

    async fn attempt(&self, call: &Call, kind: &JobKind) -> Outcome<Went> {
        use crate::payments::RefundProgress;
        let wait = |what: &str| Went::NotYet(what.to_owned());
        Ok(match kind {
            JobKind::SettlePayment { payment } => {
                if self.desk.is_settled(call, *payment).await? {
                    Went::Done
                } else {
                    wait("open")
                }
            }
            JobKind::SendRefund { refund } | JobKind::FollowRefund { refund } => {
                match self.desk.follow_refund(call, *refund).await? {
                    RefundProgress::Ended => Went::Done,
                    RefundProgress::UnderWay => wait("under way"),
                }
            }
            JobKind::HandleEvent { event } => {
                if self.desk.look_into_event(call, event).await? {
                    Went::Done
                } else {
                    wait("no answer")
                }
            }
            JobKind::MailConfirmed { reservation }
            | JobKind::MailCancelled { reservation }
            | JobKind::MailLateMoneyReturned { reservation } => {
                self.mail(call, kind, *reservation).await?
            }
        })
    }
}

/// 2, 4, 8 … seconds, an hour at most.
fn again_at(now: DateTime<Utc>, attempts: u32) -> DateTime<Utc> {
    let pause = 2_i64
        .checked_pow(attempts.saturating_add(1))
        .unwrap_or(LONGEST_PAUSE_SECONDS);
    now + Duration::seconds(pause.min(LONGEST_PAUSE_SECONDS))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
