//! The schema (スキーマ), in numbered steps, on SQLite and PostgreSQL.
//!
//! One file per step, raw SQL, forward only: expand first, contract in a later release. What must
//! never happen, the database refuses: the files say why beside each constraint. Every primary,
//! unique and foreign key starts with `municipality_id`, so that the same schema can be spread by
//! town (DESIGN.md §10). The two exceptions are `municipalities` itself and the names a town is
//! found by.

mod dialect;
mod m0001_towns;
mod m0002_people;
mod m0003_reservations;
mod m0004_money;
mod m0005_work;
mod m0006_payment_method;
mod m0007_town_version;
mod m0008_after_the_fact;
mod m0009_step_up;
mod m0010_staff;
mod m0011_day;
mod m0012_counter;
mod m0013_till;
mod m0014_closures;
mod m0015_past;
mod m0016_groups;
mod m0017_reviews;
mod m0018_stock;
mod m0019_cancellations;
mod m0021_transfers;

use std::collections::BTreeSet;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, EntityTrait as _};
use sea_orm_migration::seaql_migrations;

pub use sea_orm_migration::MigratorTrait;

/// Applies the steps in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_towns::Migration),
            Box::new(m0002_people::Migration),
            Box::new(m0003_reservations::Migration),
            Box::new(m0004_money::Migration),
            Box::new(m0005_work::Migration),
            Box::new(m0006_payment_method::Migration),
            Box::new(m0007_town_version::Migration),
            Box::new(m0008_after_the_fact::Migration),
            Box::new(m0009_step_up::Migration),
            Box::new(m0010_staff::Migration),
            Box::new(m0011_day::Migration),
            Box::new(m0012_counter::Migration),
            Box::new(m0013_till::Migration),
            Box::new(m0014_closures::Migration),
            Box::new(m0015_past::Migration),
            Box::new(m0016_groups::Migration),
            Box::new(m0017_reviews::Migration),
            Box::new(m0018_stock::Migration),
            Box::new(m0019_cancellations::Migration),
            Box::new(m0021_transfers::Migration),
        ]
    }
}

/// The names of the steps a database has taken; none where there is no schema yet. Only reads, so
/// that a readiness probe needs no right to create tables.
///
/// # Errors
/// [`DbErr`] when the database does not answer.
pub async fn steps_taken(database: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    if !SchemaManager::new(database)
        .has_table("seaql_migrations")
        .await?
    {
        return Ok(BTreeSet::new());
    }
    let rows = seaql_migrations::Entity::find().all(database).await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}
