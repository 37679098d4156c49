//! Bookings a second (DESIGN.md §9): the use case that claims floor, on PostgreSQL beside the same
//! SQL by pgbench, on SQLite beside transactions of one row.
//!
//! ```text
//! cargo bench --workspace --bench bookings
//! ```
//!
//! Both sides take turns on one database, with as many connections, and every commit reaches the
//! disk. pgbench's script is what PostgreSQL logged while the use case booked, with new ids and
//! times ([`script`]): it cannot drift from what the code does.

#[path = "../house/mod.rs"]
mod house;
mod log;
mod pgbench;
mod residents;
mod script;
mod single_rows;

use anyhow::Result;
use testkit::{Durability, Engine, TestStore};
use tokio::runtime;

use residents::Residents;

/// Who books at the same time, and how many connections there are.
const AT_ONCE: u32 = 16;

/// How often both sides take turns.
const ROUNDS: u32 = 3;

/// How long a turn is, seconds.
const SECONDS: u32 = 15;

fn main() -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for engine in [Engine::Postgres, Engine::Sqlite] {
            let db = TestStore::with(engine, Durability::PowerCut, AT_ONCE).await?;
            let measured = match engine {
                Engine::Postgres => on_postgres(&db).await,
                Engine::Sqlite => on_sqlite(&db).await,
            };
            db.discard().await?;
            measured?;
        }
        Ok(())
    })
}

async fn on_postgres(db: &TestStore) -> Result<()> {
    let residents = Residents::move_in(db).await?;
    let scripts = script::scripts(db, &residents).await?;
    println!("postgres: {} statements a booking", scripts.statements());
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let (ours, spread) = residents.book_for(SECONDS).await?;
        let theirs = pgbench::run(db.url(), &scripts, round)?;
        println!("postgres: {ours:.0} bookings/s, {spread}; pgbench {theirs:.0}/s");
        ratios.push(ours / theirs);
    }
    report("postgres, bookings : pgbench", ratios);
    Ok(())
}

async fn on_sqlite(db: &TestStore) -> Result<()> {
    let residents = Residents::move_in(db).await?;
    let mut ratios = Vec::new();
    for _round in 0..ROUNDS {
        let (ours, spread) = residents.book_for(SECONDS).await?;
        let theirs = single_rows::commit_for(db, SECONDS).await?;
        println!("sqlite: {ours:.0} bookings/s, {spread}; one row {theirs:.0}/s");
        ratios.push(ours / theirs);
    }
    report("sqlite, bookings : commits of one row", ratios);
    Ok(())
}

/// The middle of the rounds.
fn report(what: &str, mut ratios: Vec<f64>) {
    ratios.sort_by(f64::total_cmp);
    let middle = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
    println!("{what} = {middle:.2} (rounds: {ratios:.2?})");
}
