//! Under which town file a reservation was made.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0007_town_version.sql")).await?;
        dialect::append_only(manager, "town_versions").await
    }
}
