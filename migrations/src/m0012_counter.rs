//! What the counter needs of people and reservations.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0012_counter.sql")).await?;
        dialect::apply_either(
            manager,
            include_str!("sql/m0012_counter_sqlite.sql"),
            include_str!("sql/m0012_counter_postgres.sql"),
        )
        .await
    }
}
