//! Staff: who they are, what they may do where, their sessions, and what they looked at.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::apply(manager, include_str!("sql/m0010_staff.sql")).await?;
        dialect::append_only(manager, "view_log").await
    }
}
