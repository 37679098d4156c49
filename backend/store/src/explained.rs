//! How a query is going to be answered, for the tests of those that must stay quick.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

/// What the database says it will do: the last column of each row.
pub(crate) async fn plan(conn: &DatabaseConnection, mut query: Statement) -> String {
    let explain = match conn.get_database_backend() {
        DbBackend::Postgres => "EXPLAIN",
        _ => "EXPLAIN QUERY PLAN",
    };
    query.sql = format!("{explain} {}", query.sql);
    let rows = conn.query_all_raw(query).await.unwrap();
    let lines = rows.iter().map(|row| {
        let column = row.column_names().len() - 1;
        row.try_get_by_index::<String>(column).unwrap()
    });
    lines.collect::<Vec<_>>().join("\n")
}
