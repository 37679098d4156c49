//! Refunds to bank accounts: the accounts, the orders to the bank and what is in them.

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
            include_str!("sql/m0021_refunds_sqlite.sql"),
            include_str!("sql/m0021_refunds_postgres.sql"),
        )
        .await?;
        dialect::apply(manager, include_str!("sql/m0021_transfers.sql")).await
    }
}
