//! What a day's availability costs when the whole nation's claims lie in one database
//! (DESIGN.md §9): fifty million beside fifty thousand.
//!
//! ```text
//! cargo bench --workspace --bench crowd            # 50,000,000: half an hour and 15 GB of disk
//! cargo bench --workspace --bench crowd -- 5000000
//! ```
//!
//! The town that is asked about is the same in both databases and has fifty thousand claims of its
//! own; the rest belongs to others. Both are asked in turns.

#[path = "../house/mod.rs"]
mod house;
mod others;

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use chrono::{Days, NaiveDate};
use contract::{Call, Visitor as _};
use domain::ids::RequestId;
use domain::span::Cell;
use domain::town::Slug;
use testkit::{Durability, Engine, Spread, Stopwatch, TestStore, TestWorld};
use tokio::runtime;
use usecases::Desk;
use usecases::ports::chance::Clock as _;

/// Claims of all towns together.
const CROWD: u64 = 50_000_000;

/// Courts of the town that is asked about; [`others`] gives each ten thousand claims.
const COURTS: usize = 5;

/// Questions to each database.
const QUESTIONS: u32 = 500;

fn main() -> Result<()> {
    let crowd = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(CROWD);
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        compare(Engine::Postgres, crowd).await?;
        compare(Engine::Sqlite, crowd).await
    })
}

async fn compare(engine: Engine, crowd: u64) -> Result<()> {
    let alone = Town::found(engine, 0).await?;
    let among = Town::found(engine, crowd).await?;
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for question in 0..QUESTIONS {
        few.push(alone.ask(question).await?);
        many.push(among.ask(question).await?);
    }
    // The first questions fill the caches of both.
    let [few, many] = [few, many].map(|took| took.into_iter().skip(50).collect::<Spread>());
    println!("{engine:?}, {} claims: {few}", alone.claims);
    println!("{engine:?}, {} claims: {many}", among.claims);
    for (name, per_mille) in [("median", 500), ("p95", 950)] {
        let [few, many] = [&few, &many].map(|spread| spread.percentile(per_mille).as_secs_f64());
        println!(
            "{engine:?}, a day's availability, {name} = × {:.2}",
            many / few
        );
    }
    alone.db.discard().await?;
    among.db.discard().await
}

/// The town that is asked about, among others.
struct Town {
    db: TestStore,
    world: TestWorld,
    desk: Arc<Desk>,
    facility: Slug,
    today: NaiveDate,
    claims: u64,
}

impl Town {
    async fn found(engine: Engine, crowd: u64) -> Result<Self> {
        let db = TestStore::with(engine, Durability::Process, 4).await?;
        let world = TestWorld::with_town(&db, &testkit::courts(COURTS)?).await?;
        let today = domain::civil::date_at(world.clock.now());
        let noon = Cell::at(today, "12:00".parse()?)?;
        let units: Vec<_> = world.town.units.values().copied().collect();
        let claims = others::claim(&db, world.municipality, &units, noon, crowd).await?;
        let facility = world.town.facilities.keys().next();
        Ok(Self {
            facility: facility.context("no facility")?.clone(),
            desk: house::desk(&world.store, &world.chance)?,
            today,
            claims,
            world,
            db,
        })
    }

    /// One of the days that people look at most.
    async fn ask(&self, question: u32) -> Result<std::time::Duration> {
        let days = Days::new(u64::from(question % 14));
        let date = self.today.checked_add_days(days).context("no day")?;
        let request = RequestId(uuid::Uuid::nil());
        let call = Call::visitor(self.world.municipality, request, self.world.clock.now());
        let watch = Stopwatch::start();
        let day = self.desk.day(&call, &self.facility, date).await;
        let took = watch.elapsed();
        day.map_err(|failure| anyhow!("{failure:?}"))?;
        Ok(took)
    }
}
