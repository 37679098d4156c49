//! What a page costs beside its query (DESIGN.md §9): a room's week as `yoriai serve` answers it,
//! and an axum handler that asks the same database the same and returns JSON.
//!
//! ```text
//! cargo bench --workspace --bench week
//! ```
//!
//! Both run in one process on one pool and are asked in turns over HTTP by as many connections.
//! Nothing is compressed on either side.

mod bare;
mod house;
#[path = "../serving/mod.rs"]
mod serving;

use anyhow::Result;
use testkit::{Durability, Engine, TestStore};
use tokio::runtime;

use house::House;
use serving::turns::{self, AT_ONCE, Side};

fn main() -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for engine in [Engine::Postgres, Engine::Sqlite] {
            compare(engine).await?;
        }
        Ok(())
    })
}

async fn compare(engine: Engine) -> Result<()> {
    let db = TestStore::with(engine, Durability::Process, AT_ONCE).await?;
    let house = House::furnish(&db).await?;
    let nobody = String::new();
    let page = Side::serve(house.screens().await?, house.page(), nobody.clone()).await?;
    let query = Side::serve(bare::router(&house)?, bare::PATH.to_owned(), nobody).await?;
    turns::compare(&format!("{engine:?}, week"), &page, &query).await?;
    db.discard().await
}
