//! Asking for something to be done after the commit (送信待ちに入れる).

use chrono::{DateTime, Utc};
use contract::Call;
use domain::ids::JobId;

use crate::ports::chance::Chance;
use crate::ports::store::{Job, JobKind, Transaction};
use crate::transact::Abort;

/// Enqueues a job, once per key.
pub(crate) async fn enqueue(
    tx: &mut dyn Transaction,
    chance: &dyn Chance,
    call: &Call,
    kind: JobKind,
    due_at: DateTime<Utc>,
) -> Result<(), Abort> {
    let job = Job {
        municipality: call.municipality(),
        id: JobId(chance.id(call.now())),
        dedup_key: kind.dedup_key(),
        kind,
        due_at,
        attempts: 0,
    };
    tx.enqueue(&job).await?;
    Ok(())
}

impl JobKind {
    /// What makes it the same job. One mail of a kind per reservation, one call per refund.
    #[must_use]
    pub fn dedup_key(&self) -> String {
        match self {
            Self::MailConfirmed { reservation } => format!("mail_confirmed:{reservation}"),
            Self::MailCancelled { reservation } => format!("mail_cancelled:{reservation}"),
            Self::MailLateMoneyReturned { reservation } => {
                format!("mail_late_money_returned:{reservation}")
            }
            Self::SendRefund { refund } => format!("send_refund:{refund}"),
            Self::SettlePayment { payment } => format!("settle_payment:{payment}"),
            Self::FollowRefund { refund } => format!("follow_refund:{refund}"),
            Self::HandleEvent { event } => format!("handle_event:{event}"),
        }
    }
}
