//! A page and its query, asked in turns over HTTP by as many connections.

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
use testkit::{Spread, Stopwatch};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::HOST;

/// Connections that ask at the same time, and the size of the database's pool.
pub const AT_ONCE: u32 = 16;

/// How often both sides take turns, and how long a turn is.
const ROUNDS: u32 = 5;
const TURN: Duration = Duration::from_secs(5);

/// A router and what is asked of it.
pub struct Side {
    address: SocketAddr,
    path: String,
    cookie: String,
}

impl Side {
    /// Serves on a free port until the process ends. The cookies may be empty.
    pub async fn serve(router: Router, path: String, cookie: String) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move {
            // Ends with the process; there is nobody left to tell.
            let _ended = axum::serve(listener, router.into_make_service()).await;
        });
        Ok(Self {
            address,
            path,
            cookie,
        })
    }

    /// Answers a second, how long each took, and the bytes of one.
    async fn ask(&self, time: Duration) -> Result<(f64, Spread, usize)> {
        let http: Client<HttpConnector, Empty<Bytes>> =
            Client::builder(TokioExecutor::new()).build_http();
        let watch = Stopwatch::start();
        let mut asking = JoinSet::new();
        for _one in 0..AT_ONCE {
            let (http, cookie) = (http.clone(), self.cookie.clone());
            let uri = format!("http://{}{}", self.address, self.path);
            asking.spawn(async move {
                let (mut took, mut size) = (Vec::new(), 0);
                while watch.elapsed() < time {
                    let one = Stopwatch::start();
                    let request = Request::get(&uri)
                        .header("host", HOST)
                        .header("cookie", &cookie)
                        .body(Empty::new())?;
                    let answer = http.request(request).await?;
                    ensure!(answer.status() == 200, "{answer:?}");
                    size = answer.into_body().collect().await?.to_bytes().len();
                    ensure!(size > 1_000, "{size} bytes");
                    took.push(one.elapsed());
                }
                anyhow::Ok((took, size))
            });
        }
        let (mut all, mut bytes) = (Spread::default(), 0);
        while let Some(one) = asking.join_next().await {
            let (took, size) = one??;
            all.extend(took);
            bytes = size;
        }
        let answers = f64::from(u32::try_from(all.tries())?);
        Ok((answers / watch.elapsed().as_secs_f64(), all, bytes))
    }
}

/// Tells how often a second each answers, and the middle of the ratios.
pub async fn compare(what: &str, page: &Side, query: &Side) -> Result<()> {
    let (_, _, page_bytes) = page.ask(TURN / 5).await?;
    let (_, _, query_bytes) = query.ask(TURN / 5).await?;
    println!("{what}: a page of {page_bytes} bytes, a query of {query_bytes} bytes");
    let mut ratios = Vec::new();
    for _round in 0..ROUNDS {
        let (pages, took, _) = page.ask(TURN).await?;
        let (queries, query_took, _) = query.ask(TURN).await?;
        println!("{what}: {pages:.0} pages/s, {took}; {queries:.0} queries/s, {query_took}");
        ratios.push(pages / queries);
    }
    ratios.sort_by(f64::total_cmp);
    let middle = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
    println!("{what}, page : its query = {middle:.2} (rounds: {ratios:.2?})");
    Ok(())
}
