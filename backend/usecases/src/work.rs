//! The worker's hands (ワーカー): due jobs, lapsed holds, unpaid fees, the poller, the purge.
//!
//! Several workers may run at once: a job is leased, everything else is idempotent. Each kind of
//! round stands alone, so that whoever calls them can run them side by side: what asks the payment
//! service may take minutes, and mail and lapsed holds must not wait for it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use contract::{Call, Failure, Outcome};
use domain::ids::{MunicipalityId, RequestId};

use crate::desk::Desk;
use crate::payments::{Lapsing, Moving, PolledPayments, RefundProgress};
use crate::ports::chance::Clock;
use crate::ports::mail::Mailer;
use crate::ports::store::{Job, JobEnd, JobKind, Lane};
use crate::retention::Purged;
use crate::round::Round;

mod group_mail;
mod mail;
mod notice;
mod reviewed;
mod transfer_mail;

/// A job may take this long before another worker may try it, seconds: longer than the few bounded
/// calls that the slowest of them makes.
const LEASE_SECONDS: i64 = 120;

/// How many jobs are leased at once. They run side by side, so that no lease runs out in the queue.
const AT_ONCE: u32 = 8;

/// After so many tries a job waits for a person; with the pauses below that is about two days.
const TRIES: u32 = 60;

/// The longest pause between tries, seconds.
const LONGEST_PAUSE_SECONDS: i64 = 3600;

