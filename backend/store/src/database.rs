//! The store itself: opens readings and transactions, and what belongs to no one municipality.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contract::Fault;
use domain::ids::MunicipalityId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait as _,
};
use usecases::ports::changes::{Changes, Hearing};
use usecases::ports::store::{
    Job, JobEnd, Lane, Lease, Municipality, Reading, Store, Stored, Transaction,
};

use crate::changes::Hub;
use crate::entity::municipalities::{Column, Entity, Model};
use crate::failure::{Doing as _, Unreadable, fault};
use crate::open::{self, Kind};
use crate::row::{self, Row};
use crate::scoped::{Scoped, there};
use crate::towns::TownCache;
use crate::{jobs, migrate};

/// A SQLite file or a PostgreSQL database with our schema. Cheap to clone.
///
/// On SQLite there is one writer: whoever holds a transaction and begins another waits for
/// themselves, until it reads as contention.
#[derive(Clone)]
pub struct Database {
    readers: DatabaseConnection,
    writers: DatabaseConnection,
    towns: Arc<TownCache>,
    hub: Arc<Hub>,
}

impl Database {
    /// Opens the database at `url` (`sqlite://…`, `postgres://…`), which must be there already:
    /// [`crate::migrate`] makes a SQLite file.
    ///
    /// `connections` is the size of the pool on PostgreSQL and the number of readers on SQLite,
    /// where there is always one writer.
    ///
    /// # Errors
    /// [`Fault`] when the URL is not one, or nobody answers there.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, Fault> {
        let kind = Kind::of(url)?;
        let (readers, writers) = Self::pools(kind, url, connections)
            .await
            .map_err(|error| Fault::new("connecting to the database", error))?;
        let hub = match kind {
            Kind::Sqlite => Hub::in_this_process(),
            Kind::Postgres => Hub::over_postgres(url, writers.clone()),
        };
        Ok(Self {
            readers,
            writers,
            towns: Arc::default(),
            hub,
        })
    }

    async fn pools(
        kind: Kind,
        url: &str,
        connections: u32,
    ) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
        match kind {
            Kind::Sqlite => {
                let writer = open::sqlite_writer(url).await?;
                Ok((open::sqlite_readers(url, connections).await?, writer))
            }
            Kind::Postgres => {
                let pool = open::postgres(url, connections).await?;
                Ok((pool.clone(), pool))
            }
        }
    }

    /// Whether what we tell PostgreSQL is encrypted on its way; nothing for SQLite, which is a file.
    ///
    /// # Errors
    /// [`usecases::ports::store::StoreFailure`] when the database does not answer.
    pub async fn is_encrypted(&self) -> Stored<Option<bool>> {
        const ASK: &str = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        const DOING: &str = "asking whether the connection is encrypted";
        let backend = self.readers.get_database_backend();
        if backend != DbBackend::Postgres {
            return Ok(None);
        }
        let row = self
            .readers
            .query_one_raw(Statement::from_string(backend, ASK))
            .await
            .doing(DOING)?;
        row.map(|row| row.try_get_by_index(0).doing(DOING))
            .transpose()
    }

    /// Ends all connections, waiting for those that are in use.
    ///
    /// # Errors
    /// [`Fault`] when the database minds.
    pub async fn close(&self) -> Result<(), Fault> {
        self.hub.close();
        let doing = |error| Fault::new("closing the database", error);
        self.readers.close_by_ref().await.map_err(doing)?;
        self.writers.close_by_ref().await.map_err(doing)
    }

    /// SQLite's lock is taken at once: a transaction that reads first and writes later would fail
    /// whenever another wrote in between, whatever the timeout.
    async fn begin_immediate(&self) -> Stored<DatabaseTransaction> {
        self.writers
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await
            .doing("beginning a transaction")
    }
}

impl Changes for Database {
    fn hear(&self) -> Box<dyn Hearing> {
        self.hub.hear()
    }
}

#[async_trait]
impl Store for Database {
    async fn read(&self, municipality: MunicipalityId) -> Stored<Box<dyn Reading>> {
        Ok(Box::new(Scoped {
            conn: self.readers.clone(),
            municipality,
            towns: Arc::clone(&self.towns),
            hub: Arc::clone(&self.hub),
            changed: false,
        }))
    }

