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

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, ensure};
use axum::Router;
use axum::body::Bytes;
use axum::http::Request;
use http_body_util::{BodyExt as _, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use testkit::{Durability, Engine, Spread, Stopwatch, TestStore};
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::task::JoinSet;

use house::House;

/// Connections that ask at the same time, and the size of the database's pool.
const AT_ONCE: u32 = 16;

/// How often both sides take turns, and how long a turn is.
const ROUNDS: u32 = 5;
const TURN: Duration = Duration::from_secs(5);

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
    let screens = listen(house.screens().await?).await?;
    let bare = listen(bare::router(&house)?).await?;
    let (page, query) = (house.page(), bare::PATH.to_owned());
    ask(screens, &page, TURN / 5).await?;
    let mut ratios = Vec::new();
    for _round in 0..ROUNDS {
        let (pages, took) = ask(screens, &page, TURN).await?;
        let (queries, bare_took) = ask(bare, &query, TURN).await?;
        println!("{engine:?}: {pages:.0} pages/s, {took}; {queries:.0} queries/s, {bare_took}");
        ratios.push(pages / queries);
    }
    ratios.sort_by(f64::total_cmp);
    let middle = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
    println!("{engine:?}, week page : its query = {middle:.2} (rounds: {ratios:.2?})");
    db.discard().await
}

/// Serves on a free port until the process ends.
async fn listen(router: Router) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        // Ends with the process; there is nobody left to tell.
        let _ended = axum::serve(listener, router.into_make_service()).await;
    });
    Ok(address)
}

/// Answers a second, and how long each took.
async fn ask(address: SocketAddr, path: &str, time: Duration) -> Result<(f64, Spread)> {
    let http: Client<HttpConnector, Empty<Bytes>> =
        Client::builder(TokioExecutor::new()).build_http();
    let watch = Stopwatch::start();
    let mut asking = JoinSet::new();
    for _one in 0..AT_ONCE {
        let (http, uri) = (http.clone(), format!("http://{address}{path}"));
        asking.spawn(async move {
            let mut took = Vec::new();
            while watch.elapsed() < time {
                let one = Stopwatch::start();
                let request = Request::get(&uri)
                    .header("host", house::HOST)
                    .body(Empty::new())?;
                let answer = http.request(request).await?;
                ensure!(answer.status() == 200, "{answer:?}");
                let body = answer.into_body().collect().await?.to_bytes();
                ensure!(body.len() > 1_000, "{} bytes", body.len());
                took.push(one.elapsed());
            }
            anyhow::Ok(took)
        });
    }
    let mut all = Spread::default();
    while let Some(took) = asking.join_next().await {
        all.extend(took??);
    }
    let answers = f64::from(u32::try_from(all.tries())?);
    Ok((answers / watch.elapsed().as_secs_f64(), all))
}
