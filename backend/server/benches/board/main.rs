//! The manager's board (DESIGN.md §9): a week of sixty rooms among a million claims beside the query
//! that it needs, and what a hundred open boards cost a `yoriai serve` of its own while people book.
//!
//! ```text
//! cargo bench --workspace --bench board
//! ```
//!
//! Page and query run in one process on one pool and are asked in turns over HTTP by as many
//! connections. The query is what the page reads of reservations and closures; who asks, what they
//! may and the town file are read by the page alone. Nothing is compressed on either side.

mod bare;
mod bookers;
#[path = "../opening/browser.rs"]
mod browser;
mod hall;
#[expect(dead_code, reason = "counting what was booked twice is for a rush")]
#[path = "../opening/installation.rs"]
mod installation;
#[path = "../opening/memory.rs"]
mod memory;
#[expect(dead_code, reason = "nobody confirms here")]
#[path = "../opening/resident.rs"]
mod resident;
#[path = "../serving/mod.rs"]
mod serving;
#[path = "../opening/sign_in.rs"]
mod sign_in;
mod streams;

use std::time::Duration;

use anyhow::Result;
use testkit::{Durability, Engine, Stopwatch, TestStore};
use tokio::runtime;

use bookers::Bookers;
use hall::{COURTS, Hall};
use installation::Installation;
use serving::turns::{self, AT_ONCE, Side};
use streams::Boards;

/// Boards that are open.
const BOARDS: usize = 100;

/// How long people book without them, and with them.
const BOOKING: Duration = Duration::from_secs(10);

/// More than a board needs to be told of the last booking.
const QUIET: Duration = Duration::from_secs(2);

fn main() -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for engine in [Engine::Postgres, Engine::Sqlite] {
            compare(engine).await?;
            follow(engine).await?;
        }
        Ok(())
    })
}

async fn compare(engine: Engine) -> Result<()> {
    let db = TestStore::with(engine, Durability::Process, AT_ONCE).await?;
    let hall = Hall::furnish(&db).await?;
    let page = Side::serve(hall.screens().await?, hall.page(), hall.cookie()).await?;
    let query = Side::serve(bare::router(&hall)?, bare::PATH.to_owned(), String::new()).await?;
    turns::compare(&format!("{engine:?}, board"), &page, &query).await?;
    db.discard().await
}

async fn follow(engine: Engine) -> Result<()> {
    let clock = Stopwatch::start();
    let house = Installation::start(engine, COURTS, bookers::PEOPLE).await?;
    println!("{engine:?}: memory after the start: {}", house.memory()?);
    let mut bookers = Bookers::arrive(&house).await?;
    let booked = bookers.book_for(BOOKING, clock).await?;
    let (rate, memory) = (per_second(booked.len())?, house.memory()?);
    println!("{engine:?}: {rate:.0} bookings/s without a board; memory {memory}");

    let boards = Boards::open(&house, BOARDS, clock).await?;
    println!(
        "{engine:?}: {BOARDS} boards open: memory {}",
        house.memory()?
    );
    let booked = bookers.book_for(BOOKING, clock).await?;
    let (rate, memory) = (per_second(booked.len())?, house.memory()?);
    println!("{engine:?}: {rate:.0} bookings/s with {BOARDS} boards; memory {memory}");
    tokio::time::sleep(QUIET).await;
    println!("{engine:?}: memory after it: {}", house.memory()?);

    let took = house.stop().await?;
    println!("{engine:?}: ended {took:.1?} after it was told to, with {BOARDS} boards open");
    let (told, never) = boards.told(&booked).await?;
    println!("{engine:?}: told of a booking after {told}; never {never}");
    Ok(())
}

fn per_second(booked: usize) -> Result<f64> {
    Ok(f64::from(u32::try_from(booked)?) / BOOKING.as_secs_f64())
}
