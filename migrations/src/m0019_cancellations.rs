//! What was given up of reservations, and how what came back was reckoned.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0019_cancellations.sql")).await?;
        dialect::append_only(manager, "cancellations").await
    }
}
