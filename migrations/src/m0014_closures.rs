//! Closures as people make them: a reason and a schedule, spread out into spans, lifted again.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0014_closures.sql")).await?;
        dialect::apply_either(
            manager,
            include_str!("sql/m0014_closures_sqlite.sql"),
            include_str!("sql/m0014_closures_postgres.sql"),
        )
        .await
    }
}
