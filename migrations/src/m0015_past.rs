//! Bookings whose time is over, and what the money of a counter must never become.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0015_past.sql")).await?;
        dialect::apply_either(
            manager,
            include_str!("sql/m0015_money_rules_sqlite.sql"),
            include_str!("sql/m0015_money_rules_postgres.sql"),
        )
        .await
    }
}
