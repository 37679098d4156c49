//! The few places where SQLite and PostgreSQL spell the same thing differently.
//!
//! Instants are BIGINT microseconds since 1970 UTC on both: SQLite compares timestamps by their
//! spelling, so one instant could be two keys. Booleans and JSON keep each database's own type.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs a step's SQL, with `$uuid`, `$bytes` and `$json` in the words of the database.
pub(crate) async fn apply(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let (uuid, bytes, json) = match manager.get_database_backend() {
        DbBackend::Postgres => ("uuid", "bytea", "jsonb"),
        _ => ("blob", "blob", "text"),
    };
    let sql = sql
        .replace("$uuid", uuid)
        .replace("$bytes", bytes)
        .replace("$json", json);
    manager
        .get_connection()
        .execute_unprepared(&sql)
        .await
        .map(|_result| ())
}

/// Runs the SQL of the database at hand, where the two have no words in common.
///
/// SQLite changes no constraint of a table that is there: such a table is made anew, under its own
/// name, with foreign keys looked at when all steps are done (`defer_foreign_keys`).
pub(crate) async fn apply_either(
    manager: &SchemaManager<'_>,
    sqlite: &str,
    postgres: &str,
) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => apply(manager, postgres).await,
        _ => apply(manager, sqlite).await,
    }
}

/// Makes a table append-only: the database refuses UPDATE, DELETE and TRUNCATE.
pub(crate) async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => format!(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
             CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION refuse_change();
             CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();"
        ),
        _ => format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
        ),
    };
    manager
        .get_connection()
        .execute_unprepared(&sql)
        .await
        .map(|_result| ())
}
