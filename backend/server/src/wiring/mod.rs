//! Wiring (組立て): configuration becomes adapters, adapters become a desk.

mod app;
mod fault;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use contract::Fault;
use documents::Printer;
use gateway::mail::{MailConfig, SmtpMailer};
use gateway::vault::KeyFileVault;
use store::Database;
use usecases::Desk;
use usecases::ports::chance::{Chance, Clock};
use usecases::ports::mail::Mailer;
use usecases::ports::store::Store as _;
use usecases::sign_in::Doorkeeper;
use usecases::staff_sign_in::StaffDoor;

use crate::config::{Config, DatabaseSettings};
use crate::http::Streams;
use crate::system::{SystemChance, SystemClock};
use crate::towns::Towns;

pub use fault::WiringFault;

/// How long a step of the conversation with the mail server may take.
const MAIL_TIMEOUT: Duration = Duration::from_secs(10);

/// Everything that `serve` and `worker` share.
pub struct House {
    pub(crate) desk: Arc<Desk>,
    pub(crate) doorkeeper: Arc<Doorkeeper>,
    pub(crate) staff_door: Arc<StaffDoor>,
    pub(crate) database: Arc<Database>,
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) towns: Arc<Towns>,
    pub(crate) streams: Arc<Streams>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
}

impl House {
    /// Builds everything.
    ///
    /// # Errors
    /// [`WiringFault`] says what is missing and how to get it.
    pub async fn build(config: &Config) -> Result<Self, WiringFault> {
        Self::build_at(config, Arc::new(SystemClock), Arc::new(SystemChance)).await
    }

    /// The same with another clock and other chance.
    ///
    /// # Errors
    /// As [`Self::build`].
    pub async fn build_at(
        config: &Config,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, WiringFault> {
        let database = Arc::new(open(&config.database).await?);
        let municipalities = database.municipalities().await?;
        let towns = Arc::new(Towns::new(config, Arc::clone(&chance), &municipalities)?);
        let vault = Arc::new(vault(&config.process.data_key_file, &chance)?);
        let documents = Arc::new(Printer::new().map_err(WiringFault::Documents)?);
        let desk = Arc::new(Desk::new(
            database.clone(),
            chance.clone(),
            vault.clone(),
            documents,
            towns.clone(),
            towns.clone(),
        ));
        let doorkeeper = Arc::new(Doorkeeper::new(
            database.clone(),
            chance.clone(),
            vault,
            towns.clone(),
        ));
        let staff_door = Arc::new(StaffDoor::new(
            database.clone(),
            chance.clone(),
            towns.clone(),
        ));
        Ok(Self {
            desk,
            doorkeeper,
            staff_door,
            database,
            mailer: Arc::new(mailer(config)?),
            towns,
            streams: Arc::default(),
            clock,
            chance,
        })
    }

    /// Lets in the towns that were applied since the last look.
    pub async fn look_for_towns(&self) {
        self.towns.look_again(self.database.as_ref()).await;
    }
}

/// The database of `DATABASE_URL`.
pub(crate) async fn open(settings: &DatabaseSettings) -> Result<Database, Fault> {
    Database::connect(
        settings.database_url.reveal(),
        settings.database_connections,
    )
    .await
}

/// The vault of `DATA_KEY_FILE`.
pub(crate) fn vault(path: &Path, chance: &Arc<dyn Chance>) -> Result<KeyFileVault, WiringFault> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| WiringFault::Unreadable(path.to_owned(), error))?;
    Ok(KeyFileVault::from_key_file(&text, Arc::clone(chance))?)
}

/// The mailer of `SMTP_URL`.
pub(crate) fn mailer(config: &Config) -> Result<SmtpMailer, WiringFault> {
    Ok(SmtpMailer::new(&MailConfig {
        smtp_url: config.process.smtp_url.reveal().to_owned(),
        from: config.process.mail_from.clone(),
        timeout: MAIL_TIMEOUT,
    })?)
}
