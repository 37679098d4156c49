//! The desk under measurement: the real store, vault and printer; no gateway, because nothing here
//! pays.

use std::sync::Arc;

use anyhow::Result;
use documents::Printer;
use domain::ids::MunicipalityId;
use gateway::vault::KeyFileVault;
use store::Database;
use testkit::TestChance;
use usecases::Desk;
use usecases::ports::chance::Chance;
use usecases::ports::payments::PaymentGateway;
use usecases::ports::tenancy::{Addresses, Gateways};

/// The key of the vault: 32 bytes in base64.
const KEY_FILE: &str = "bench:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";

/// A desk on this database.
pub fn desk(database: &Database, chance: &TestChance) -> Result<Arc<Desk>> {
    let chance: Arc<dyn Chance> = Arc::new(chance.clone());
    let vault = KeyFileVault::from_key_file(KEY_FILE, Arc::clone(&chance))?;
    Ok(Arc::new(Desk::new(
        Arc::new(database.clone()),
        chance,
        Arc::new(vault),
        Arc::new(Printer::new()?),
        Arc::new(Nothing),
        Arc::new(Nothing),
    )))
}

/// No account and no address.
struct Nothing;

impl Gateways for Nothing {
    fn of(&self, _municipality: MunicipalityId) -> Option<Arc<dyn PaymentGateway>> {
        None
    }
}

impl Addresses for Nothing {
    fn base_url(&self, _municipality: MunicipalityId) -> Option<String> {
        None
    }
}
