//! `yoriai serve` and `yoriai worker`.

use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;
use usecases::Worker;

use super::{CliFault, logging, stopping};
use crate::config::{Config, Environment};
use crate::http::{self, Assets};
use crate::wiring::House;
use crate::worker::{Pace, work};

/// How often figures are condensed; between two scrapes nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// Screens, API and webhooks, and the worker unless another process has it.
pub(super) async fn serve(environment: &Environment, with_worker: bool) -> Result<(), CliFault> {
    let config = Config::read(environment)?;
    logging::start(&environment.read("")?)?;
    let assets = Assets::read(&config.process.assets_dir)?;
    let house = House::build(&config).await?;
    let stop = stopping::on_signal()?;
    let recorder = http::recorder();
    let metrics = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|error| CliFault::Metrics(Box::new(error)))?;
    let app = house.app(&assets, metrics.clone())?;
    let address = config.process.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| CliFault::Listen(address, error))?;
    // Asked for port 0 it is another one.
    let address = listener.local_addr().unwrap_or(address);
    let listener = listener.tap_io(|connection| {
        // Without it small answers wait for the next packet; a connection that minds is slower.
        let _quick = connection.set_nodelay(true);
    });
    tracing::info!(%address, worker = with_worker, "serve.started");
    let hands = tokio::spawn({
        let (worker, stop) = (house.worker(), stop.clone());
        async move {
            if with_worker {
                work(&worker, Pace::default(), stop).await;
            }
        }
    });
    let upkeep = tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            metrics.run_upkeep();
        }
    });
    let serving = axum::serve(listener, app)
        .with_graceful_shutdown(stopping::stopped(stop.clone()))
        .into_future();
    let both = async {
        let served = serving.await;
        // A worker that panicked has said so on standard error.
        let _worked = hands.await;
        served
    };
    let ended = stopping::in_time(both, stop, stopping::DEADLINE).await;
    upkeep.abort();
    close(&house).await;
    ended.unwrap_or(Ok(())).map_err(CliFault::Start)
}

/// The worker alone.
pub(super) async fn worker(environment: &Environment) -> Result<(), CliFault> {
    let config = Config::read(environment)?;
    logging::start(&environment.read("")?)?;
    let house = House::build(&config).await?;
    let stop: watch::Receiver<bool> = stopping::on_signal()?;
    let worker: Arc<Worker> = house.worker();
    tracing::info!("worker.started");
    let working = work(&worker, Pace::default(), stop.clone());
    stopping::in_time(working, stop, stopping::DEADLINE).await;
    close(&house).await;
    Ok(())
}

async fn close(house: &House) {
    if let Err(fault) = house.close().await {
        tracing::warn!(fault = crate::system::chain(&fault), "database.not_closed");
    }
    tracing::info!("process.stopped");
}
