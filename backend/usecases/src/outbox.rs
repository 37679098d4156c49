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
