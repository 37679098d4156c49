//! Nine o'clock (DESIGN.md §9): a thousand people on fifty slots, over HTTP, at a `yoriai serve` of
//! its own; then what it costs in memory.
//!
//! ```text
//! cargo bench --workspace --bench opening
//! ```
//!
//! Everybody has signed in with a card and filled in the form before; then all press the button at
//! once. Fifty have booked, the others are told what else is free. The winners confirm and print
//! their permits, and sixteen browsers read pages for a while.

mod browser;
mod installation;
mod memory;
mod resident;
mod sign_in;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use testkit::{Engine, Spread, Stopwatch};
use tokio::runtime;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use browser::Browser;
use installation::Installation;
use resident::{Resident, Told};

/// Courts that are free at the hour everybody wants.
const SLOTS: usize = 50;

/// Who wants one.
const PEOPLE: usize = 1_000;

/// When that hour begins.
const HOUR: usize = 10;

/// Browsers that read pages afterwards, and for how long.
const READERS: usize = 16;
const READING: Duration = Duration::from_secs(10);

fn main() -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for engine in [Engine::Postgres, Engine::Sqlite] {
            open(engine).await?;
        }
        Ok(())
    })
}

async fn open(engine: Engine) -> Result<()> {
    let house = Arc::new(Installation::start(engine, SLOTS, PEOPLE).await?);
    println!("{engine:?}: memory after the start: {}", house.memory()?);

    let watch = Stopwatch::start();
    let residents = arrive(&house).await?;
    let rate = f64::from(u32::try_from(PEOPLE)?) / watch.elapsed().as_secs_f64();
    println!("{engine:?}: {rate:.0} people a second signed in and opened the form");

    let (booked, told) = rush(residents).await?;
    let winners: Vec<Resident> = booked.into_iter().collect();
    ensure!(winners.len() == SLOTS, "{} booked", winners.len());
    println!("{engine:?}: {SLOTS} of {PEOPLE} booked, the others were told what is free: {told}");
    let twice = house.rooms_booked_twice().await?;
    ensure!(twice == 0, "{twice} courts were given twice");
    println!("{engine:?}: memory after the rush: {}", house.memory()?);

    let watch = Stopwatch::start();
    for winner in winners {
        winner.confirm_and_print().await?;
    }
    let took = watch.elapsed() / u32::try_from(SLOTS)?;
    println!("{engine:?}: confirmed and printed a permit in {took:.1?} each");
    println!("{engine:?}: memory after the permits: {}", house.memory()?);

    let read = read_pages(&house).await?;
    let rate = f64::from(u32::try_from(read.tries())?) / READING.as_secs_f64();
    println!("{engine:?}: {rate:.0} pages a second to {READERS} readers, {read}");
    println!("{engine:?}: memory after all of it: {}", house.memory()?);
    let house = Arc::into_inner(house).context("somebody is still here")?;
    let took = house.stop().await?;
    println!("{engine:?}: ended {took:.1?} after it was told to");
    Ok(())
}

/// Everybody signs in, says how to be reached and opens the form; some at a time, as it happens
/// before nine.
async fn arrive(house: &Arc<Installation>) -> Result<Vec<Resident>> {
    let mut arriving = JoinSet::new();
    let mut arrived = Vec::with_capacity(PEOPLE);
    for number in 0..PEOPLE {
        let house = Arc::clone(house);
        arriving.spawn(async move { arrive_and_choose(&house, number).await });
        if arriving.len() == READERS {
            arrived.push(arriving.join_next().await.context("nobody came")???);
        }
    }
    while let Some(one) = arriving.join_next().await {
        arrived.push(one??);
    }
    Ok(arrived)
}

async fn arrive_and_choose(house: &Installation, number: usize) -> Result<Resident> {
    let mut resident = Resident::arrive(house, number).await?;
    resident.choose(number % SLOTS, house.day(), HOUR).await?;
    Ok(resident)
}

/// All at once: who booked, and how long the others waited for their answer.
async fn rush(residents: Vec<Resident>) -> Result<(Vec<Resident>, Spread)> {
    let nine = Arc::new(Barrier::new(residents.len()));
    let mut everybody = JoinSet::new();
    for mut resident in residents {
        let nine = Arc::clone(&nine);
        everybody.spawn(async move {
            nine.wait().await;
            let watch = Stopwatch::start();
            let told = resident.book().await?;
            anyhow::Ok((resident, told, watch.elapsed()))
        });
    }
    let (mut booked, mut told) = (Vec::new(), Vec::new());
    while let Some(one) = everybody.join_next().await {
        match one?? {
            (resident, Told::Booked, _took) => booked.push(resident),
            (_resident, Told::WhatElseIsFree, took) => told.push(took),
        }
    }
    Ok((booked, told.into_iter().collect()))
}

/// Weeks of courts, as often as they come.
async fn read_pages(house: &Arc<Installation>) -> Result<Spread> {
    let mut readers = JoinSet::new();
    let watch = Stopwatch::start();
    for reader in 0..READERS {
        let mut browser = Browser::new(house.address());
        readers.spawn(async move {
            let mut took = Vec::new();
            while watch.elapsed() < READING {
                let page = Stopwatch::start();
                let answer = browser.get(&format!("/rooms/court-{reader}")).await?;
                ensure!(answer.status == 200, "{answer:?}");
                took.push(page.elapsed());
            }
            anyhow::Ok(took)
        });
    }
    let mut all = Spread::default();
    while let Some(took) = readers.join_next().await {
        all.extend(took??);
    }
    Ok(all)
}
