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

use sea_orm_migration::prelude::*;

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
        ]
    }
}
