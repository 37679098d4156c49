//! Configuration (設定): DESIGN.md §8's environment variables, read here and nowhere else.

mod environment;
mod secret;
mod staff;
mod towns;

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

pub use environment::Environment;
pub(crate) use secret::Secret;
pub(crate) use staff::{IdTokenAlgorithm, StaffSettings};
pub(crate) use towns::{IdentitySettings, StripeSettings, TownSettings};

/// What the process needs to know. A town may override the `IDP_…` and `STRIPE_…` ones with
/// `TOWN_<HOST>_…` (`TOWN_SEIKA_IDP_CLIENT_ID`), and have an address of its own with
/// `TOWN_<HOST>_OWN_URL`.
#[derive(Clone)]
pub struct Config {
    pub(crate) database: DatabaseSettings,
    pub(crate) process: ProcessSettings,
    /// The identity provider and Stripe, unless a town says otherwise.
    common: TownSettings,
    environment: Environment,
}

/// What `serve` and `worker` need besides the database.
#[derive(Clone, Deserialize)]
pub(crate) struct ProcessSettings {
    /// Where to listen.
    #[serde(default = "default_listen")]
    pub(crate) listen: SocketAddr,
    /// Where `/metrics` is, and nowhere else; beside the towns' pages unless set.
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// Scheme, host and port under which towns are reached: with `http://localhost:8080`, 精華町
    /// is at `http://seika.localhost:8080`.
    pub(crate) public_url: url::Url,
    /// `smtp://host:port`, with user and password where the server wants them.
    pub(crate) smtp_url: Secret,
    /// The address mail comes from.
    #[serde(default = "default_mail_from")]
    pub(crate) mail_from: String,
    /// The keys that personal data is sealed with.
    pub(crate) data_key_file: PathBuf,
    /// The bundled frontend.
    #[serde(default = "default_assets")]
    pub(crate) assets_dir: PathBuf,
}

/// Where the data is.
#[derive(Clone, Deserialize)]
pub(crate) struct DatabaseSettings {
    /// `sqlite://…` or `postgres://…`.
    pub(crate) database_url: Secret,
    /// Connections to PostgreSQL, readers on SQLite.
    #[serde(default = "default_connections", deserialize_with = "number")]
    pub(crate) database_connections: u32,
}

/// What commands need that read or write personal data.
#[derive(Clone, Deserialize)]
pub(crate) struct KeySettings {
    /// The keys that personal data is sealed with.
    pub(crate) data_key_file: PathBuf,
}

/// What is logged, and how.
#[derive(Clone, Deserialize)]
pub(crate) struct LogSettings {
    /// `LOG`, a filter as `RUST_LOG` has them: `info,gateway=debug`.
    #[serde(default = "default_log")]
    pub(crate) log: String,
    /// `LOG_FORMAT`: `json` for machines, `text` for people.
    #[serde(default)]
    pub(crate) log_format: LogFormat,
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// One JSON object a line.
    #[default]
    Json,
    /// For reading in a terminal.
    Text,
}

/// The configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigFault {
    /// A variable is not set.
    #[error("環境変数 {variable} を設定してください")]
    Missing {
        /// Which.
        variable: String,
    },
    /// A variable cannot be read. Its value is not repeated: it may be a secret.
    #[error("環境変数 {variable} の値を読めません")]
    Malformed {
        /// Which.
        variable: String,
    },
}

impl Config {
    /// Reads everything.
    ///
    /// # Errors
    /// [`ConfigFault`] names the first variable that is missing or malformed.
    pub fn read(environment: &Environment) -> Result<Self, ConfigFault> {
        Ok(Self {
            database: environment.read("")?,
            process: environment.read("")?,
            common: environment.read("")?,
            environment: environment.clone(),
        })
    }

    /// One town's settings over the common ones.
    ///
    /// # Errors
    /// [`ConfigFault`] for a malformed override.
    pub(crate) fn of_town(&self, host: &str) -> Result<TownSettings, ConfigFault> {
        let prefix = format!("town_{}_", host.to_ascii_lowercase().replace('-', "_"));
        let own: TownSettings = self.environment.read(&prefix)?;
        Ok(own.or(&self.common))
    }

    /// One town's settings for its staff over the common ones.
    ///
    /// # Errors
    /// [`ConfigFault`] for a malformed setting.
    pub(crate) fn staff_of_town(&self, host: &str) -> Result<StaffSettings, ConfigFault> {
        staff_of_town(&self.environment, host)
    }
}

/// One town's settings for its staff, for commands that need nothing else.
///
/// # Errors
/// [`ConfigFault`] for a malformed setting.
pub(crate) fn staff_of_town(
    environment: &Environment,
    host: &str,
) -> Result<StaffSettings, ConfigFault> {
    let common: StaffSettings = environment.read("staff_")?;
    let prefix = format!(
        "town_{}_staff_",
        host.to_ascii_lowercase().replace('-', "_")
    );
    let own: StaffSettings = environment.read(&prefix)?;
    Ok(own.or(&common))
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

fn default_log() -> String {
    "info".to_owned()
}

fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    String::deserialize(deserializer)?
        .parse()
        .map_err(serde::de::Error::custom)
}
