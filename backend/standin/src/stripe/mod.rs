//! The pretend Stripe (決済の代役).

use std::net::SocketAddr;
use std::path::PathBuf;

use url::Url;

/// `standin stripe …`: how the pretend Stripe is started from the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct StripeArgs {
    /// Where to listen. Loopback only unless you mean otherwise.
    #[arg(long, default_value = "127.0.0.1:8498")]
    pub listen: SocketAddr,
    /// The base under which a browser reaches this server; default `http://{listen}`.
    #[arg(long)]
    pub public_url: Option<Url>,
    /// Where events are posted to. Without it events are only kept for `GET /v1/events`.
    #[arg(long)]
    pub webhook_url: Option<Url>,
    /// `whsec_…`; give it twice to sign with both during a rotation.
    #[arg(long = "webhook-secret", value_name = "WHSEC")]
    pub webhook_secrets: Vec<String>,
    /// A JSON file that keeps the objects across restarts.
    #[arg(long)]
    pub snapshot: Option<PathBuf>,
}

/// Runs the pretend Stripe until the process ends.
///
/// # Errors
/// When the address cannot be bound or the snapshot cannot be read.
pub async fn run(args: StripeArgs) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(args.listen).await?;
    axum::serve(listener, axum::Router::new()).await?;
    Ok(())
}
