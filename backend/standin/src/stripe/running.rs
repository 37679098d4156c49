//! Starting and stopping: as a process of its own, or inside a test.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::control::Control;
use super::shared::Shared;
use super::webhooks::Endpoint;
use super::{api, control, deliver, listener, page, snapshot};

/// How a pretend Stripe is set up.
#[derive(Debug, Clone, Default)]
pub struct StripeConfig {
    /// The base under which a browser reaches this server; default `http://{address}`.
    pub public_url: Option<Url>,
    /// Where events are posted to. Without it events are only kept for `GET /v1/events`.
    pub webhook: Option<Endpoint>,
    /// A JSON file that keeps the objects across restarts.
    pub snapshot: Option<PathBuf>,
}

/// `standin stripe …`: how the pretend Stripe is started from the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct StripeArgs {
    /// Where to listen. Loopback only unless you mean otherwise.
    #[arg(long, default_value = "127.0.0.1:8498")]
    pub listen: SocketAddr,
    /// The base under which a browser reaches this server; default `http://{listen}`.
    #[arg(long)]
    pub public_url: Option<Url>,
    /// Where events are posted to, by plain http. Without it events are only kept for
    /// `GET /v1/events`.
    #[arg(long)]
    pub webhook_url: Option<Url>,
    /// `whsec_…`; give it twice to sign with both during a rotation.
    #[arg(long = "webhook-secret", value_name = "WHSEC")]
    pub webhook_secrets: Vec<String>,
    /// A JSON file that keeps the objects across restarts.
    #[arg(long)]
    pub snapshot: Option<PathBuf>,
}

impl StripeArgs {
    fn config(self) -> anyhow::Result<StripeConfig> {
        let webhook = match self.webhook_url {
            None => None,
            Some(url) => {
                ensure!(
                    url.scheme() == "http",
                    "--webhook-url must begin with http://"
                );
                ensure!(
                    !self.webhook_secrets.is_empty(),
                    "--webhook-url needs --webhook-secret"
                );
                Some(Endpoint {
                    url,
                    secrets: self.webhook_secrets,
                })
            }
        };
        Ok(StripeConfig {
            public_url: self.public_url,
            webhook,
            snapshot: self.snapshot,
        })
    }
}

/// Runs the pretend Stripe until Ctrl-C or SIGTERM.
///
/// # Errors
/// When the address cannot be bound or the snapshot cannot be read.
pub async fn run(args: StripeArgs) -> anyhow::Result<()> {
    let address = args.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    serve(listener, args.config()?).await
}

/// Serves on a listener until Ctrl-C or SIGTERM, then writes the snapshot.
///
/// # Errors
/// When the snapshot cannot be read or written.
pub async fn serve(listener: TcpListener, config: StripeConfig) -> anyhow::Result<()> {
    let running = begin(listener, config)?;
    println!("stripe stand-in: {}", running.url());
    stop_signal().await?;
    snapshot::save_if_changed(&running.shared, &mut 0)
}

#[cfg(unix)]
async fn stop_signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.context("cannot wait for Ctrl-C"),
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_signal() -> anyhow::Result<()> {
    tokio::signal::ctrl_c()
        .await
        .context("cannot wait for Ctrl-C")
}

/// Starts on a free port of 127.0.0.1, on the current tokio runtime.
///
/// # Errors
/// When no port is free or the snapshot cannot be read.
pub async fn start(config: StripeConfig) -> anyhow::Result<RunningStripe> {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .context("no free port")?;
    begin(listener, config)
}

fn begin(listener: TcpListener, config: StripeConfig) -> anyhow::Result<RunningStripe> {
    let address = listener.local_addr()?;
    let mut world = match &config.snapshot {
        Some(path) => snapshot::load(path)?,
        None => super::world::World::default(),
    };
    let url: Url = format!("http://{address}").parse()?;
    let base = config.public_url.unwrap_or_else(|| url.clone());
    world.page_base = base.as_str().trim_end_matches('/').to_owned();
    world.webhooks.endpoint = config.webhook;
    let shared = Arc::new(Shared::new(world, config.snapshot));
    let router = Router::new()
        .route("/v1/{*rest}", any(api::gate::handle))
        .merge(page::routes())
        .merge(control::routes())
        .layer(DefaultBodyLimit::max(1024 * 1024))
        .with_state(Arc::clone(&shared));
    Ok(RunningStripe {
        url,
        tasks: [
            tokio::spawn(async move { match listener::accept(listener, router).await {} }),
            tokio::spawn(deliver::run(Arc::clone(&shared))),
        ],
        shared,
    })
}

/// A pretend Stripe that stops when this is dropped.
#[derive(Debug)]
pub struct RunningStripe {
    url: Url,
    shared: Arc<Shared>,
    tasks: [JoinHandle<()>; 2],
}

impl RunningStripe {
    /// The base for `STRIPE_API_BASE`, such as `http://127.0.0.1:40123/`.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The switches, without HTTP.
    #[must_use]
    pub fn control(&self) -> Control {
        Control::over(Arc::clone(&self.shared))
    }
}

impl Drop for RunningStripe {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
        self.control().release_hanging();
    }
}
