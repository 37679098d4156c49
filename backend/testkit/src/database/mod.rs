//! An empty database of either kind for one test, and gone after it.

mod postgres;
mod sqlite;

use std::panic;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use store::Database;
use tokio::runtime;

pub use postgres::program as postgres_program;

/// Connections that a test's store may open: enough for real races, few enough that tests run
/// beside each other.
const CONNECTIONS: u32 = 20;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own in the run's own cluster.
    Postgres,
}

/// What a commit survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// The end of the process: enough for every test, and fast.
    Process,
    /// A power cut, as in a town's own installation: for figures.
    PowerCut,
}

/// A migrated, empty database for one test. Clones share it.
#[derive(Clone)]
pub struct TestStore(Arc<Inner>);

struct Inner {
    engine: Engine,
    store: Database,
    url: String,
    home: Home,
}

/// What must go after the test.
enum Home {
    Folder(tempfile::TempDir),
    Postgres(postgres::TestDatabase),
}

impl TestStore {
    /// A fresh database. Whoever makes one without [`run`] must [`Self::discard`] it.
    ///
    /// # Errors
    /// When there is no PostgreSQL (the message says how to get it), or the schema does not apply.
    pub async fn new(engine: Engine) -> Result<Self> {
        Self::with(engine, Durability::Process, CONNECTIONS).await
    }

    /// A fresh database for figures, whose store opens so many connections. SQLite always survives
    /// a power cut: the store asks it to.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub async fn with(engine: Engine, durability: Durability, connections: u32) -> Result<Self> {
        let (url, home) = match engine {
            Engine::Sqlite => {
                let (url, folder) = sqlite::create().await?;
                (url, Home::Folder(folder))
            }
            Engine::Postgres => {
                let database = postgres::TestDatabase::create(durability).await?;
                (database.url(), Home::Postgres(database))
            }
        };
        let store = Database::connect(&url, connections).await?;
        Ok(Self(Arc::new(Inner {
            engine,
            store,
            url,
            home,
        })))
    }

    /// The store on this database.
    #[must_use]
    pub fn store(&self) -> &Database {
        &self.0.store
    }

    /// Its `DATABASE_URL`, for another store or another process.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// What PostgreSQL has logged so far; nothing for SQLite, which has no log.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn server_log(&self) -> Result<Option<String>> {
        match &self.0.home {
            Home::Folder(_folder) => Ok(None),
            Home::Postgres(database) => database.log().map(Some),
        }
    }

    /// Which database it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// A connection behind the store's back: to see what is really there, and to try what the
    /// store would never do.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn raw(&self) -> Result<DatabaseConnection> {
        let mut options = sea_orm::ConnectOptions::new(self.url());
        options.max_connections(1).sqlx_logging(false);
        sea_orm::Database::connect(options)
            .await
            .context("connecting behind the store's back")
    }

    /// How many rows a table has, whoever's they are.
    ///
    /// # Errors
    /// When the database does not answer or has no such table.
    pub async fn rows(&self, table: &str) -> Result<i64> {
        let raw = self.raw().await?;
        let sql = format!("SELECT count(*) FROM {table}");
        let statement = sea_orm::Statement::from_string(raw.get_database_backend(), sql);
        let row = raw.query_one_raw(statement).await?;
        let count = row.context("a count has one row")?.try_get_by_index(0)?;
        raw.close().await?;
        Ok(count)
    }

    /// Ends the store's connections and removes the database.
    ///
    /// # Errors
    /// When PostgreSQL minds.
    pub async fn discard(self) -> Result<()> {
        self.0.store.close().await?;
        match &self.0.home {
            // The folder goes with the last clone.
            Home::Folder(_folder) => Ok(()),
            Home::Postgres(database) => database.drop().await,
        }
    }
}

/// Runs a test on a fresh database, which goes afterwards whatever happens.
///
/// # Errors
/// When the database cannot be made or removed. A test that panics panics here.
pub fn run<F, Fut>(engine: Engine, test: F) -> Result<()>
where
    F: FnOnce(TestStore) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let db = TestStore::new(engine).await?;
        let outcome = tokio::spawn(test(db.clone())).await;
        let discarded = db.discard().await;
        match outcome.map_err(tokio::task::JoinError::try_into_panic) {
            Err(Ok(panic)) => panic::resume_unwind(panic),
            Err(Err(cancelled)) => Err(cancelled.into()),
            Ok(()) => discarded,
        }
    })
}

/// Makes each `async fn name(db: TestStore)` into two tests, `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: TestStore) $body:block)+) => {$(
        async fn $name($db: $crate::TestStore) $body

        $(#[$meta])*
        mod $name {
            #[test]
            fn sqlite() {
                $crate::run($crate::Engine::Sqlite, super::$name).unwrap();
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Engine::Postgres, super::$name).unwrap();
            }
        }
    )+};
}
