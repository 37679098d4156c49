//! Cash: payments and refunds without a checkout, drawers and what moves in them.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply_either(
            manager,
            include_str!("sql/m0013_cash_sqlite.sql"),
            include_str!("sql/m0013_cash_postgres.sql"),
        )
        .await?;
        dialect::apply(manager, include_str!("sql/m0013_till.sql")).await?;
        dialect::apply_either(
            manager,
            include_str!("sql/m0013_locks_sqlite.sql"),
            include_str!("sql/m0013_locks_postgres.sql"),
        )
        .await?;
        dialect::append_only(manager, "till_movements").await
    }
}
