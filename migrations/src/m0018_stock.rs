//! Equipment that there is only so much of: two bookings never get the same projector.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0018_stock.sql")).await
    }
}
