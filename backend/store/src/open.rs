//! How connections are opened: what each database needs so that the rest can rely on it.

use std::time::Duration;

use contract::Fault;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

/// How long somebody waits for a connection, or for SQLite's one writer, before it reads as busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection idle for longer is asked whether it still lives before it is used.
const IDLE_BEFORE_CHECK: Duration = Duration::from_secs(30);

/// What a PostgreSQL session gives up after, milliseconds. Locks wait for less than people do, and
/// no process that hangs keeps its locks for long.
const POSTGRES_LIMITS: [(&str, &str); 3] = [
    ("lock_timeout", "3000"),
    ("statement_timeout", "30000"),
    ("idle_in_transaction_session_timeout", "30000"),
];

/// The databases we speak to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A `DATABASE_URL` we cannot use. Says nothing of the URL: it may hold a password.
#[derive(Debug, thiserror::Error)]
#[error("DATABASE_URL must be sqlite://FILE or postgres://USER@HOST/NAME")]
struct BadUrl;

impl Kind {
    /// The database a URL names.
    pub(crate) fn of(url: &str) -> Result<Self, Fault> {
        let bad = || Fault::new("reading DATABASE_URL", BadUrl);
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.contains(":memory:") => {
                url.parse::<SqliteConnectOptions>()
                    .map_err(|error| Fault::new("reading DATABASE_URL", error))?;
                Ok(Self::Sqlite)
            }
            Some(("postgres", _)) => {
                url.parse::<PgConnectOptions>()
                    .map_err(|error| Fault::new("reading DATABASE_URL", error))?;
                Ok(Self::Postgres)
            }
            _ => Err(bad()),
        }
    }
}

/// SQLite's one writer. A second writer in this process would only wait for it with a lock held;
/// in another process (the worker) `busy_timeout` makes it wait.
pub(crate) async fn sqlite_writer(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = options(url, 1);
    options.map_sqlx_sqlite_opts(careful);
    Database::connect(options).await
}

/// One connection that makes a SQLite file that is not there, and waits for other writers as long
/// as `patience`.
pub(crate) async fn patient_sqlite(
    url: &str,
    patience: Duration,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = options(url, 1);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        careful(sqlite)
            .create_if_missing(true)
            .busy_timeout(patience)
    });
    Database::connect(options).await
}

/// SQLite's readers, which see the last commit and wait for nobody.
pub(crate) async fn sqlite_readers(
    url: &str,
    connections: u32,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = options(url, connections);
    options.map_sqlx_sqlite_opts(|sqlite| {
        careful(sqlite)
            .pragma("query_only", "ON")
            // A reader's own page cache, KiB: the system's cache is behind it for all of them.
            .pragma("cache_size", "-512")
    });
    Database::connect(options).await
}

/// A pool of PostgreSQL connections.
pub(crate) async fn postgres(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = options(url, connections);
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.application_name("yoriai").options(POSTGRES_LIMITS)
    });
    Database::connect(options).await
}

/// One PostgreSQL connection that waits for locks as long as `patience`.
pub(crate) async fn patient_postgres(
    url: &str,
    patience: Duration,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = options(url, 1);
    options.map_sqlx_postgres_opts(move |postgres| {
        postgres
            .application_name("yoriai migrate")
            .options([("lock_timeout", patience.as_millis().to_string())])
    });
    Database::connect(options).await
}

/// Write-ahead log, so that readers never wait; FULL, so that a commit survives the power cut that
/// follows it (DESIGN.md §3).
fn careful(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections.max(1))
        .acquire_timeout(PATIENCE)
        .test_before_acquire_if_idle_for(IDLE_BEFORE_CHECK)
        // Statements would carry nothing personal, but they are the log's noise.
        .sqlx_logging(false);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_its_database_and_a_bad_one_is_not_repeated() {
        assert_eq!(
            Kind::of("sqlite:///var/lib/yoriai.db").ok(),
            Some(Kind::Sqlite)
        );
        assert_eq!(
            Kind::of("postgres://yoriai@db.example/yoriai").ok(),
            Some(Kind::Postgres)
        );
        for bad in [
            "",
            "mysql://u:secret@h/d",
            "sqlite::memory:",
            "/var/lib/yoriai.db",
        ] {
            let fault = Kind::of(bad).unwrap_err();
            assert!(!format!("{fault:?}").contains("secret"), "{fault:?}");
        }
    }
}
