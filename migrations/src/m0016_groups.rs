//! Groups that book in their own name, and what ties people to the town.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0016_groups.sql")).await?;
        dialect::apply_either(
            manager,
            include_str!("sql/m0016_groups_sqlite.sql"),
            include_str!("sql/m0016_groups_postgres.sql"),
        )
        .await
    }
}