    async fn begin(&self, municipality: MunicipalityId) -> Stored<Box<dyn Transaction>> {
        Ok(Box::new(Scoped {
            conn: self.begin_immediate().await?,
            municipality,
            towns: Arc::clone(&self.towns),
            hub: Arc::clone(&self.hub),
            changed: false,
        }))
    }

    async fn municipalities(&self) -> Stored<Vec<Municipality>> {
        let rows = Entity::find()
            .order_by_asc(Column::Code)
            .all(&self.readers)
            .await
            .doing("reading municipalities")?;
        rows.into_iter().map(|row| Ok(municipality(row)?)).collect()
    }

    async fn enter_municipality(
        &self,
        municipality: &Municipality,
        now: DateTime<Utc>,
    ) -> Stored<MunicipalityId> {
        let row = Model {
            id: municipality.id.0,
            code: municipality.code.clone(),
            host: municipality.host.to_string(),
            name: municipality.name.clone(),
            created_at: row::micros(now),
        };
        Entity::insert(row.into_active_model())
            .on_conflict(there::<Column>([]))
            .exec_without_returning(&self.writers)
            .await
            .doing("entering a municipality")?;
        Entity::find()
            .filter(Column::Code.eq(&*municipality.code))
            .one(&self.writers)
            .await
            .doing("reading a municipality")?
            .map(|row| MunicipalityId(row.id))
            .ok_or_else(|| {
                fault(
                    "entering a municipality",
                    format!(
                        "another one has its id or the host name {}",
                        municipality.host
                    ),
                )
            })
    }

    async fn lease_jobs(
        &self,
        lane: Lane,
        now: DateTime<Utc>,
        leased_until: DateTime<Utc>,
        most: u32,
    ) -> Stored<Vec<Job>> {
        let tx = self.begin_immediate().await?;
        let leased = jobs::lease(&tx, lane, now, leased_until, most).await?;
        tx.commit().await.doing("leasing jobs")?;
        Ok(leased)
    }

    async fn end_job(&self, lease: Lease, now: DateTime<Utc>, end: JobEnd) -> Stored<bool> {
        jobs::end(&self.writers, lease, now, end).await
    }

    async fn is_ready(&self) -> Stored<bool> {
        migrate::is_current(&self.readers).await
    }
}

fn municipality(model: Model) -> Result<Municipality, Unreadable> {
    let row = Row::of("municipalities", model.id);
    Ok(Municipality {
        id: MunicipalityId(model.id),
        code: model.code,
        host: row.parse("host", model.host)?,
        name: model.name,
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait as _, Statement};
    use testkit::Engine;

    use super::*;

    /// What a connection answers, as text.
    async fn ask(conn: &DatabaseConnection, sql: &str) -> String {
        let statement = Statement::from_string(conn.get_database_backend(), sql);
        let row = conn.query_one_raw(statement).await.unwrap().unwrap();
        let number = row
            .try_get_by_index::<i32>(0)
            .map(|number| number.to_string());
        number.unwrap_or_else(|_text| row.try_get_by_index(0).unwrap())
    }

    testkit::on_both! {
        async fn every_connection_is_as_careful_as_the_design_asks(db: TestStore) {
            let database = Database::connect(db.url(), 2).await.unwrap();
            let (readers, writers) = (&database.readers, &database.writers);
            match db.engine() {
                Engine::Sqlite => {
                    for conn in [readers, writers] {
                        assert_eq!(ask(conn, "PRAGMA journal_mode").await, "wal");
                        assert_eq!(ask(conn, "PRAGMA synchronous").await, "2", "FULL");
                        assert_eq!(ask(conn, "PRAGMA foreign_keys").await, "1");
                        assert_eq!(ask(conn, "PRAGMA busy_timeout").await, "5000");
                    }
                    let write = readers.execute_unprepared("DELETE FROM people").await;
                    assert!(write.unwrap_err().to_string().contains("readonly"));
                }
                Engine::Postgres => {
                    assert_eq!(ask(writers, "SHOW lock_timeout").await, "3s");
                    assert_eq!(ask(writers, "SHOW statement_timeout").await, "30s");
                    let idle = "SHOW idle_in_transaction_session_timeout";
                    assert_eq!(ask(writers, idle).await, "30s");
                }
            }
            database.close().await.unwrap();
        }
    }
}
