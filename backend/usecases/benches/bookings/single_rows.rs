//! What a database does at its least: transactions of one row, each on the disk.

use std::time::Duration;

use anyhow::Result;
use sea_orm::ConnectionTrait as _;
use testkit::{Stopwatch, TestStore};

/// Commits a second of one connection: SQLite has one writer.
pub async fn commit_for(db: &TestStore, seconds: u32) -> Result<f64> {
    let raw = db.raw().await?;
    let careful =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
        CREATE TABLE IF NOT EXISTS single_rows (n integer PRIMARY KEY, words text NOT NULL)";
    raw.execute_unprepared(careful).await?;
    let time = Duration::from_secs(seconds.into());
    let watch = Stopwatch::start();
    let mut rows = 0_u32;
    while watch.elapsed() < time {
        raw.execute_unprepared("INSERT INTO single_rows (words) VALUES ('one row')")
            .await?;
        rows += 1;
    }
    let rate = f64::from(rows) / watch.elapsed().as_secs_f64();
    raw.close().await?;
    Ok(rate)
}
