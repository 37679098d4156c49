//! Looking and meddling behind the store's back.

use sea_orm::{ConnectionTrait as _, Statement};
use testkit::TestStore;

/// The number a query answers.
pub async fn count(db: &TestStore, sql: &str) -> i64 {
    let raw = db.raw().await.unwrap();
    let statement = Statement::from_string(raw.get_database_backend(), sql);
    let row = raw.query_one_raw(statement).await.unwrap().unwrap();
    let count = row.try_get_by_index(0).unwrap();
    raw.close().await.unwrap();
    count
}

/// Rows of one table without what they must stand with: reservations that hold floor without
/// claims, claims of nobody who holds floor. Never any.
pub async fn orphans(db: &TestStore) -> i64 {
    count(
        db,
        "SELECT (SELECT count(*) FROM reservations r WHERE r.holds_floor AND NOT EXISTS
             (SELECT 1 FROM claims c WHERE c.reservation_id = r.id))
          + (SELECT count(*) FROM claims c WHERE NOT EXISTS
             (SELECT 1 FROM reservations r WHERE r.id = c.reservation_id AND r.holds_floor))",
    )
    .await
}

/// Runs statements that must work.
pub async fn meddle(db: &TestStore, sql: &str) {
    let raw = db.raw().await.unwrap();
    raw.execute_unprepared(sql).await.unwrap();
    raw.close().await.unwrap();
}

/// Runs a statement that the schema must refuse for the reason that `because` names: a constraint
/// on PostgreSQL or SQLite.
pub async fn refused(db: &TestStore, sql: &str, because: &str) {
    let raw = db.raw().await.unwrap();
    let error = match raw.execute_unprepared(sql).await {
        Ok(done) => format!("not refused, {} rows changed", done.rows_affected()),
        Err(error) => error.to_string(),
    };
    raw.close().await.unwrap();
    assert!(error.contains(because), "{sql}: {error}");
}
