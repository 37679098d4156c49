//! PostgreSQL: one cluster of our own for a whole test run, one database for each test.

mod binaries;
mod cluster;
mod keeper;

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbErr};

use super::Durability;
use cluster::Cluster;

pub use binaries::program;

/// Counts the databases of this process.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A database of one test, cloned from the migrated template.
pub(super) struct TestDatabase {
    cluster: Cluster,
    name: String,
}

impl TestDatabase {
    /// A clone of the template; starts the cluster if this is the run's first.
    pub(super) async fn create(durability: Durability) -> Result<Self> {
        let cluster = Cluster::join(durability).await?;
        let name = format!(
            "test_{}_{}",
            process::id(),
            MADE.fetch_add(1, Ordering::Relaxed)
        );
        let template = cluster::TEMPLATE;
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
        administer(&cluster, &sql)
            .await
            .with_context(|| format!("cloning the database {template}"))?;
        Ok(Self { cluster, name })
    }

    /// Where it is.
    pub(super) fn url(&self) -> String {
        self.cluster.url(&self.name)
    }

    /// What its cluster has logged.
    pub(super) fn log(&self) -> Result<String> {
        self.cluster.read_log()
    }

    /// Removes it, and whoever is still connected.
    pub(super) async fn drop(&self) -> Result<()> {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        administer(&self.cluster, &sql)
            .await
            .with_context(|| format!("dropping the database {}", self.name))
    }
}

/// Runs one statement as the cluster's owner.
async fn administer(cluster: &Cluster, sql: &str) -> Result<(), DbErr> {
    let connection = connect(&cluster.url("postgres")).await?;
    let done = connection.execute_unprepared(sql).await.map(|_result| ());
    connection.close().await?;
    done
}

/// One connection.
async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}
