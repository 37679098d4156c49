//! The desk (受付): what the use cases work with, wired once at the start.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::ports::chance::Chance;
use crate::ports::documents::Documents;
use crate::ports::store::Store;
use crate::ports::tenancy::{Addresses, Gateways};
use crate::ports::vault::Vault;

/// Papers printed at once: each takes some 15 MB while it lasts, and computes all the time.
const PRINTS_AT_ONCE: usize = 1;

/// Implements the contract's traits for residents and visitors; see the files named after the
/// actions.
pub struct Desk {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) documents: Arc<dyn Documents>,
    pub(crate) gateways: Arc<dyn Gateways>,
    pub(crate) addresses: Arc<dyn Addresses>,
    /// Whose turn it is to print (印刷の順番).
    pub(crate) press: Arc<Semaphore>,
}

impl Desk {
    /// A desk on these adapters.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        chance: Arc<dyn Chance>,
        vault: Arc<dyn Vault>,
        documents: Arc<dyn Documents>,
        gateways: Arc<dyn Gateways>,
        addresses: Arc<dyn Addresses>,
    ) -> Self {
        Self {
            store,
            chance,
            vault,
            documents,
            gateways,
            addresses,
            press: Arc::new(Semaphore::new(PRINTS_AT_ONCE)),
        }
    }
}