/// Does what was asked for in the outbox. Cheap to clone.
#[derive(Clone)]
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

    /// Runs the jobs that are due, in every lane; how many there were.
    ///
    /// # Errors
    /// As [`Self::run_lane`].
    pub async fn run_due_jobs(&self) -> Outcome<u32> {
        let (mail, money) = tokio::join!(self.run_lane(Lane::Mail), self.run_lane(Lane::Money));
        Ok(mail? + money?)
    }

    /// Runs some of the jobs that are due in one lane, side by side; how many. Again at once when
    /// there were any.
    ///
    /// # Errors
    /// When the store fails; a job's own failure is noted on the job.
    pub async fn run_lane(&self, lane: Lane) -> Outcome<u32> {
        let now = self.clock.now();
        let until = now + Duration::seconds(LEASE_SECONDS);
        let store = &self.desk.store;
        let jobs = store.lease_jobs(lane, now, until, AT_ONCE).await?;
        let count = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        let mut round = Round::default();
        let each = |job: Job| {
            let worker = self.clone();
            async move { worker.run(&job).await }
        };
        round.each(jobs, each).await;
        round.end(count)
    }

    /// Lets go of holds that lapsed, in every municipality; how many were. Asks nobody outside.
    ///
    /// # Errors
    /// When the store fails; everything else was let go all the same.
    pub async fn release_lapsed(&self) -> Outcome<u32> {
        self.release(Lapsing::Hold).await
    }

    /// Closes the checkouts of fees that were not paid in time and lets their floor go, in every
    /// municipality; how many were.
    ///
    /// # Errors
    /// When the store fails or an account is not accepted; everything else was let go all the same.
    pub async fn release_unpaid(&self) -> Outcome<u32> {
        self.release(Lapsing::Unpaid).await
    }

    async fn release(&self, lapsing: Lapsing) -> Outcome<u32> {
        let mut round = Round::default();
        let mut lapsed = Vec::new();
        for town in self.desk.store.municipalities().await? {
            let of_town = self.desk.lapsed(&self.call(town.id), lapsing).await;
            let of_town = round.note(of_town).unwrap_or_default();
            lapsed.extend(of_town.into_iter().map(|id| (town.id, id)));
        }
        let each = |(town, id)| {
            let worker = self.clone();
            async move {
                let call = worker.call(town);
                worker.desk.release(&call, lapsing, id).await
            }
        };
        let released = round.each(lapsed, each).await;
        let count = released.into_iter().filter(|released| *released).count();
        round.end(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Asks about everything that may still move, in every municipality.
    ///
    /// # Errors
    /// When the store fails or an account is not accepted; all others were asked all the same.
    pub async fn poll_payments(&self) -> Outcome<PolledPayments> {
        let mut round = Round::default();
        let mut moving = Vec::new();
        let mut polled = PolledPayments::default();
        for town in self.desk.store.municipalities().await? {
            let of_town = self.desk.moving(&self.call(town.id)).await;
            for one in round.note(of_town).unwrap_or_default() {
                match one {
                    Moving::Payment(_) => polled.payments += 1,
                    Moving::Refund(_) => polled.refunds += 1,
                }
                moving.push((town.id, one));
            }
        }
        let each = |(town, one)| {
            let worker = self.clone();
            async move { worker.desk.ask_about(&worker.call(town), one).await }
        };
        round.each(moving, each).await;
        round.end(polled)
    }

    /// Throws away what is past its time, in every municipality (保存期間の過ぎたものの廃棄).
    ///
    /// # Errors
    /// When the store fails; every other municipality was seen to all the same.
    pub async fn purge(&self) -> Outcome<Purged> {
        let (mut sum, mut round) = (Purged::default(), Round::default());
        for town in self.desk.store.municipalities().await? {
            let of_town = self.desk.purge(&self.call(town.id)).await;
            sum = sum.and(round.note(of_town).unwrap_or_default());
        }
        if sum != Purged::default() {
            tracing::info!(?sum, "retention.purged");
        }
        round.end(sum)
    }

    /// Files people whom nobody has filed, some in every municipality: those who came before there
    /// was an index. How many there were; again at once when there were any.
    ///
    /// # Errors
    /// When the store fails; whoever cannot be read is left to be found by their number.
    pub async fn file_people(&self) -> Outcome<u32> {
        let (mut filed, mut round) = (0, Round::default());
        for town in self.desk.store.municipalities().await? {
            let call = self.call(town.id);
            for person in round
                .note(self.desk.unfiled(&call).await)
                .unwrap_or_default()
            {
                let one = round.note(self.desk.file_again(&call, person).await);
                filed += u32::from(one.is_some());
            }
        }
        round.end(filed)
    }

    /// Notes as used (利用済み) what has been over for a day, some in every municipality; how many
    /// there were.
    ///
    /// # Errors
    /// When the store fails; every other reservation was seen to all the same.
    pub async fn complete_past(&self) -> Outcome<u32> {
        let (mut done, mut round) = (0, Round::default());
        for town in self.desk.store.municipalities().await? {
            let call = self.call(town.id);
            let over = round.note(self.desk.over(&call).await).unwrap_or_default();
            for reservation in over {
                let one = round.note(self.desk.complete(&call, reservation).await);
                done += u32::from(one == Some(true));
            }
        }
        round.end(done)
    }

    /// Lets go of what has begun before anybody decided about it, some in every municipality; how
    /// many there were.
    ///
    /// # Errors
    /// When the store fails; every other reservation was seen to all the same.
    pub async fn let_go_undecided(&self) -> Outcome<u32> {
        let (mut done, mut round) = (0, Round::default());
        for town in self.desk.store.municipalities().await? {
            let call = self.call(town.id);
            let waiting = round.note(self.desk.undecided(&call).await);
            for reservation in waiting.unwrap_or_default() {
                let one = round.note(self.desk.let_go_undecided(&call, reservation).await);
                done += u32::from(one == Some(true));
            }
        }
        round.end(done)
    }

    fn call(&self, municipality: MunicipalityId) -> Call {
        let now = self.clock.now();
        Call::system(municipality, RequestId(self.desk.chance.id(now)), now)
    }

    /// Runs a leased job and says how it ended, unless it took so long that somebody else has it.
    async fn run(&self, job: &Job) -> Outcome<()> {
        let call = self.call(job.municipality);
        let went = match self.attempt(&call, &job.kind).await {
            Ok(went) => went,
            Err(Failure::Refused(refusal)) => Went::NotYet(refusal.code().to_owned()),
            Err(Failure::Fault(fault)) => Went::NotYet(chain(&fault)),
        };
        let now = self.clock.now();
        let end = match went {
            Went::Done => JobEnd::Done,
            Went::NotYet(error) if job.attempts < TRIES => JobEnd::Again {
                at: again_at(now, job.attempts),
                error,
            },
            Went::NotYet(error) | Went::Never(error) => {
                tracing::error!(job.id = %job.id, error, "job.given_up");
                JobEnd::GivenUp { error }
            }
        };
        if !self.desk.store.end_job(job.lease(), now, end).await? {
            tracing::warn!(job.id = %job.id, job.attempt = job.attempts, "job.lease_lost");
        }
        Ok(())
    }

    async fn attempt(&self, call: &Call, kind: &JobKind) -> Outcome<Went> {
        let wait = |what: &str| Went::NotYet(what.to_owned());
        Ok(match kind {
            JobKind::SettlePayment { payment } => {
                if self.desk.is_settled(call, *payment).await? {
                    Went::Done
                } else {
                    wait("open")
                }
            }
            JobKind::SendRefund { refund } => match self.desk.follow_refund(call, *refund).await? {
                RefundProgress::Ended => Went::Done,
                RefundProgress::UnderWay => wait("under way"),
            },
            JobKind::HandleEvent { event } => {
                if self.desk.look_into_event(call, event).await? {
                    Went::Done
                } else {
                    wait("no answer")
                }
            }
            JobKind::MailConfirmed { reservation } => {
                self.mail_confirmed(call, kind, *reservation).await?
            }
            JobKind::MailCancelled { reservation } => {
                self.mail_cancelled(call, kind, *reservation).await?
            }
            JobKind::MailReviewed { reservation } => {
                self.mail_reviewed(call, kind, *reservation).await?
            }
            JobKind::MailPartCancelled { reservation, nth } => {
                self.mail_part_cancelled(call, kind, (*reservation, *nth))
                    .await?
            }
            JobKind::MailStrayMoneyReturned { refund } => {
                self.mail_stray_money(call, kind, *refund).await?
            }
            JobKind::MailAccountWanted { refund } => {
                self.mail_account_wanted(call, kind, *refund).await?
            }
            JobKind::MailTransferred { refund, .. } => {
                self.mail_transferred(call, kind, *refund).await?
            }
            JobKind::MailTransferSentBack { refund, .. } => {
                self.mail_sent_back(call, kind, *refund).await?
            }
            JobKind::MailVoucher { payment } => self.mail_voucher(call, kind, *payment).await?,
            JobKind::MailEmailChanged { former } => {
                self.mail_email_changed(call, kind, *former).await?
            }
            JobKind::MailCardAdded { person, .. } => {
                self.mail_card(call, kind, *person, notice::CARD_ADDED)
                    .await?
            }
            JobKind::MailCardRemoved { person, .. } => {
                self.mail_card(call, kind, *person, notice::CARD_REMOVED)
                    .await?
            }
            JobKind::MailGroupDecided { group, .. } => {
                self.mail_group_decided(call, kind, *group).await?
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
