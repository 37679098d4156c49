//! Inbox and outbox (受信箱・送信待ち).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::{JobId, MunicipalityId};
use sea_orm::prelude::Expr;
use sea_orm::sea_query::{ExprTrait as _, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use usecases::ports::store::{InboxEvent, InboxReads, Job, JobEnd, JobWrites, Lane, Lease, Stored};

use crate::entity::{inbox_events, jobs};
use crate::failure::{Doing as _, Unreadable, fault};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};

#[async_trait]
impl<C: ConnectionTrait + Send> InboxReads for Scoped<C> {
    async fn event(&self, event_id: &str) -> Stored<Option<InboxEvent>> {
        let row = self
            .find::<inbox_events::Entity>()
            .filter(inbox_events::Column::EventId.eq(event_id))
            .one(&self.conn)
            .await
            .doing("reading a received event")?;
        Ok(row.map(event).transpose()?)
    }
}

#[async_trait]
impl JobWrites for Scoped<DatabaseTransaction> {
    async fn enqueue(&mut self, job: &Job) -> Stored<bool> {
        if job.municipality != self.municipality {
            return Err(fault("enqueuing a job", "it is another municipality's"));
        }
        let row = jobs::Model {
            municipality_id: self.tenant(),
            id: job.id.0,
            dedup_key: job.dedup_key.clone(),
            kind: job.kind.name().to_owned(),
            payload: row::json(&job.kind)?,
            due_at: row::micros(job.due_at),
            attempts: row::integer(job.attempts)?,
            leased_until: None,
            done_at: None,
            failed_at: None,
            last_error: None,
        };
        let entered = self
            .enter_unless(
                there([jobs::Column::MunicipalityId, jobs::Column::DedupKey]),
                row,
                "enqueuing a job",
            )
            .await?;
        Ok(entered)
    }

    async fn receive(&mut self, event: &InboxEvent) -> Stored<bool> {
        let row = inbox_events::Model {
            municipality_id: self.tenant(),
            event_id: event.event_id.clone(),
            kind: event.kind.clone(),
            object_id: event.object_id.clone(),
            raw: event.raw.clone(),
            received_at: row::micros(event.received_at),
            processed_at: None,
        };
        let entered = self
            .enter_unless(
                there([
                    inbox_events::Column::MunicipalityId,
                    inbox_events::Column::EventId,
                ]),
                row,
                "keeping a received event",
            )
            .await?;
        Ok(entered)
    }

    async fn event_processed(&mut self, event_id: &str, now: DateTime<Utc>) -> Stored<()> {
        self.update::<inbox_events::Entity>()
            .col_expr(
                inbox_events::Column::ProcessedAt,
                Expr::value(row::micros(now)),
            )
            .filter(inbox_events::Column::EventId.eq(event_id))
            .exec(&self.conn)
            .await
            .doing("noting that an event was looked at")?;
        Ok(())
    }

    async fn purge_events(&mut self, before: DateTime<Utc>, most: u32) -> Stored<u64> {
        let looked_at = self
            .find::<inbox_events::Entity>()
            .filter(inbox_events::Column::ProcessedAt.lt(row::micros(before)));
        let key = inbox_events::Column::EventId;
        self.purge::<String, _>(looked_at, key, most, "purging events that were looked at")
            .await
    }
}

