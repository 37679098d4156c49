//! Looking behind the application's back.

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
