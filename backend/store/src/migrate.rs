//! Bringing the schema up to date, and asking whether it is.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use contract::Fault;
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};
use usecases::ports::store::Stored;

use crate::failure::{Doing as _, is_contention};
use crate::open::{self, Kind};

/// How long one waits for another that migrates at the same time.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to wait before asking again for a file that another turns to write-ahead logging.
const PAUSE: Duration = Duration::from_millis(20);

/// PostgreSQL's advisory lock, held until the transaction ends; the key is `yoriai` in ASCII.
const LOCK: &str = "SELECT pg_advisory_xact_lock(133520765149545)";

/// Brings the schema at `url` up to date: all missing steps, or none. Makes a SQLite file that is
/// not there. Safe to run again and from several machines at once: one works, the others wait.
///
/// # Errors
/// [`Fault`] when the database cannot be reached or refuses a step.
pub async fn migrate(url: &str) -> Result<(), Fault> {
    let kind = Kind::of(url)?;
    let connection = match kind {
        Kind::Sqlite => patient_sqlite(url).await,
        Kind::Postgres => open::patient_postgres(url, PATIENCE).await,
    }
    .map_err(|error| Fault::new("connecting to the database", error))?;
    let done = take_steps(&connection, kind).await;
    let closed = connection.close().await;
    done.and(closed)
        .map_err(|error| Fault::new("migrating the schema", error))
}

/// Opens a SQLite file for migrating. Turning a new file to write-ahead logging needs the file
/// alone and fails at once where it is not (`busy_timeout` does not cover it), so we wait here.
async fn patient_sqlite(url: &str) -> Result<DatabaseConnection, DbErr> {
    let started = Instant::now();
    loop {
        match open::patient_sqlite(url, PATIENCE).await {
            Err(error) if is_contention(&error) && started.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            answer => return answer,
        }
    }
}

/// One transaction around all steps: whoever waited for it finds nothing left to do.
async fn take_steps(connection: &DatabaseConnection, kind: Kind) -> Result<(), DbErr> {
    let tx = connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await?;
    if kind == Kind::Postgres {
        tx.execute_unprepared(LOCK).await?;
    }
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// True when every step this build knows has been taken. Steps it does not know may have been
/// taken as well: they only expand the schema, so that a release can be rolled out one process at
/// a time.
pub(crate) async fn is_current(connection: &DatabaseConnection) -> Stored<bool> {
    let known: BTreeSet<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    let taken = migrations::steps_taken(connection)
        .await
        .doing("reading which migrations were applied")?;
    Ok(known.is_subset(&taken))
}
