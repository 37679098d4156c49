//! How long a fee revision study takes over a year of a hundred thousand reservations
//! (使用料の見直し).
//!
//! ```text
//! cargo bench --workspace --bench study
//! ```
//!
//! The reservations are a town's of 55 rooms; each is read and priced anew. Reading alone is measured
//! beside it, page by page in the same way, to show what the prices cost.

mod year;

use anyhow::{Result, anyhow, ensure};
use contract::{Call, Period, StudyView};
use domain::ids::RequestId;
use domain::reservation::StateName;
use domain::town::Town;
use testkit::{Durability, Engine, Spread, Stopwatch, TestStore, TestWorld};
use tokio::runtime;
use usecases::ports::chance::Clock as _;
use usecases::ports::store::{Reading, Store as _, Uses};
use usecases::study::fee_study;
use year::{COUNT, ROOMS, from, until};

/// Studies of each database.
const STUDIES: usize = 5;

fn main() -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        measure(Engine::Sqlite).await?;
        measure(Engine::Postgres).await
    })
}

async fn measure(engine: Engine) -> Result<()> {
    let db = TestStore::with(engine, Durability::Process, 4).await?;
    let town = testkit::courts(ROOMS)?;
    let world = TestWorld::with_town(&db, &town).await?;
    year::of(&db, &world).await?;
    let (mut reading, mut studying) = (Vec::new(), Vec::new());
    for _study in 0..STUDIES {
        let watch = Stopwatch::start();
        read(&world).await?;
        reading.push(watch.elapsed());
        let watch = Stopwatch::start();
        let view = study(&world, &town).await?;
        studying.push(watch.elapsed());
        ensure!(view.study.total.uses == COUNT, "{:?}", view.study.total);
    }
    for (name, took) in [("read", reading), ("studied", studying)] {
        let took: Spread = took.into_iter().collect();
        println!("{engine:?}, {COUNT} reservations {name}: {took}");
    }
    db.discard().await
}

async fn study(world: &TestWorld, town: &Town) -> Result<StudyView> {
    let request = RequestId(uuid::Uuid::nil());
    let call = Call::system(world.municipality, request, world.clock.now());
    let period = Period::new(from()?, until()?)?;
    fee_study(&world.store, &call, town, period)
        .await
        .map_err(|failure| anyhow!("{failure:?}"))
}

/// Every page, and nothing done with it.
async fn read(world: &TestWorld) -> Result<()> {
    let reading: Box<dyn Reading> = world.store.read(world.municipality).await?;
    let which = Uses {
        from: year::midnight(from()?)?,
        until: year::midnight(until()?)?.plus(48),
        states: &[StateName::Confirmed],
    };
    let (mut after, mut count) = (None, 0);
    loop {
        let page = reading.uses(which, after, 1_000).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some((last.span.start(), last.id));
        count += page.len();
    }
    ensure!(u64::try_from(count)? == COUNT, "{count}");
    Ok(())
}