/// Takes up to `most` due jobs of a lane, of all municipalities, and counts the attempt, in the caller's
/// transaction. On PostgreSQL rows that another worker is taking are skipped, on SQLite there is
/// one writer at a time.
pub(crate) async fn lease(
    tx: &DatabaseTransaction,
    lane: Lane,
    now: DateTime<Utc>,
    leased_until: DateTime<Utc>,
    most: u32,
) -> Stored<Vec<Job>> {
    let instant = row::micros(now);
    let rows = jobs::Entity::find()
        .filter(jobs::Column::DoneAt.is_null())
        .filter(jobs::Column::FailedAt.is_null())
        .filter(jobs::Column::DueAt.lte(instant))
        .filter(jobs::Column::Kind.is_in(lane.kinds().iter().copied()))
        .filter(
            Condition::any()
                .add(jobs::Column::LeasedUntil.is_null())
                .add(jobs::Column::LeasedUntil.lte(instant)),
        )
        .order_by_asc(jobs::Column::DueAt)
        .order_by_asc(jobs::Column::Id)
        .limit(u64::from(most))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await
        .doing("looking for due jobs")?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let taken = rows.iter().fold(Condition::any(), |any, row| {
        any.add(
            Condition::all()
                .add(jobs::Column::MunicipalityId.eq(row.municipality_id))
                .add(jobs::Column::Id.eq(row.id)),
        )
    });
    jobs::Entity::update_many()
        .col_expr(
            jobs::Column::LeasedUntil,
            Expr::value(row::micros(leased_until)),
        )
        .col_expr(
            jobs::Column::Attempts,
            Expr::col(jobs::Column::Attempts).add(1),
        )
        .filter(taken)
        .exec(tx)
        .await
        .doing("leasing jobs")?;
    let mut jobs = Vec::with_capacity(rows.len());
    for row in rows {
        let lease = lease_of(&row)?;
        match leased(row, lease) {
            Ok(job) => jobs.push(job),
            Err(unreadable) => set_aside(tx, lease, now, unreadable).await?,
        }
    }
    Ok(jobs)
}

/// A job that nobody can read waits for a person: it must not keep the others from being done.
async fn set_aside(
    tx: &DatabaseTransaction,
    lease: Lease,
    now: DateTime<Utc>,
    unreadable: Unreadable,
) -> Stored<()> {
    tracing::error!(job.id = %lease.job, error = %unreadable, "a job cannot be read");
    let error = unreadable.to_string();
    end(tx, lease, now, JobEnd::GivenUp { error })
        .await
        .map(drop)
}

/// Ends a leased job; `false` when the lease is no longer the job's last one. Every taking counts an
/// attempt, so the attempt says which lease it was.
pub(crate) async fn end(
    conn: &impl ConnectionTrait,
    lease: Lease,
    now: DateTime<Utc>,
    end: JobEnd,
) -> Stored<bool> {
    let nobody = Expr::value(None::<i64>);
    let now = row::micros(now);
    let change = jobs::Entity::update_many().col_expr(jobs::Column::LeasedUntil, nobody);
    let change = match end {
        JobEnd::Done => change.col_expr(jobs::Column::DoneAt, Expr::value(now)),
        JobEnd::Again { at, error } => change
            .col_expr(jobs::Column::DueAt, Expr::value(row::micros(at)))
            .col_expr(jobs::Column::LastError, Expr::value(error)),
        JobEnd::GivenUp { error } => change
            .col_expr(jobs::Column::FailedAt, Expr::value(now))
            .col_expr(jobs::Column::LastError, Expr::value(error)),
    };
    let ended = change
        .filter(jobs::Column::MunicipalityId.eq(lease.municipality.0))
        .filter(jobs::Column::Id.eq(lease.job.0))
        .filter(jobs::Column::Attempts.eq(row::integer(lease.attempt)?))
        .filter(jobs::Column::LeasedUntil.is_not_null())
        .exec(conn)
        .await
        .doing("ending a job")?;
    Ok(ended.rows_affected > 0)
}

/// The lease that begins now, of a row as it was found.
fn lease_of(model: &jobs::Model) -> Result<Lease, Unreadable> {
    let before: u32 = Row::of("jobs", model.id).parse("attempts", model.attempts)?;
    Ok(Lease {
        municipality: MunicipalityId(model.municipality_id),
        job: JobId(model.id),
        attempt: before.saturating_add(1),
    })
}

/// A row as it was found, taken under `lease`.
fn leased(model: jobs::Model, lease: Lease) -> Result<Job, Unreadable> {
    let row = Row::of("jobs", model.id);
    Ok(Job {
        municipality: lease.municipality,
        id: lease.job,
        dedup_key: model.dedup_key,
        kind: row.json("payload", model.payload)?,
        due_at: row.instant("due_at", model.due_at)?,
        attempts: lease.attempt,
    })
}

fn event(model: inbox_events::Model) -> Result<InboxEvent, Unreadable> {
    let row = Row::of("inbox_events", &model.event_id);
    Ok(InboxEvent {
        received_at: row.instant("received_at", model.received_at)?,
        event_id: model.event_id,
        kind: model.kind,
        object_id: model.object_id,
        raw: model.raw,
    })
}
