//! Configuration (設定): DESIGN.md §8's environment variables, read here and nowhere else.

mod secret;
mod towns;

use std::net::SocketAddr;
use std::path::PathBuf;

use figment::Figment;
use figment::providers::Env;
use serde::Deserialize;

pub(crate) use secret::Secret;
pub(crate) use towns::{IdentitySettings, StripeSettings, TownSettings};

/// What the process needs to know. A town may override the `IDP_…`, `STRIPE_…` and `PUBLIC_URL`
/// ones with `TOWN_<HOST>_…` (`TOWN_SEIKA_IDP_CLIENT_ID`).
#[derive(Debug, Deserialize)]
pub(crate) struct Config {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: Secret,
    /// Where to listen.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// Scheme, host and port under which towns are reached: with `http://localhost:8080`, 精華町
    /// is at `http://seika.localhost:8080`.
    pub public_url: url::Url,
    /// `smtp://host:port`, with user and password where the server wants them.
    pub smtp_url: Secret,
    /// The address mail comes from.
    #[serde(default = "default_mail_from")]
    pub mail_from: String,
    /// The keys that personal data is sealed with.
    pub data_key_file: PathBuf,
    /// The bundled frontend.
    #[serde(default = "default_assets")]
    pub assets_dir: PathBuf,
    /// Connections to PostgreSQL.
    #[serde(default = "default_connections")]
    pub database_connections: u32,
    /// The identity provider, Stripe and the public address, unless a town says otherwise.
    #[serde(flatten)]
    pub common: TownSettings,
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("設定を読めません: {0}")]
pub(crate) struct ConfigFault(#[from] Box<figment::Error>);

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// [`ConfigFault`] names the variable that is missing or malformed.
    pub(crate) fn from_env() -> Result<Self, ConfigFault> {
        Figment::from(Env::raw()).extract().map_err(|error| ConfigFault(Box::new(error)))
    }

    /// One town's settings over the common ones.
    ///
    /// # Errors
    /// [`ConfigFault`] for a malformed override.
    pub(crate) fn of_town(&self, host: &str) -> Result<TownSettings, ConfigFault> {
        let prefix = format!("TOWN_{}_", host.to_uppercase().replace('-', "_"));
        let own: TownSettings = Figment::from(Env::prefixed(&prefix))
            .extract()
            .map_err(|error| ConfigFault(Box::new(error)))?;
        Ok(own.or(&self.common))
    }
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn default_mail_from() -> String {
    "noreply@yoriai.invalid".to_owned()
}

fn default_assets() -> PathBuf {
    PathBuf::from("frontend/dist")
}

const fn default_connections() -> u32 {
    16
}
