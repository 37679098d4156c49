//! `yoriai serve` and `yoriai worker`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use usecases::Worker;

use super::{CliFault, logging, stopping};
use crate::config::{Config, Environment};
use crate::http::{self, Assets};
use crate::wiring::House;
use crate::worker::{Pace, work};

/// How often figures are condensed; between two scrapes nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// How long a town that has just been applied may have to wait for its pages.
const BETWEEN_LOOKS: Duration = Duration::from_secs(10);

/// How long a worker that broke lies still: what broke it may be there again at once.
const AFTER_A_PANIC: Duration = Duration::from_secs(5);

/// Screens, API and webhooks, and the worker unless another process has it.
pub(super) async fn serve(environment: &Environment, with_worker: bool) -> Result<(), CliFault> {
    let config = Config::read(environment)?;
    logging::start(&environment.read("")?)?;
    let assets = Assets::read(&config.process.assets_dir)?;
    let house = Arc::new(House::build(&config).await?);
    let stop = stopping::on_signal()?;
    let app = house.app(&assets)?;
    let (listener, address) = listen("LISTEN", config.process.listen).await?;
    let recorder = http::recorder();
    let metrics = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|error| CliFault::Metrics(Box::new(error)))?;
    let upkeep = tokio::spawn(keep_up(metrics.clone()));
    let app = match config.process.metrics_listen {
        Some(address) => {
            show_figures(address, metrics, stop.clone()).await?;
            app
        }
        None => app.merge(http::figures(metrics)),
    };
    let listener = listener.tap_io(|connection| {
        // Without it small answers wait for the next packet; a connection that minds is slower.
        let _quick = connection.set_nodelay(true);
    });
    tracing::info!(%address, worker = with_worker, "serve.started");
    let hands = tokio::spawn({
        let (worker, stop) = (house.worker(), stop.clone());
        async move {
            if with_worker {
                keep_working(&worker, stop).await;
            }
        }
    });
    let newcomers = look_for_towns(&house);
    // A bare router is made anew for each connection, which took a megabyte of memory each.
    let serving = axum::serve(listener, app.into_make_service())
        .with_graceful_shutdown({
            let (house, stop) = (Arc::clone(&house), stop.clone());
            async move {
                stopping::stopped(stop).await;
                house.end_streams();
            }
        })
        .into_future();
    let both = async {
        let served = serving.await;
        // It ends when it is told to; what broke in it has been logged.
        let _worked = hands.await;
        served
    };
    let ended = stopping::in_time(both, stop, stopping::DEADLINE).await;
    newcomers.abort();
    upkeep.abort();
    close(&house).await;
    ended.unwrap_or(Ok(())).map_err(CliFault::Start)
}

/// The listener that `variable` asks for, and where it really is: asked for port 0 it is another.
async fn listen(
    variable: &'static str,
    address: SocketAddr,
) -> Result<(TcpListener, SocketAddr), CliFault> {
    let failed = |error| CliFault::Listen(variable, address, error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Shows the figures at `address`, and nowhere else.
async fn show_figures(
    address: SocketAddr,
    metrics: PrometheusHandle,
    stop: watch::Receiver<bool>,
) -> Result<(), CliFault> {
    let (listener, address) = listen("METRICS_LISTEN", address).await?;
    tracing::info!(%address, "metrics.started");
    let routes = http::figures(metrics).into_make_service();
    tokio::spawn(
        axum::serve(listener, routes)
            .with_graceful_shutdown(stopping::stopped(stop))
            .into_future(),
    );
    Ok(())
}

/// Condenses the figures, until aborted.
async fn keep_up(metrics: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        metrics.run_upkeep();
    }
}

/// Lets in towns that are applied while we run, until aborted.
fn look_for_towns(house: &House) -> JoinHandle<()> {
    let (towns, database) = (Arc::clone(&house.towns), Arc::clone(&house.database));
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(BETWEEN_LOOKS).await;
            towns.look_again(database.as_ref()).await;
        }
    })
}

/// The worker's loop, begun again should it break: mail and refunds of all towns wait for it.
async fn keep_working(worker: &Arc<Worker>, stop: watch::Receiver<bool>) {
    let begin = || {
        let (worker, stop) = (Arc::clone(worker), stop.clone());
        async move { work(&worker, Pace::default(), stop).await }
    };
    again_and_again(begin, AFTER_A_PANIC).await;
}

/// Runs what `begin` begins until it ends by itself; after a panic, which has been logged, it waits
/// for `pause` and begins again.
async fn again_and_again<F>(begin: impl Fn() -> F, pause: Duration)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(broken) = tokio::spawn(begin()).await {
        if !broken.is_panic() {
            return;
        }
        tracing::error!("worker.broken");
        tokio::time::sleep(pause).await;
    }
}

/// The worker alone.
pub(super) async fn worker(environment: &Environment) -> Result<(), CliFault> {
    let config = Config::read(environment)?;
    logging::start(&environment.read("")?)?;
    let house = House::build(&config).await?;
    let stop: watch::Receiver<bool> = stopping::on_signal()?;
    let worker: Arc<Worker> = house.worker();
    tracing::info!("worker.started");
    let newcomers = look_for_towns(&house);
    let working = keep_working(&worker, stop.clone());
    stopping::in_time(working, stop, stopping::DEADLINE).await;
    newcomers.abort();
    close(&house).await;
    Ok(())
}

async fn close(house: &House) {
    if let Err(fault) = house.close().await {
        tracing::warn!(fault = crate::system::chain(&fault), "database.not_closed");
    }
    tracing::info!("process.stopped");
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn work_that_breaks_is_begun_again_until_it_ends_by_itself() {
        let begun = Arc::new(AtomicU32::new(0));
        let begin = || {
            let begun = Arc::clone(&begun);
            async move {
                assert_eq!(begun.fetch_add(1, Ordering::SeqCst), 2, "broken");
            }
        };
        again_and_again(begin, Duration::ZERO).await;
        assert_eq!(begun.load(Ordering::SeqCst), 3);
    }
}
